"""The content of each public page, and what no page may claim."""

import datetime
import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import TestCase, override_settings
from wagtail.models import Locale, PageViewRestriction

from pages.plans.enums import PlanKind, PlanStatus
from pages.plans.inlines import CommitmentParty
from pages.reports.models import ReportKind
from tests.completing import without_validation
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    ErratumFactory,
    InstitutionFactory,
    MunicipalityFactory,
    MunicipalityIndexPageFactory,
    PlanIndexPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    SecretariatPageFactory,
    SessionPageFactory,
    StandardPageFactory,
    home,
    published,
)

pytestmark = pytest.mark.slow

SPACE = re.compile(r"\s+")
TAG = re.compile(r"<[^>]*>")
NO_BREAK = "\u00a0"


class PublicPageTests(TestCase):
    """Read pages as text."""

    def read(self, page, query: str = "") -> str:
        """Return the text of the page in one line without markup."""
        response = self.client.get(page.get_url() + query)
        self.assertEqual(response.status_code, 200)
        self.html = response.content.decode()
        return SPACE.sub(" ", unescape(TAG.sub(" ", self.html)).replace(NO_BREAK, " "))

    def commitment(self, declared=None, rows=None, **fields):
        page = published(CommitmentPageFactory(actions=2, **fields))
        if rows is not None:
            published(ProgressUpdatePageFactory(parent=page, declared=declared, rows=rows))
        return page


class CommitmentPageTests(PublicPageTests):
    def test_the_five_main_facts_come_first(self):
        page = self.commitment(
            rows={1: 35, 2: 10}, summary="Un sistema de vigilancia.", responsible=InstitutionFactory()
        )
        text = self.read(page)
        places = [text.index(f" {word} ") for word in ("Qué", "Cuánto", "Plazo", "Quién", "Pruebas")]
        self.assertEqual(places, sorted(places))
        self.assertLess(places[-1], text.index("Lo que se prometió"))

    def test_both_figures_and_the_sum_are_shown_when_they_differ(self):
        with without_validation():
            page = self.commitment(declared=Decimal(30), rows={1: 35, 2: 10})
        text = self.read(page)
        self.assertIn("30 %, según el informe. Según el promedio de las acciones, 22.5 %.", text)
        self.assertIn("(35 + 10) ÷ 2", text)
        self.assertIn("El informe no explica la diferencia.", text)

    def test_a_stage_is_shown_as_text_and_not_as_zero(self):
        text = self.read(self.commitment(rows={1: "En diseño", 2: "En diseño"}))
        self.assertIn("En diseño", text)
        self.assertIn("No es 0 %", text)
        self.assertNotIn(" 0 %, ", text)

    def test_a_commitment_without_reports_shows_a_message(self):
        text = self.read(self.commitment())
        self.assertIn("Sin dato. No conocemos ningún reporte.", text)
        self.assertIn("Sin prueba", text)
        self.assertIn("No conocemos ninguna prueba de este compromiso.", text)
        self.assertIn("No conocemos ninguna cifra.", text)

    def test_an_update_that_outdates_the_declared_figure_is_explained(self):
        page = self.commitment(declared=Decimal(30), rows={1: 35, 2: 10})
        later = {"period_start": datetime.date(2023, 12, 1), "period_end": datetime.date(2024, 3, 31)}
        published(ProgressUpdatePageFactory(parent=page, rows={1: 80, 2: 60}, **later))
        text = self.read(page)
        self.assertIn("70 %, según el promedio de las acciones.", text)
        self.assertIn("El informe dijo 30 %.", text)
        self.assertIn("Después se reportaron avances", text)

    def test_every_update_shows_its_source(self):
        text = self.read(self.commitment(rows={1: 35, 2: 10}))
        self.assertIn("Quién reportó y quién aprobó", text)
        self.assertIn("Se tomó de documentos publicados.", text)

    def test_a_commitment_shows_its_citation_and_stable_url(self):
        page = self.commitment(rows={1: 35, 2: 10}, code="3.1")
        text = self.read(page)
        plan = page.get_parent().get_parent()
        self.assertIn(f"/compromiso/{plan.slug}/3.1/", text)
        self.assertIn("Abierto. Compromiso 3.1,", text)

    def test_a_restricted_update_is_not_shown(self):
        page = self.commitment()
        update = published(ProgressUpdatePageFactory(parent=page, title="Avance reservado", rows={1: 35}))
        PageViewRestriction.objects.create(page=update, restriction_type=PageViewRestriction.LOGIN)
        self.assertNotIn("Avance reservado", self.read(page))


