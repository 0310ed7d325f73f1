"""Helpers of the validation tests."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page, Revision

from abierto.approval.errors import InvalidVersion, ReviewRefused
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.models import Approval, ApprovalKind
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
