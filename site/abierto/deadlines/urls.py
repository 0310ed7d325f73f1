"""URLs of the reporting calendar, below those of the admin."""

from django.urls import path

from .views import CalendarFileView, CalendarListView, CalendarView

app_name = "deadlines"

urlpatterns = [
    path("", CalendarListView.as_view(), name="calendars"),
    path("<int:plan_id>/", CalendarView.as_view(), name="calendar"),
    path("<int:plan_id>/reportes.ics", CalendarFileView.as_view(), name="calendar_file"),
]