class PreviewTests(PublicPageTests):
    """A draft is previewed before any field is filled in."""

    def test_a_commitment_without_a_code_can_be_previewed(self):
        page = self.commitment(rows={1: 35, 2: 10})
        draft = page.get_latest_revision_as_object()
        draft.code = ""
        response = draft.make_preview_request()
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "35")

    def test_a_preview_shows_the_draft(self):
        page = self.commitment()
        draft = page.get_latest_revision_as_object()
        action = draft.actions.all()[0]
        action.title = "Un título que nadie ha guardado"
        draft.actions = [action]
        self.assertContains(draft.make_preview_request(), "Un título que nadie ha guardado")


class PlanPageTests(PublicPageTests):
    @classmethod
    def setUpTestData(cls):
        cls.plan = PlanPageFactory(title="Plan de acción 2022–2024")
        axis = published(AxisPageFactory(parent=cls.plan, code="1", title="Gobierno abierto"))
        for code, figure in (("1.1", 100), ("1.2", 5)):
            page = published(CommitmentPageFactory(parent=axis, code=code, actions=1))
            published(ProgressUpdatePageFactory(parent=page, rows={1: figure}))

    def test_a_plan_shows_its_sum_axes_and_pace(self):
        text = self.read(self.plan)
        self.assertIn("Según el promedio 52.5 %", text)
        self.assertIn("1 de 2 compromisos va debajo.", text)
        self.assertIn("Completos: 1", text)
        self.assertIn("2 compromisos, 2 acciones.", text)

    def test_a_filter_narrows_the_list_and_is_shown(self):
        text = self.read(self.plan, "?estado=low")
        self.assertIn("1 compromiso pasa los filtros.", text)
        self.assertIn("Compromiso 1.2", text[text.index("Los compromisos (2)") :])
        self.assertNotIn("Compromiso 1.1 ", text[text.index("Los compromisos (2)") :])

    def test_a_filter_without_matches_shows_a_message(self):
        self.assertIn("Ningún compromiso pasa esos filtros.", self.read(self.plan, "?estado=stage"))

    def test_an_invalid_filter_shows_a_message_and_the_whole_list(self):
        text = self.read(self.plan, "?eje=99&desconocido=1")
        self.assertIn("Uno de los filtros no se entendió", text)
        self.assertIn("Compromiso 1.1", text)

    def test_a_plan_without_reports_shows_a_message(self):
        self.assertIn("No conocemos todavía ningún informe de este plan.", self.read(self.plan))


class PlanWithoutFiguresTests(PublicPageTests):
    def plan(self, **fields):
        plan = PlanPageFactory(**fields)
        published(CommitmentPageFactory(parent=AxisPageFactory(parent=plan), actions=2))
        return published(plan)

    def test_a_plan_without_figures_shows_a_message_and_no_empty_bars(self):
        text = self.read(self.plan(status=PlanStatus.CONCLUDED))
        self.assertIn("No conocemos ninguna cifra de este plan.", text)
        for absent in ("Reporte atrasado", "Se esperaba", "Esperado", "¿Cuántos iban a tiempo?"):
            self.assertNotIn(absent, text)

    def test_a_plan_past_its_end_shows_that_its_last_report_is_missing(self):
        plan = self.plan(period_end=datetime.date(2024, 8, 31))
        missing = "El plazo terminó en agosto de 2024. No conocemos ninguna cifra ni un informe final."
        self.assertIn(missing, self.read(plan))
        published(ReportPageFactory(parent=plan, kind=ReportKind.FINAL))
        self.assertNotIn(missing, self.read(plan))


