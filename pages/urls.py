"""Addresses of the pages that Wagtail's tree does not give."""

from django.urls import re_path

from .core import short_urls as addresses
from .history import views as history

app_name = "pages"
urlpatterns = [
    # A URL with characters that no code contains is a 404: PostgreSQL rejects some of them.
    re_path(
        r"^compromiso/(?P<plan_slug>[-\w]+)/(?P<code>[\w.-]+)/$",
        addresses.redirect_to_commitment,
        name="commitment",
    ),
    # At most nine digits: a longer number does not fit a key and would be an error instead of a 404.
    re_path(r"^sesiones/(?P<page_id>\d{1,9})\.ics$", addresses.session_calendar, name="session_calendar"),
    re_path(r"^historial/(?P<page_id>\d{1,9})/$", history.decisions, name="history"),
    re_path(r"^historial/(?P<page_id>\d{1,9})/(?P<number>\d{1,18})/$", history.change, name="history_change"),
]
