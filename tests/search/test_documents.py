"""The search content of each page type, which pages are indexed, and the check of the page types."""

import datetime

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, get_page_models

from abierto.registry.models import SDGTarget
from abierto.tenancy.visibility import public_ids
from pages.core.search import SearchKind
from pages.home.models import HomePage
from pages.plans.enums import PlanKind, PlanStatus
from pages.standard.models import StandardPage
from search.checks import check_page_types, declaration_errors
from search.indexing.documents import (
    get_search_kind,
    iter_page_documents,
    list_indexable_ids,
    list_searchable_types,
)
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    CommitmentPartyFactory,
    DeclarationPageFactory,
    InstitutionFactory,
    PersonFactory,
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
from tests.participation_factories import AgreementFactory

pytestmark = pytest.mark.slow


def describe(page):
    """Return the documents of one page."""
    found = dict(iter_page_documents([page.pk]))
    return found.get(page.pk, [])


def join_words(documents):
    return " ".join(document.exact for document in documents)


class SearchContentTests(TestCase):
    def test_a_commitment_indexes_its_promise_actions_parties_and_place(self):
        plan = PlanPageFactory(title="Plan 2022–2024", slug="pal-2022-2024")
        commitment = CommitmentPageFactory(
            parent=AxisPageFactory(parent=plan, code="3", title="Justicia abierta"),
            code="3.1",
            title="Sentencias que se entienden",
            official_name="Sentencias con lenguaje accesible",
            citizen_purpose="Que cualquiera las entienda",
            start=datetime.date(2022, 8, 1),
            actions=[{"title": "Hacer un manual", "deliverable": "Manual publicado"}],
        )
        commitment.sdg_targets.add(SDGTarget.objects.get(code="16.6"))
        commitment.save()
        institution = InstitutionFactory(name="Poder Judicial", acronym="PJEG")
        CommitmentPartyFactory(
            page=commitment, institution=institution, person=PersonFactory(name="Rosa Luz")
        )
        documents = describe(published(commitment))
        document = documents[0]
        assert (document.kind, document.plan, document.axis) == (
            "commitment",
            "pal-2022-2024",
            "pal-2022-2024.3",
        )
        assert (document.code, document.ref) == ("3.1", ("3.1", "compromiso.3.1", "ods.16", "meta.16.6"))
        assert (document.institution, document.sdg) == (("Poder Judicial",), ("16",))
        assert (document.status, document.year) == ("ended", "2022")
        assert document.trail == "Plan 2022–2024 › Justicia abierta"
        assert document.date == datetime.date(2022, 8, 1).toordinal()
        for text in ("lenguaje accesible", "cualquiera", "manual publicado", "rosa luz", "poder judicial"):
            assert text in join_words(documents)

    def test_a_commitment_without_dates_has_the_first_year_of_its_plan(self):
        plan = PlanPageFactory(period_start=datetime.date(2019, 7, 1))
        axis = published(AxisPageFactory(parent=plan, code="3"))
        commitment = published(CommitmentPageFactory(parent=axis, code="3.1", start=None))
        (document,) = describe(commitment)
        assert (document.year, document.date) == ("2019", 0)
        assert describe(axis)[0].year == ""
        commitment.start = datetime.date(2020, 2, 1)
        assert describe(published(commitment))[0].year == "2020"

    def test_a_copied_page_has_the_date_of_its_source_and_not_that_of_its_loading(self):
        text = published(StandardPageFactory(source_name="Plan de 2019"))
        dated = published(
            StandardPageFactory(source_name="Informe de 2023", source_date=datetime.date(2023, 12, 4))
        )
        assert describe(text)[0].date == 0
        assert (describe(dated)[0].date, describe(dated)[0].year) == (
            datetime.date(2023, 12, 4).toordinal(),
            "2023",
        )

    def test_no_year_follows_from_an_assumed_start(self):
        plan = PlanPageFactory(period_start=datetime.date(2019, 7, 1), is_start_assumed=True)
        commitment = published(CommitmentPageFactory(parent=AxisPageFactory(parent=plan), start=None))
        assert [describe(page)[0].year for page in (plan, commitment)] == ["", ""]

    def test_a_line_of_a_work_plan_is_no_commitment(self):
        plan = PlanPageFactory(kind=PlanKind.WORK_PLAN, status=PlanStatus.PROPOSAL, period_end=None)
        line = published(CommitmentPageFactory(parent=AxisPageFactory(parent=plan, code="A"), code="A.1"))
        (document,) = describe(line)
        assert (document.kind, document.status) == (SearchKind.LINE, "proposal")
        assert document.ref == ("a.1", "linea.a.1")

    def test_a_commitment_has_its_pace_and_the_words_for_it(self):
        commitment = published(CommitmentPageFactory(actions=1))
        published(ProgressUpdatePageFactory(parent=commitment, rows={1: 100}))
        (document,) = [found for found in describe(commitment) if found.part == 0]
        assert document.pace == ("done",)
        assert {"cumpl", "cumpli"} <= set(document.plain.split())
        without = describe(published(CommitmentPageFactory(start=datetime.date(2022, 8, 1))))[0]
        assert "late" in without.pace
        assert "atras" in without.plain.split()

    def test_an_update_indexes_its_notes_and_action_titles(self):
        commitment = published(CommitmentPageFactory(actions=[{"title": "Hacer un manual"}]))
        update = ProgressUpdatePageFactory(
            parent=commitment,
            rows={1: "En etapa de diseño"},
            narrative="<p>Se escribió <b>el índice</b>.</p>",
            period_end=datetime.date(2023, 11, 30),
        )
        done, actions = describe(published(update))
        assert done.kind == SearchKind.UPDATE
        assert done.date == datetime.date(2023, 11, 30).toordinal()
        assert "se escribio el indice" in done.exact
        assert "noviembr 2023" in done.plain  # as visitors type it
        assert actions.url == f"{done.url}#acciones"
        for text in ("hacer un manual", "en etapa de diseno"):
            assert text in actions.exact

    def test_an_update_belongs_to_the_family_of_its_commitment(self):
        commitment = published(CommitmentPageFactory(actions=1))
        update = published(ProgressUpdatePageFactory(parent=commitment, rows={1: 100}))
        assert {part.family for part in describe(update)} == {commitment.pk}
        assert {part.family for part in describe(commitment)} == {0}

    def test_a_standard_page_has_a_passage_per_heading_with_its_anchor(self):
        body = [
            ("paragraph", "<p>Antes de todo.</p>"),
            ("heading", {"text": "Qué se decidió", "level": "2", "anchor": "decidio"}),
            ("paragraph", "<p>Pagar lo debido.</p>"),
        ]
        page = published(StandardPageFactory(title="Una historia", body=body))
        first, second = describe(page)
        assert first.url == page.get_url()
        assert second.url == f"{page.get_url()}#s-decidio"
        assert "que se decidio" in second.exact
        assert second.src == "Pagar lo debido."
        assert (first.parts, second.parts) == (2, 2)

    def test_evening_events_keep_their_local_day(self):
        evening = datetime.datetime(2024, 3, 14, 19, tzinfo=timezone.get_default_timezone())
        session = published(SessionPageFactory(starts_at=evening))
        text = published(StandardPageFactory(body=[("paragraph", "<p>Una historia.</p>")]))
        Page.objects.filter(pk=text.pk).update(last_published_at=evening)
        text.refresh_from_db()
        days = [document.date for page in (session, text) for document in describe(page)]
        assert days == [evening.date().toordinal()] * 2

    def test_other_page_types_index_their_texts(self):
        seat = SeatFactory(person=PersonFactory(name="Inés Vera"))
        secretariat = published(SecretariatPageFactory(secretariat=seat.secretariat))
        session = SessionPageFactory(parent=secretariat, number=8, agenda="<p>Informe del portal</p>")
        AgreementFactory(page=session, text="Publicar el acta cada mes")
        declaration = DeclarationPageFactory(
            title="Declaración conjunta", signed_on=datetime.date(2017, 11, 15)
        )
        SignatoryFactory(page=declaration, post="Presidenta del Congreso")
        plan = published(PlanPageFactory(objective="Abrir el gobierno"))
        report = published(ReportPageFactory(parent=plan, intro="Lo que va del plan"))
        axis = published(AxisPageFactory(parent=plan, code="A", justification="Porque hace falta"))
        for page, text in (
            (secretariat, "ines vera"),
            (published(session), "publicar el acta cada mes"),
            (published(declaration), "presidenta del congreso"),
            (plan, "abrir el gobierno"),
            (report, "lo que va del plan"),
            (axis, "porque hace falta"),
        ):
            with self.subTest(page=type(page).__name__):
                assert text in join_words(describe(page))

    def test_only_public_pages_have_documents(self):
        public = published(StandardPageFactory(title="Pública"))
        draft = StandardPageFactory(title="Borrador")
        private = published(StandardPageFactory(title="Privada"))
        below = published(StandardPageFactory(title="Bajo la privada", parent=private))
        hidden = published(StandardPageFactory(title="Bajo una retirada", parent=StandardPageFactory()))
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        Page.objects.filter(pk=hidden.get_parent().pk).update(live=False)
        pages = [public, draft, private, below, hidden]
        assert set(dict(iter_page_documents([page.pk for page in pages]))) == {public.pk}
        assert public_ids([page.pk for page in pages]) == {public.pk}

    def test_many_standard_pages_cost_no_more_queries_than_one(self):
        pages = [published(StandardPageFactory(title=f"Página {n}")).pk for n in range(6)]
        list(iter_page_documents(pages))
        with CaptureQueriesContext(connection) as single:
            list(iter_page_documents(pages[:1]))
        with self.assertNumQueries(len(single)):
            assert len(list(iter_page_documents(pages))) == 6

    def test_home_and_plan_index_pages_are_not_indexed(self):
        published(home())
        page = published(StandardPageFactory())
        assert list_indexable_ids() == [page.pk]


