"""Every public page costs at most thirteen queries, two fourteen, independent of the size of its lists.

One of them reads the reporters and approvers of the content.
"""

import datetime
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from abierto.media.models import PortalImage
from abierto.registry.models import Municipality
from pages.core.cache import clear_cached_values
from pages.institutions.queries import institution_url
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    DeclarationPageFactory,
    GlossaryTermFactory,
    InstitutionFactory,
    MunicipalityFactory,
    PersonFactory,
    PlanIndexPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    SeatFactory,
    SecretariatPageFactory,
    SessionPageFactory,
    SignatoryFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.pages.matrix_pages import matrix_page, measured_commitment, tree_page
from tests.pages.observation_pages import (
    answer_page,
    observation_index,
    observation_page,
    observed_commitment,
    observed_update,
)
from tests.pages.participation_pages import (
    consultation_page,
    forum_page,
    participation_index,
    practice_index,
    practice_page,
    table_page,
)
from tests.pages.roadmap_pages import roadmap_page
from tests.participation_factories import (
    AgreementFactory,
    AttendanceFactory,
)
from tests.ruling_factories import (
    EasyReadPageFactory,
    InfographicPageFactory,
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)
from tests.shared_rows import built_once

pytestmark = pytest.mark.slow

BUDGET = 13
# A roadmap also computes its checks; a commitment with indicators reads them.
BUDGETS = {"roadmap_page": 14, "measured_commitment": 14}
YEARS = [datetime.date(2000 + year, 1, 1) for year in range(20)]


@built_once
def plan(size: int, **fields):
    """A plan with ``size`` axes, each with as many commitments, actions and updates."""
    whole = PlanPageFactory(**fields)
    for number in range(1, size + 1):
        axis = AxisPageFactory(parent=whole, code=str(number))
        for other in range(1, size + 1):
            commitment(size, axis, f"{number}.{other}")
    return published(whole)


def commitment(size: int, axis, code: str):
    page = published(
        CommitmentPageFactory(parent=axis, code=code, actions=size, responsible=InstitutionFactory())
    )
    for year in YEARS[:size]:
        published(
            ProgressUpdatePageFactory(
                parent=page,
                period_start=year,
                period_end=year.replace(month=12),
                rows=dict.fromkeys(range(1, size + 1), 10),
            )
        )
    return page


def home_page(size: int):
    whole = plan(size)
    for number in range(size):
        MunicipalityFactory(column=number + 1)
    page = home()
    page.current_plan = whole
    return published(page)


def plan_index(size: int):
    for _ in range(size):
        published(PlanPageFactory())
    return published(PlanIndexPageFactory())


def axis_page(size: int):
    return plan(size).get_children().first().specific


def commitment_page(size: int):
    return axis_page(size).get_children().first().specific


def continued_commitment(size: int):
    """A commitment that as many commitments of later plans continue."""
    earlier = published(CommitmentPageFactory())
    for _ in range(size):
        published(CommitmentPageFactory(continues=earlier))
    return earlier


def update_page(size: int):
    return commitment_page(size).get_children().first().specific


def report_page(size: int):
    report = ReportPageFactory(parent=plan(size), cutoff=datetime.date(2030, 1, 1))
    report.propose_figures()
    report.save()
    return published(report)


def secretariat_page(size: int):
    page = SecretariatPageFactory()
    for _ in range(size):
        SeatFactory(secretariat=page.secretariat)
        published(SessionPageFactory(parent=page))
    return published(page)


def session_page(size: int):
    """A session with seats, agreements, and agreements of as many sessions before it."""
    page = SessionPageFactory(starts_at=datetime.datetime(2024, 2, 1, 16, 0, tzinfo=datetime.UTC))
    for day in range(size):
        earlier = SessionPageFactory(
            parent=page.get_parent(),
            starts_at=datetime.datetime(2024, 1, day + 1, 16, 0, tzinfo=datetime.UTC),
        )
        AgreementFactory(page=earlier, responsible=InstitutionFactory())
        published(type(page).objects.get(pk=earlier.pk))
        seat = SeatFactory(secretariat=page.get_parent().specific.secretariat)
        AgreementFactory(page=page, responsible=seat.institution)
        AttendanceFactory(page=page, institution=seat.institution)
    return published(type(page).objects.get(pk=page.pk))


def declaration_page(size: int):
    page = DeclarationPageFactory()
    for _ in range(size):
        SignatoryFactory(page=page, institution=InstitutionFactory(), person=PersonFactory())
    return published(type(page).objects.get(pk=page.pk))


def standard_page(size: int):
    page = StandardPageFactory()
    for _ in range(size):
        published(StandardPageFactory(parent=page))
    return published(page)


def ruling_page(size: int):
    """A ruling with all its parts, as many pages of text, citations and votes as ``size``."""
    index = RulingIndexPageFactory()
    cited = [published(RulingPageFactory(parent=index)) for _ in range(size)]
    page = published(
        RulingPageFactory(
            parent=index,
            chamber=InstitutionFactory(),
            finality_ruling=cited[0],
            citations=[("ruling", one) for one in cited],
            commitments=[("commitment", published(CommitmentPageFactory()))],
            votes=[("vote", {"post": "Magistratura", "vote": "for", "note": ""})] * size,
        )
    )
    for one in cited:
        one.citations = [("ruling", page)]
        published(one)
    image = PortalImage.objects.create(title="Imagen", file=get_test_image_file())
    published(PublicVersionPageFactory(parent=page, texts=("Vistos. Se resuelve.",) * size))
    published(PlainVersionPageFactory(parent=page, why="<p>Te deben oír.</p>" * size))
    published(EasyReadPageFactory(parent=page))
    published(InfographicPageFactory(parent=page, image=image))
    return page


