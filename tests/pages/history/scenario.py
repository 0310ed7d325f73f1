"""Changes of a page, and its history as a visitor sees it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import LogContext

from abierto.approval.overrides.withdrawal_reasons import FIELD, use_request
from pages.core.base import BasePage
from tests.abierto.approval.newsroom import Newsroom, approve, fresh, submit

MARKS = re.compile("</?(del|ins)[^>]*>")


def at(page: BasePage) -> str:
    """Return the URL of a page's history."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse("pages:history", args=[page.pk])


def change_of(page: BasePage, number: int) -> str:
    """Return the URL of the change of one decision."""
    return f"{at(page)}{number}/"


def history(client, page: BasePage) -> list:
    """Return the entries of the history of ``page``."""
    return client.get(at(page)).context["entries"]


def changed(client, page: BasePage) -> str:
    """Return the change of the newest version of ``page`` as text."""
    answer = client.get(change_of(page, history(client, page)[0].change))
    assert answer.status_code == 200
    return MARKS.sub("", answer.content.decode())


def reviewed(room: Newsroom, page: BasePage, comment: str = "", **fields: object) -> BasePage:
    """Change ``page`` as the editor and approve it as the reviewer."""
    version = fresh(page)
    for name, value in fields.items():
        setattr(version, name, value)
    approve(submit(version, room.editor), room.reviewer, comment=comment)
    return fresh(page)


republish = reviewed


def withdrawn(room: Newsroom, page: BasePage, reason: str) -> None:
    """Withdraw ``page`` as the administrator, with this reason."""
    with as_administrator(room, reason):
        fresh(page).unpublish(user=room.administrator)


def deleted(room: Newsroom, page: BasePage, reason: str) -> None:
    """Delete ``page`` as the administrator, with this reason."""
    with as_administrator(room, reason):
        fresh(page).delete()


@contextmanager
def as_administrator(room: Newsroom, reason: str) -> Iterator[None]:
    """Run a request of the administrator with this reason."""
    request = RequestFactory().post("/", {FIELD: reason})
    with LogContext(user=room.administrator), use_request(request):
        yield