def derive_model(base=StandardPage, **attributes):
    """Return a subclass that the model registry does not know: a real one would need a table."""
    return type.__new__(type(base), "DerivedPage", (base,), attributes)


def list_messages(*models):
    errors = list(declaration_errors(models))
    assert {error.id for error in errors} <= {"search.E001"}
    return [error.msg for error in errors]


class CheckTests(TestCase):
    def test_every_page_type_declares_whether_it_is_searched(self):
        assert check_page_types() == []
        parts = {"EasyReadPage", "InfographicPage", "PlainVersionPage", "PublicVersionPage"}
        assert {model.__name__ for model in get_page_models()} - {
            model.__name__ for model in list_searchable_types()
        } == {"Page", "HomePage", "PlanIndexPage", "ObservationIndexPage", *parts}

    def test_a_page_type_without_search_kind_is_an_error(self):
        assert list_messages(Page) == ["wagtailcore.Page does not set search_kind; it is not inherited."]

    def test_a_subclass_that_does_not_state_its_own_kind_is_an_error_and_is_not_searched(self):
        subclass = derive_model()
        assert list_messages(subclass) == [
            "pages.StandardPage does not set search_kind; it is not inherited."
        ]
        assert get_search_kind(subclass) is None

    def test_a_subclass_that_states_its_kind_may_inherit_the_content(self):
        subclass = derive_model(search_kind=SearchKind.RULING)
        assert list_messages(subclass) == []
        assert get_search_kind(subclass) is SearchKind.RULING

    def test_a_page_type_may_be_left_out_of_the_search(self):
        assert list_messages(derive_model(search_kind=None)) == []

    def test_a_kind_without_content_is_an_error(self):
        (message,) = list_messages(derive_model(base=HomePage, search_kind=SearchKind.STANDARD))
        assert "without search_document()" in message

    def test_a_kind_that_does_not_exist_is_an_error(self):
        (message,) = list_messages(derive_model(search_kind="standard"))
        assert "is not a SearchKind" in message