def ruling_index(size: int):
    index = RulingIndexPageFactory()
    for _ in range(size):
        published(PlainVersionPageFactory(parent=RulingPageFactory(parent=index)))
    return published(index)


# Types that begin with a plan come first: its rows are stored for the later ones.
PAGES: list[Callable] = [
    plan,
    axis_page,
    commitment_page,
    continued_commitment,
    update_page,
    report_page,
    secretariat_page,
    session_page,
    declaration_page,
    roadmap_page,
    measured_commitment,
    matrix_page,
    tree_page,
    observation_index,
    observation_page,
    answer_page,
    observed_commitment,
    observed_update,
    standard_page,
    ruling_page,
    ruling_index,
    participation_index,
    consultation_page,
    forum_page,
    table_page,
    practice_index,
    practice_page,
    plan_index,
    home_page,
]


def short_url(page) -> str:
    return reverse("pages:commitment", args=[page.get_parent().get_parent().slug, page.code])


def calendar_url(page) -> str:
    return reverse("pages:session_calendar", args=[page.pk])


def act_url(page) -> str:
    return f"{page.url}acta/"


def agreements_url(page) -> str:
    return reverse("pages:agreements")


def history_url(page) -> str:
    return reverse("pages:history", args=[page.pk])


@built_once
def institution_page(size: int):
    """A plan whose commitments are all of one institution, with seats and predecessors."""
    institution = InstitutionFactory()
    axis = AxisPageFactory(parent=PlanPageFactory())
    for number in range(size):
        page = CommitmentPageFactory(parent=axis, code=f"1.{number}", responsible=institution)
        published(ProgressUpdatePageFactory(parent=published(page), rows={}))
        SeatFactory(institution=institution)
        InstitutionFactory(successor=institution)
    return published(axis)


def own_institution_url(page) -> str:
    return institution_url(page.get_children().first().specific.parties.get().institution)


def institutions_url(page) -> str:
    return reverse("pages:institutions")


def changes_url(page) -> str:
    return reverse("pages:changes")


def feed_url(page) -> str:
    return reverse("pages:changes_feed")


def proofs_url(page) -> str:
    return reverse("pages:proofs", args=[page.slug])


def share_image_url(page) -> str:
    return reverse("share_image", args=[page.pk])


def sitemap_url(page) -> str:
    return reverse("sitemap")


def ruling_permalink(page) -> str:
    return reverse("pages:ruling", args=[page.get_parent().slug, page.case_key.replace(".", "-")])


def rulings_feed_url(page) -> str:
    return reverse("pages:rulings_feed", args=[page.slug])


def participation_feed_url(page) -> str:
    return reverse("pages:participation_feed", args=[page.pk])


def glossary_url(page) -> str:
    """The glossary, with a further term for each standard page."""
    GlossaryTermFactory(definition="Lo que significa.")
    return reverse("pages:glossary")


def reported_feed_url(page) -> str:
    return reverse("opendata_pages:page_feed", args=[page.pk])


def plan_table_url(page) -> str:
    return reverse("opendata_pages:page_table", args=[page.pk, "compromisos", "xlsx"])


def deadlines_url(page) -> str:
    return reverse("opendata_pages:deadlines")


VIEWS: list[tuple[Callable, Callable, int]] = [
    (institution_page, own_institution_url, 200),
    (institution_page, institutions_url, 200),
    (plan, changes_url, 200),
    (plan, feed_url, 200),
    (plan, proofs_url, 200),
    (plan, share_image_url, 200),
    (institution_page, sitemap_url, 200),
    (standard_page, glossary_url, 200),
    (commitment_page, short_url, 302),
    (ruling_page, ruling_permalink, 302),
    (ruling_index, rulings_feed_url, 200),
    (participation_index, participation_feed_url, 200),
    (session_page, calendar_url, 200),
    (session_page, act_url, 200),
    (session_page, agreements_url, 200),
    (plan, history_url, 200),
    (update_page, history_url, 200),
    (plan, reported_feed_url, 200),
    (plan, plan_table_url, 200),
    (session_page, deadlines_url, 200),
]


def queries_for(client, make: Callable, size: int, address: Callable | None = None, status: int = 200) -> int:
    """Return the queries of a view on a portal of this size, which is rolled back: its rows are restored."""
    cache.clear()
    clear_cached_values()
    with transaction.atomic():
        Municipality.objects.all().delete()
        page = make(size)
        published(home())
        url = address(page) if address else page.url
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == status
        transaction.set_rollback(True)
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_the_size_of_a_list_adds_no_queries_to_a_page(client, make):
    single = queries_for(client, make, 1)
    double = queries_for(client, make, 2)

    assert single == double <= BUDGETS.get(make.__name__, BUDGET)


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "address", "status"), VIEWS, ids=lambda each: getattr(each, "__name__", ""))
def test_the_size_of_the_portal_adds_no_queries_to_a_view(client, make, address, status):
    single = queries_for(client, make, 1, address, status)
    double = queries_for(client, make, 2, address, status)

    assert single == double <= BUDGET
