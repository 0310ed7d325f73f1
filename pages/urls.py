"""Addresses of the pages that Wagtail's tree does not give."""

from django.urls import path

from . import addresses

app_name = "pages"
urlpatterns = [
    path("compromiso/<slug:plan_slug>/<str:code>/", addresses.commitment, name="commitment"),
    path("sesiones/<int:page_id>.ics", addresses.session_calendar, name="session_calendar"),
]
