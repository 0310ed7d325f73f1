"""Pages of taking part and of good practices with lists of a given size, for the budgets of queries."""

from tests.factories import CommitmentPageFactory, MunicipalityFactory, ReportPageFactory, published
from tests.participation_factories import (
    CallPageFactory,
    CoCreationTablePageFactory,
    ConsultationPageFactory,
    ForumPageFactory,
    GoodPracticeIndexPageFactory,
    GoodPracticePageFactory,
    ParticipationIndexPageFactory,
    TableParticipantFactory,
)


def participation_index(size: int):
    """A list with each type, calls that are open among them."""
    index = ParticipationIndexPageFactory()
    for _ in range(size):
        published(CallPageFactory(parent=index, is_permanent=True))
        for make in (ConsultationPageFactory, ForumPageFactory, CoCreationTablePageFactory):
            published(make(parent=index))
    return published(index)


def consultation_page(size: int):
    answer = ("answer", {"text": "Sí", "percent": 50, "online": 3, "paper": 2})
    return published(ConsultationPageFactory(answers=[answer] * size, people_total=5 * size))


def forum_page(size: int):
    page = ForumPageFactory()
    for _ in range(size):
        published(CoCreationTablePageFactory(parent=page))
    return published(page)


def table_page(size: int):
    page = CoCreationTablePageFactory(
        commitments=[("commitment", published(CommitmentPageFactory())) for _ in range(size)]
    )
    for _ in range(size):
        TableParticipantFactory(page=page)
    return published(type(page).objects.get(pk=page.pk))


def practice_index(size: int):
    for _ in range(size):
        published(GoodPracticePageFactory(municipality=MunicipalityFactory()))
    return published(GoodPracticeIndexPageFactory())


def practice_page(size: int):
    proof = ("evidence", {"title": "Acta", "kind": "link", "url": "https://example.org/"})
    return published(GoodPracticePageFactory(report=published(ReportPageFactory()), evidence=[proof] * size))
