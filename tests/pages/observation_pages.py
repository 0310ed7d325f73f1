"""Pages with observations and answers of a given number, for the budgets of queries."""

from tests.factories import CommitmentPageFactory, ProgressUpdatePageFactory, published
from tests.observation_factories import (
    ObservationAnswerPageFactory,
    ObservationIndexPageFactory,
    ObservationPageFactory,
)

PROOF = ("evidence", {"title": "Acta", "kind": "link", "url": "https://example.org/"})


def observe(page, size: int, above=None):
    """Publish ``size`` observations about ``page``, each with an answer below it or below ``above``."""
    made = [published(ObservationPageFactory(subject=page)) for _ in range(size)]
    for one in made:
        published(ObservationAnswerPageFactory(observation=one, parent=above or page, evidence=[PROOF]))
    return made


def observation_index(size: int):
    observe(published(CommitmentPageFactory()), size)
    return published(ObservationIndexPageFactory())


def observation_page(size: int):
    """An observation with as many answers."""
    commitment = published(CommitmentPageFactory())
    [page] = observe(commitment, 1)
    for _ in range(size):
        published(ObservationAnswerPageFactory(observation=page, parent=commitment, evidence=[PROOF]))
    return page


def answer_page(size: int):
    commitment = published(CommitmentPageFactory())
    observe(commitment, size)
    return commitment.get_children().first().specific


def observed_commitment(size: int):
    commitment = published(CommitmentPageFactory(actions=1))
    observe(commitment, size)
    return commitment


def observed_update(size: int):
    update = published(ProgressUpdatePageFactory(rows={1: 20}))
    observe(update, size, above=update.get_parent().specific)
    return update
