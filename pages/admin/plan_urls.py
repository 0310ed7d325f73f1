"""The admin addresses of plans."""

from django.urls import path

from .new_plan import StartPlanView
from .outline_views import OutlineView

app_name = "plans"
urlpatterns = [
    path("<int:page_id>/nuevo/", StartPlanView.as_view(), name="start_plan"),
    path("<int:page_id>/esquema/", OutlineView.as_view(), name="outline"),
]
