"""Addresses of the pages that Wagtail's tree does not give."""

from django.urls import path, re_path

from . import addresses

app_name = "pages"
urlpatterns = [
    path("compromiso/<slug:plan_slug>/<str:code>/", addresses.commitment, name="commitment"),
    # At most nine digits: a longer number does not fit a key and would be an error instead of a 404.
    re_path(r"^sesiones/(?P<page_id>\d{1,9})\.ics$", addresses.session_calendar, name="session_calendar"),
]