class AssumedStartTests(PublicPageTests):
    """A plan whose document does not say when it began, after its deadline."""

    @classmethod
    def setUpTestData(cls):
        cls.plan = PlanPageFactory(title="Plan 2022–2024", is_start_assumed=True)
        page = CommitmentPageFactory(parent=AxisPageFactory(parent=cls.plan), code="6.1", actions=2)
        page.parties.add(CommitmentParty(institution=InstitutionFactory(acronym="UGX"), role="cocreating"))
        page.save()
        cls.page = published(page)
        published(
            ProgressUpdatePageFactory(parent=cls.page, rows={1: 1, 2: 1}, source_name="Informe de 2023")
        )
        start = home()
        start.current_plan = cls.plan
        published(start)

    def test_no_page_judges_by_the_assumption(self):
        for page in (home(), self.plan, self.page.get_parent(), self.page):
            with self.subTest(page=page.title):
                text = self.read(page)
                self.assertIn("si empezó en agosto de 2022, un supuesto de este portal", text)
                for judgement in ("debajo", "al ritmo", "Se esperaba", "Esperado", "debía llevar"):
                    self.assertNotIn(judgement, text)

    def test_one_notice_says_that_the_deadline_passed(self):
        sentence = "El plazo terminó en agosto de 2024. La última cifra es de noviembre de 2023;"
        for page in (home(), self.plan, self.page):
            with self.subTest(page=page.title):
                text = self.read(page)
                self.assertIn(sentence, text)
                self.assertEqual(text.count("Reporte atrasado"), 1)
                self.assertNotIn("En curso", text)

    def test_badges_are_in_the_past_tense(self):
        self.assertIn("Estaba en proceso", self.read(self.plan))
        self.assertIn("Faltaba 99 %", self.read(self.plan))

    def test_the_parties_are_co_creating_and_not_responsible(self):
        text = self.read(self.page)
        self.assertIn("parte cocreadora", text)
        self.assertNotIn("Responsable", text)
        self.assertIn("Parte cocreadora", self.read(self.plan))

    def test_a_copied_figure_says_where_it_comes_from(self):
        text = self.read(self.page)
        self.assertIn("De dónde sale esta cifra", text)
        self.assertIn("Se copió de: Informe de 2023", text)
        self.assertNotIn("Quién reportó y quién aprobó", text)


class WorkPlanTests(PublicPageTests):
    @classmethod
    def setUpTestData(cls):
        cls.plan = PlanPageFactory(title="Plan de trabajo 2019", kind=PlanKind.WORK_PLAN)
        cls.axis = published(AxisPageFactory(parent=cls.plan, code="A", title="Vinculación"))
        cls.line = published(CommitmentPageFactory(parent=cls.axis, code="A.1", actions=1))

    def test_pages_of_a_work_plan_show_no_figures(self):
        for page in (self.plan, self.axis, self.line):
            with self.subTest(page=page.title):
                text = self.read(page).partition("Sobre estas cifras")[0]
                for word in ("Avance", "Según el promedio", "Sin dato %", "Esperado", "Sin prueba"):
                    self.assertNotIn(word, text)

    def test_parts_of_a_work_plan_have_their_own_labels(self):
        text = self.read(self.plan)
        self.assertIn("Las estrategias", text)
        self.assertIn("Las líneas de acción (1)", text)
        self.assertIn("Este plan no lleva cifras de avance.", text)
        self.assertIn("1 línea de acción.", text)
        self.assertNotIn("1 compromiso", text)
        self.assertNotIn("informe final", text)


class ReportPageTests(PublicPageTests):
    def report(self):
        page = published(CommitmentPageFactory(code="1.5", actions=2))
        published(ProgressUpdatePageFactory(parent=page, declared=Decimal(30), rows={1: 35, 2: 10}))
        report = ReportPageFactory(parent=page.get_parent().get_parent().specific)
        report.propose_figures()
        report.save()
        return report

    def test_every_row_shows_declared_and_computed_figures(self):
        text = self.read(published(self.report()))
        self.assertIn("Dónde no coinciden las dos cifras Compromiso 1.5.", text)
        self.assertIn("(35 + 10) ÷ 2", text)
        self.assertIn("Cifras congeladas como las publicó el informe", text)

    def test_errata_are_shown_above_the_figures(self):
        report = self.report()
        ErratumFactory(page=report, date=datetime.date(2024, 1, 9), text="Donde dice 32 debe decir 33.")
        text = self.read(published(type(report).objects.get(pk=report.pk)))
        self.assertIn("9 de enero de 2024 : Donde dice 32 debe decir 33.", text)
        self.assertLess(text.index("Fe de erratas"), text.index("Todas las cifras del informe"))

    def test_a_report_without_figures_shows_a_message(self):
        with without_validation():
            page = published(ReportPageFactory())
        text = self.read(page)
        self.assertIn("Este informe todavía no tiene cifras.", text)


