"""What hangs from a page that was taken down is not public either, and nothing public says a word of it."""

import pytest

from pages.plans.commitments import CommitmentPage
from tests.factories import (
    CommitmentPageFactory,
    ProgressUpdatePageFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.kept_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

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
@built_once
def commitment():
    return published(CommitmentPageFactory(code="1.1", actions=2))


def refused(client, page):
    """Say whether the public gets nothing at the address of ``page``, in any language."""
    answers = [client.get(page.get_url()), client.get(f"/en{page.get_url()}")]
    return all(one.status_code == 404 and page.title not in one.content.decode() for one in answers)


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_a_commitment_below_what_was_taken_down_is_not_served(client, commitment, levels):
    above = commitment
    for _ in range(levels):
        above = above.get_parent().specific
    assert above.title in shown(client, commitment)

    taken_down(above)
    assert refused(client, commitment)

    published(above)
    assert commitment.title in shown(client, commitment)


def test_a_page_of_text_below_what_was_taken_down_is_not_served(client):
    above = published(StandardPageFactory(title="Arriba"))
    below = published(StandardPageFactory(title="Abajo", parent=above))

    taken_down(above)

    assert refused(client, below)


def test_nothing_of_the_commitment_on_its_updates_nor_on_the_front_page(client, commitment):
    update = published(ProgressUpdatePageFactory(parent=commitment, rows={1: 30}))
    assert commitment.title in shown(client, update)
    assert commitment.title in shown(client, home())

    draft = taken_down(commitment)
    action = draft.actions.first()
    CommitmentPage.actions.rel.related_model.objects.filter(pk=action.pk).update(title=UNREAD)

    assert refused(client, update)
    assert UNREAD not in shown(client, home())
