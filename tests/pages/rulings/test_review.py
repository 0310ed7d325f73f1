"""The review of the parts: each has its own decision, and a hard text needs a public reason."""

import pytest
from django.urls import reverse

from abierto.approval.errors import ReferencesRefused, ReviewRefused
from abierto.approval.models.task import create_review_workflow
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from tests.abierto.approval.newsroom import approve, fresh, ledger, newsroom, person, submit
from tests.factories import (
    published,
)
from tests.ruling_factories import (
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HARD = (
    "<p>Considerando improcedente la excepción perentoria interpuesta extemporáneamente por la demandada, "
    "esta autoridad jurisdiccional determina desestimarla fundamentadamente.</p>"
)
REASON = "El término legal no tiene un sinónimo corto."


@pytest.fixture
def room():
    return newsroom()


@pytest.fixture
@built_once
def ruling(room):
    return published(RulingPageFactory(parent=RulingIndexPageFactory(parent=room.home)))


def test_hard_text_is_approved_only_with_a_reason_which_the_public_reads(client, room, ruling):
    part = PlainVersionPageFactory(parent=ruling, why=HARD * 3, owner=room.editor)
    state = submit(part, room.editor)

    with pytest.raises(ReviewRefused, match="INFLESZ"):
        approve(state, room.reviewer)
    approve(fresh(part).current_workflow_task_state, room.reviewer, comment=REASON)

    assert REASON in client.get(ruling.url).content.decode()


def test_clear_text_is_approved_without_a_comment(client, room, ruling):
    part = PlainVersionPageFactory(parent=ruling, owner=room.editor)

    approve(submit(part, room.editor), room.reviewer)

    assert fresh(part).live


def test_change_of_a_part_voids_the_approval_of_that_part_only(client, room, ruling):
    plain = published(PlainVersionPageFactory(parent=ruling, owner=room.editor))
    public = published(PublicVersionPageFactory(parent=ruling))
    plain.why = "<p>Porque sí.</p>"

    submit(plain, room.editor)

    assert fresh(plain).latest_revision_id != fresh(plain).live_revision_id
    assert (ledger(public), ledger(ruling), ledger(plain)) == (["import"], ["import"], ["import"])
    assert "Porque sí." not in client.get(ruling.url).content.decode()


def test_public_version_names_only_people_of_its_space(client, room, ruling):
    groups = get_or_create_groups("Tribunal")
    space = create_space(
        SpaceKind.INSTITUTION, "Tribunal", "tribunal", create_review_workflow("Tribunal", groups.reviewers)
    )
    assign_root(space, ruling.get_parent())
    clerk, other = person("secretaria", groups.editors), person("segunda", groups.reviewers)
    part = PublicVersionPageFactory(parent=ruling, anonymized_by=clerk, names_reviewed_by=other)
    part.save_revision(user=clerk)

    part.names_reviewed_by = room.reviewer
    with pytest.raises(ReferencesRefused):
        part.save_revision(user=clerk)

    client.force_login(clerk)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[part.pk])).content.decode()
    assert other.public_name in form
    assert room.reviewer.public_name not in form