class SecretariatPageTests(PublicPageTests):
    def test_every_dated_session_has_its_calendar_file(self):
        page = published(SecretariatPageFactory())
        session = published(SessionPageFactory(parent=page))
        self.read(page)
        self.assertIn(f"/sesiones/{session.pk}.ics", self.html)
        self.read(session)
        self.assertIn(f"/sesiones/{session.pk}.ics", self.html)

    def test_a_secretariat_without_sessions_or_seats_shows_a_message(self):
        text = self.read(published(SecretariatPageFactory()))
        self.assertIn("No conocemos todavía ninguna sesión.", text)
        self.assertIn("No conocemos a sus integrantes.", text)


class HomePageTests(PublicPageTests):
    def test_a_home_page_without_a_plan_shows_a_message_and_the_search(self):
        text = self.read(published(home()))
        self.assertIn("Todavía no hay un plan vigente publicado.", text)
        self.assertIn("No conocemos todavía ningún reporte.", text)
        self.assertIn('action="/buscar/"', self.html)

    def test_the_home_page_starts_with_the_waffle_of_the_current_plan(self):
        commitment = self.commitment(rows={1: 40, 2: 60})
        page = home()
        page.current_plan = commitment.get_parent().get_parent().specific
        text = self.read(published(page))
        self.assertIn("50 % según el promedio Faltaba 50 %", text)
        self.assertIn("Faltan 50 azulejos.", text)
        self.assertIn("Cada azulejo es 1 %.", text)

    def test_a_municipality_is_a_link_to_its_page_in_the_portal(self):
        MunicipalityFactory(name="León", external_site_url="https://www.example.org/")
        MunicipalityFactory(name="Ocampo", external_site_url="")
        text = self.read(published(home()))
        self.assertIn("León: publica en su propio sitio", text)
        self.assertIn("Ocampo: sin secretariado conocido", text)
        self.assertNotIn("/municipios/", self.html)

        published(MunicipalityIndexPageFactory())

        self.read(home())
        for slug in ("leon", "ocampo"):
            self.assertEqual(self.html.count(f'href="/municipios/{slug}/"'), 2)
        self.assertNotIn('rel="external noopener"', self.html)


class FrameTests(PublicPageTests):
    def test_breadcrumbs_end_with_the_page(self):
        text = self.read(self.commitment(code="2.1"))
        self.assertRegex(text, r" Inicio Planes Plan \d+ de prueba Eje \d+ 2\.1 ")

    def test_a_page_in_one_language_offers_no_other(self):
        self.read(published(StandardPageFactory()))
        self.assertNotIn('aria-label="Idioma"', self.html)

    def test_only_the_languages_of_this_page_are_offered(self):
        english, _made = Locale.objects.get_or_create(language_code="en")
        page = published(StandardPageFactory())
        other = page.copy_for_translation(english, copy_parents=True)
        self.read(page)
        self.assertNotIn('hreflang="en"', self.html)
        published(other)
        self.read(page)
        self.assertIn('hreflang="en"', self.html)

    def test_the_menu_has_the_selected_pages(self):
        published(PlanIndexPageFactory(show_in_menus=True))
        published(StandardPageFactory(title="Fuera del menú"))
        text = self.read(published(home()))
        self.assertIn("Planes Buscar", text)
        self.assertNotIn("Fuera del menú", text)

    def test_the_footer_menu_has_standard_pages_below_a_public_page(self):
        above = published(StandardPageFactory(title="Acerca de", show_in_menus=True))
        published(StandardPageFactory(parent=above, title="Licencia de los datos", show_in_menus=True))
        published(StandardPageFactory(parent=above, title="Sin lugar al pie"))
        text = self.read(published(home()))
        self.assertIn("El portal Licencia de los datos", text)
        self.assertNotIn("Sin lugar al pie", text)

        PageViewRestriction.objects.create(page=above, restriction_type="login")
        self.assertNotIn("Licencia de los datos", self.read(home()))

    @override_settings(DEBUG=False)
    def test_the_404_page_has_no_script_and_links_on(self):
        published(home())
        response = self.client.get("/no-existe/")
        self.assertContains(response, "No encontramos esta página", status_code=404)
        self.assertContains(response, 'action="/buscar/"', status_code=404)
