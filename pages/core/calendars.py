"""Calendar files (iCalendar) of public dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from icalendar import Calendar, Event

CALENDAR_PRODUCT = "-//Abierto//Sesiones//ES"
CONTENT_TYPE = "text/calendar; charset=utf-8"


def build_event(
    uid: Any, changed: datetime.datetime | None, start: datetime.date | None, summary: str, **known: Any
) -> Event:
    """Return an event; a ``start`` without time is a whole day. What is empty of ``known`` is left out.

    ``uid`` is the same at every address of the portal: a calendar that has the event replaces it.
    """
    event = Event()
    event.add("uid", str(uid))
    event.add("dtstamp", changed or timezone.now())
    event.add("summary", summary)
    for name, value in {"dtstart": start, **known}.items():
        if value:
            event.add(name, value)
    return event


def respond_with_calendar(events: Iterable[Event], filename: str, name: str = "") -> HttpResponse:
    """Return the events as a file to be saved, or subscribed to under ``name``."""
    calendar = Calendar()
    calendar.add("prodid", CALENDAR_PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response
