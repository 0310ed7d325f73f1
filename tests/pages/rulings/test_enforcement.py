"""The reason for a hard text, and the approval of the person who reviewed the names: alone and in bundles."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from abierto.approval.errors import ReviewRefused
from abierto.approval.models import Approval
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.queries import load_items
from abierto.bundles.services import approve_bundle, submit_bundle
from pages.rulings.enums import PartRole
from pages.rulings.parts import PlainVersionPage, PublicVersionPage
from tests.abierto.approval.newsroom import approve, fresh, newsroom, person, submit
from tests.factories import complete, published
from tests.pages.rulings.test_review import HARD, REASON
from tests.ruling_factories import (
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SOON = datetime.timedelta(days=3)


@built_once
def build_room():
    """Open a newsroom with a second reviewer and a public ruling."""
    room = newsroom()
    room.second = person("segunda", *room.reviewer.groups.all())
    room.ruling = published(RulingPageFactory(parent=RulingIndexPageFactory(parent=room.home)))
    return room


@pytest.fixture
def room():
    return build_room()


def publish_first(room, role: PartRole) -> None:
    """Move the room to a ruling whose tribunal publishes this part first."""
    list_of_rulings = RulingIndexPageFactory(parent=room.home, first_part=role)
    room.ruling = published(RulingPageFactory(parent=list_of_rulings))


def make_hard_text(room):
    return PlainVersionPageFactory(parent=room.ruling, why=HARD * 3, owner=room.editor)


def make_public_version(room):
    return PublicVersionPageFactory(
        parent=room.ruling, anonymized_by=room.editor, names_reviewed_by=room.second, owner=room.editor
    )


def send(room, page, **fields) -> Bundle:
    complete(page)
    page.save_revision(user=room.editor)
    return submit_bundle(Bundle(name="Sentencias de mayo", **fields), [page], room.editor)


def approve_whole(bundle: Bundle, user, comment: str = "") -> None:
    tokens = {
        item.pk: build_token(item.workflow_state.current_task_state.revision) for item in load_items(bundle)
    }
    approve_bundle(bundle, user, tokens, comment)


def test_public_version_is_approved_by_the_person_who_reviewed_the_names(room):
    part = make_public_version(room)
    state = submit(part, room.editor)

    with pytest.raises(ReviewRefused, match="quien revisó los nombres: Segunda"):
        approve(state, room.reviewer)
    assert not fresh(part).live
    approve(fresh(part).current_workflow_task_state, room.second)

    assert fresh(part).live
    assert Approval.latest(fresh(part)).approver == room.second


def send_both(room) -> tuple[Bundle, PlainVersionPage, PublicVersionPage]:
    """Send a plain version, and the public version that goes first, in one bundle."""
    plain = PlainVersionPageFactory(parent=room.ruling, owner=room.editor)
    pages = [plain, make_public_version(room)]
    for page in pages:
        complete(page)
        page.save_revision(user=room.editor)
    return submit_bundle(Bundle(name="Sentencias de mayo"), pages, room.editor), *pages


def test_a_part_waits_for_the_one_that_its_tribunal_publishes_first(room):
    publish_first(room, PartRole.PUBLIC)
    plain = PlainVersionPageFactory(parent=room.ruling, owner=room.editor)
    submit(plain, room.editor)
    with pytest.raises(ReviewRefused, match="primero esta parte: Versión pública"):
        approve(fresh(plain).current_workflow_task_state, room.reviewer)
    assert not fresh(plain).live

    first = make_public_version(room)
    approve(submit(first, room.editor), room.second)
    approve(fresh(plain).current_workflow_task_state, room.reviewer)
    assert fresh(plain).live


def test_a_bundle_publishes_the_first_part_with_the_others(room):
    publish_first(room, PartRole.PUBLIC)
    bundle, *pages = send_both(room)
    approve_whole(bundle, room.second)
    assert all(fresh(page).live for page in pages)


def test_any_part_goes_first_without_a_rule(room):
    plain = PlainVersionPageFactory(parent=room.ruling, owner=room.editor)
    approve(submit(plain, room.editor), room.reviewer)
    assert fresh(plain).live


def test_reviewer_reads_who_must_approve(room):
    assert "Segunda" in make_public_version(room).publication_effects()[0]


@pytest.mark.parametrize("date", [None, SOON], ids=["at once", "scheduled"])
@pytest.mark.parametrize(
    ("make", "refused", "accepted", "match"),
    [
        (make_hard_text, ("reviewer", " "), ("reviewer", REASON), "INFLESZ"),
        (make_public_version, ("reviewer", "Bien."), ("second", ""), "quien revisó los nombres"),
    ],
    ids=["reason", "names"],
)
def test_bundle_needs_the_reason_and_the_approver_too(
    room, monkeypatch, make, refused, accepted, match, date
):
    now = timezone.now()
    part = make(room)
    bundle = send(room, part, **({"go_live_at": now + date} if date else {}))

    with pytest.raises(ReviewRefused, match=match):
        approve_whole(bundle, getattr(room, refused[0]), refused[1])
    later = now + SOON * 2
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        call_command("publish_scheduled")
    assert not fresh(part).live
    assert not Approval.objects.of(part).exists()

    approve_whole(bundle, getattr(room, accepted[0]), accepted[1])
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")

    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.DONE
    assert fresh(part).live


def test_approval_of_an_earlier_step_confirms_the_names(room):
    part = make_public_version(room)

    assert part.missing_approver({room.reviewer.pk})
    assert part.missing_approver({room.second.pk, room.reviewer.pk}) == ""
