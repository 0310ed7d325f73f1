"""Helpers of the validation tests."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from abierto.approval.errors import InvalidVersion, ReviewRefused
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.ledger.imports import imported
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.overrides.emergency import publish_in_emergency
from abierto.approval.review.decisions import build_token
from tests.abierto.approval.newsroom import Newsroom

SOON = datetime.timedelta(days=3)


def with_approval(revision: Revision, room: Newsroom) -> Revision:
    """Add an approval to the ledger without validation."""
    columns = {"sha": content_hash(revision), "reporter": room.editor, "authors": [room.editor.pk]}
    Approval.record(
        revision.content_object,
        ApprovalKind.REVIEW,
        approver=room.reviewer,
        revision_number=revision.pk,
        **columns,
    )
    return revision


@contextmanager
def expect_invalid(match: str) -> Iterator[None]:
    """Expect a refusal that matches ``match``, and roll back as a request would."""
    with pytest.raises((InvalidVersion, ReviewRefused)) as raised, transaction.atomic():
        yield
    sentence = " ".join(getattr(raised.value, "messages", [str(raised.value)]))
    assert match in sentence


def rows_of(page: Page, relation: str = "rows") -> list[Any]:
    """Return the rows of ``page``, so that a change of a row changes the page in memory."""
    setattr(page, relation, list(getattr(page, relation).all()))
    return list(getattr(page, relation).all())


# --- Routes to the public ------------------------------------------------------------------------------


def sending(revision: Revision, room: Newsroom) -> None:
    subject = revision.content_object
    subject.get_workflow().start(subject, room.editor)


def publishing(revision: Revision, room: Newsroom) -> None:
    with_approval(revision, room).publish()


def scheduling(revision: Revision, room: Newsroom) -> None:
    with_approval(revision, room)
    revision.approved_go_live_at = timezone.now() + SOON
    revision.save()


def importing(revision: Revision, room: Newsroom) -> None:
    with imported("De un documento publicado", by=room.editor):
        revision.publish()


def emergency(revision: Revision, room: Newsroom) -> None:
    publish_in_emergency(revision.content_object, room.administrator, build_token(revision), "Urge")


ROADS: list[Callable[[Revision, Newsroom], None]] = [sending, publishing, scheduling, importing, emergency]
