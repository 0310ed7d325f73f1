"""What was taken down, or is still a draft, says nothing on the public pages that hang from it."""

import pytest

from pages.plans.commitment import CommitmentPage
from tests.factories import (
    CommitmentPageFactory,
    ProgressUpdatePageFactory,
    StandardPageFactory,
    home,
    published,
)

pytestmark = pytest.mark.django_db

UNREAD = "Nadie revisó este título"


def taken_down(page):
    """Take a page down and write another title in its draft, as any editor may."""
    page.unpublish()
    page = type(page).objects.get(pk=page.pk)
    page.title = page.draft_title = UNREAD
    page.save()
    return page


def shown(client, page):
    """Return what the public reads."""
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def commitment():
    return published(CommitmentPageFactory(code="1.1", actions=2))


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_nothing_of_what_is_above_a_commitment(client, commitment, levels):
    above = commitment
    for _ in range(levels):
        above = above.get_parent().specific
    assert above.title in shown(client, commitment)

    taken_down(above)

    assert UNREAD not in shown(client, commitment)


def test_nothing_of_what_is_above_a_page_of_text(client):
    above = published(StandardPageFactory(title="Arriba"))
    below = published(StandardPageFactory(title="Abajo", parent=above))

    taken_down(above)

    assert UNREAD not in shown(client, below)
    assert "Abajo" in shown(client, below)


def test_nothing_of_the_commitment_on_its_updates_nor_on_the_front_page(client, commitment):
    update = published(ProgressUpdatePageFactory(parent=commitment, rows={1: 30}))
    assert commitment.title in shown(client, update)
    assert commitment.title in shown(client, home())

    draft = taken_down(commitment)
    action = draft.actions.first()
    CommitmentPage.actions.rel.related_model.objects.filter(pk=action.pk).update(title=UNREAD)

    assert UNREAD not in shown(client, update)
    assert UNREAD not in shown(client, home())
