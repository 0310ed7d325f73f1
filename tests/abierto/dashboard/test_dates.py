"""Approval after the scheduled date."""

import datetime

import pytest
from django.utils import timezone

from abierto.approval.errors import ReviewRefused
from tests.abierto.approval.newsroom import approve, draft_update, fresh, ledger, newsroom, submit

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def room():
    return newsroom()


def test_a_date_that_passed_under_review_is_refused_and_nothing_changes(room, monkeypatch):
    update = draft_update(room)
    update.go_live_at = timezone.now() + DAY
    state = submit(update, room.editor)
    later = timezone.now() + 2 * DAY
    monkeypatch.setattr(timezone, "now", lambda: later)

    with pytest.raises(ReviewRefused, match="ya pasó"):
        approve(state, room.reviewer)

    state.refresh_from_db()
    assert state.status == "in_progress"
    assert ledger(update) == []
    assert not fresh(update).live


def test_an_approval_before_the_date_waits_for_it(room):
    update = draft_update(room)
    update.go_live_at = timezone.now() + DAY

    approve(submit(update, room.editor), room.reviewer)

    assert ledger(update) == ["review"]
    assert not fresh(update).live
    assert fresh(update).approved_schedule


def test_the_date_of_an_earlier_version_blocks_nothing(room):
    update = draft_update(room)
    update.go_live_at = timezone.now() - 30 * DAY

    approve(submit(update, room.editor), room.reviewer)

    assert fresh(update).live
