"""Tests of the order of the inline rows that a program adds without a form."""

import pytest

from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from tests.factories import CommitmentPageFactory

pytestmark = pytest.mark.django_db


def list_orders(page: CommitmentPage) -> list[tuple[str, int | None]]:
    return [(action.title, action.sort_order) for action in page.actions.all()]


def add_action(page: CommitmentPage, title: str) -> None:
    page.actions.add(CommitmentAction(number=page.actions.count() + 1, title=title))


def read_stored(page: CommitmentPage) -> CommitmentPage:
    return CommitmentPage.objects.get(pk=page.pk)


@pytest.fixture
def commitment() -> CommitmentPage:
    page = read_stored(CommitmentPageFactory())
    page.actions = []
    return page


def test_rows_saved_with_their_page_are_numbered_in_their_order(commitment):
    for title in ("Zócalo", "Arcos"):
        add_action(commitment, title)

    commitment.save()

    assert list_orders(read_stored(commitment)) == [("Zócalo", 0), ("Arcos", 1)]


def test_rows_of_a_revision_are_numbered_in_their_order(commitment):
    for title in ("Zócalo", "Arcos"):
        add_action(commitment, title)

    revision = commitment.save_revision()

    assert list_orders(revision.as_object()) == [("Zócalo", 0), ("Arcos", 1)]


def test_a_row_without_a_number_follows_those_that_have_one(commitment):
    add_action(commitment, "Zócalo")
    commitment.save()
    add_action(commitment, "Arcos")

    commitment.save()

    assert list_orders(read_stored(commitment)) == [("Zócalo", 0), ("Arcos", 1)]
