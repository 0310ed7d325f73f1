"""«Copiar» on pages of a plan, and deleting the copies."""

import pytest
from django.urls import reverse
from wagtail.actions.copy_page import CopyPageAction, CopyPagePermissionError
from wagtail.models import Page

from pages.plans.models import AxisPage, PlanPage
from pages.updates.models import ProgressUpdatePage
from tests.factories import CommitmentPageFactory, ProgressUpdatePageFactory, ReportPageFactory, published
from tests.pages.admin.worlds import build, signed_in
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
@built_once
def world():
    world = build()
    published(ProgressUpdatePageFactory(parent=world.north, rows={1: 30}))
    published(ReportPageFactory(parent=world.plan))
    return world


def copy(world, page, **fields):
    """Submit the form «Copiar» as the editor of the state."""
    data = {"new_title": "Otro", "new_slug": "otro", "new_parent_page": page.get_parent().pk, **fields}
    client = signed_in(world.state_editor)
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def test_a_copy_of_a_plan_carries_no_reports(world):
    form = signed_in(world.state_editor).get(reverse("wagtailadmin_pages:copy", args=[world.plan.pk]))

    assert copy(world, world.plan, copy_subpages="on").status_code == 302

    assert "copy_subpages" not in form.context["form"].fields
    assert PlanPage.objects.get(slug="otro").get_descendants().count() == 0
    assert ProgressUpdatePage.objects.count() == 1


@pytest.mark.parametrize("kind", ["plan", "north"])
def test_no_action_copies_a_branch_with_reports(world, kind):
    page = getattr(world, kind)

    with pytest.raises(CopyPagePermissionError):
        CopyPageAction(
            page, to=page.get_parent(), recursive=True, user=world.state_editor, update_attrs={"slug": "otro"}
        ).execute()


def test_the_author_deletes_her_copies_of_several_pages(world):
    axis = world.plan.add_child(
        instance=AxisPage(title="Eje nuevo", slug="eje-nuevo", code="9", live=False, owner=world.state_editor)
    )
    CommitmentPageFactory(parent=axis, code="9.1", owner=world.state_editor)
    client = signed_in(world.state_editor)
    address = reverse("wagtailadmin_pages:delete", args=[axis.pk])

    shown = client.get(address)

    assert axis.permissions_for_user(world.state_editor).can_delete()
    assert shown.status_code == 200


@pytest.mark.parametrize("change", ["public before", "by another", "live below"])
def test_other_branches_are_not_deleted(world, change):
    axis = world.plan.add_child(
        instance=AxisPage(title="Eje nuevo", slug="eje-nuevo", code="9", live=False, owner=world.state_editor)
    )
    below = CommitmentPageFactory(parent=axis, code="9.1", owner=world.state_editor)
    if change == "public before":
        Page.objects.filter(pk=below.pk).update(first_published_at="2024-01-01T00:00Z")
    elif change == "by another":
        Page.objects.filter(pk=below.pk).update(owner=world.north_editor)
    else:
        published(below)

    axis = AxisPage.objects.get(pk=axis.pk)
    assert not axis.permissions_for_user(world.state_editor).can_delete()
