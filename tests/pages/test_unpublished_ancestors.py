"""Pages below an unpublished page are not public, and public pages do not show them."""

import pytest

from pages.plans.commitments import CommitmentPage
from tests.factories import (
    CommitmentPageFactory,
    ProgressUpdatePageFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]

UNREAD = "Nadie revisó este título"


def unpublish(page):
    """Unpublish a page and change the title of its draft."""
    page.unpublish()
    page = type(page).objects.get(pk=page.pk)
    page.title = page.draft_title = UNREAD
    page.save()
    return page


def read_page(client, page):
    """Return the public HTML of a URL."""
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
@built_once
def commitment():
    return published(CommitmentPageFactory(code="1.1", actions=2))


def is_not_found(client, page):
    """Check whether the public gets a 404 at the URL of ``page``, in every language."""
    answers = [client.get(page.get_url()), client.get(f"/en{page.get_url()}")]
    return all(answer.status_code == 404 and page.title not in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_a_commitment_below_an_unpublished_page_is_not_served(client, commitment, levels):
    above = commitment
    for _ in range(levels):
        above = above.get_parent().specific
    assert above.title in read_page(client, commitment)

    unpublish(above)
    assert is_not_found(client, commitment)

    published(above)
    assert commitment.title in read_page(client, commitment)


def test_a_standard_page_below_an_unpublished_page_is_not_served(client):
    above = published(StandardPageFactory(title="Arriba"))
    below = published(StandardPageFactory(title="Abajo", parent=above))

    unpublish(above)

    assert is_not_found(client, below)


def test_updates_and_home_page_hide_an_unpublished_commitment(client, commitment):
    update = published(ProgressUpdatePageFactory(parent=commitment, rows={1: 30}))
    assert commitment.title in read_page(client, update)
    assert commitment.title in read_page(client, home())

    draft = unpublish(commitment)
    action = draft.actions.first()
    CommitmentPage.actions.rel.related_model.objects.filter(pk=action.pk).update(title=UNREAD)

    assert is_not_found(client, update)
    assert UNREAD not in read_page(client, home())
