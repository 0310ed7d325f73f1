"""Slugs of new pages: proposed from the title, short, in ASCII and unique among siblings."""

import datetime
import re

import pytest
from django.urls import reverse
from wagtail.admin.panels import TitleFieldPanel
from wagtail.test.utils.form_data import rich_text

from pages.core.base import BasePage
from pages.core.slugs import MAX_LENGTH, SLUG_FORMATTERS, make_slug
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanPage
from pages.reports.drafts import propose_report, start_report
from pages.rulings.parts import RulingPart
from pages.standard.models import StandardPage
from pages.updates.models import ProgressUpdatePage
from tests.factories import StandardPageFactory, home
from tests.pages.admin.worlds import build, errors_of, opened, posted, sent, signed_in

pytestmark = pytest.mark.slow

LONG = "Plan de acción para la atención de las víctimas indirectas de los delitos del fuero común en León"
LONG_SLUG = "plan-accion-atencion-victimas-indirectas-delitos-fuero-comun"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Plan de Acción Local 2027–2029", "plan-accion-local-2027-2029"),
        ("Qué es el año de la niñez", "que-es-ano-ninez"),
        ("Agua sin plomo y no contaminada", "agua-sin-plomo-no-contaminada"),
        ("¿Quiénes somos?", "quienes-somos"),
        ("Apoyo a víctimas (y a sus familias)", "apoyo-victimas-familias"),
        ("Estrategia A", "estrategia-a"),
        ("Por el", "por-el"),
        ("日本", "riben"),
        ("¿…?", ""),
        (LONG, LONG_SLUG),
        ("x" * 80, "x" * MAX_LENGTH),
    ],
)
def test_a_slug_is_short_in_ascii_and_without_stop_words(title, slug):
    assert make_slug(title) == slug
    assert len(slug) <= MAX_LENGTH


@pytest.mark.parametrize("title", ["Plan de Acción, del año 2027–2029", "Los trámites y la gente", LONG])
def test_the_formatters_of_the_field_write_the_same_slug(title):
    """The browser applies them in this order, then its own slugify."""
    formatted = title
    for pattern, replacement in SLUG_FORMATTERS:
        formatted = pattern.sub(replacement.replace("$", "\\"), formatted)

    assert formatted.isascii()
    assert re.sub(r"\s+", "-", formatted.strip().lower()) == make_slug(title)


def iter_panels(panel):
    """Yield a panel and all below it."""
    yield panel
    for child in getattr(panel, "children", ()):
        yield from iter_panels(child)


@pytest.mark.parametrize("model", BasePage.__subclasses__(), ids=lambda model: model.__name__)
def test_the_title_of_each_page_type_proposes_the_slug(model):
    panels = list(iter_panels(model.get_edit_handler()))
    titles = [panel for panel in panels if getattr(panel, "field_name", "") == "title"]

    # A part of a ruling has a fixed title.
    assert [type(panel) for panel in titles] == ([] if issubclass(model, RulingPart) else [TitleFieldPanel])
    assert "slug" in {getattr(panel, "field_name", "") for panel in panels}


# --- Forms without scripts -----------------------------------------------------------------------------


@pytest.fixture
def world(db):
    return build()


@pytest.fixture
def team(world):
    return signed_in(world.state_editor)


def add_page(client, model, parent, **fields):
    """Add a page with an empty slug and return the response."""
    url = reverse("wagtailadmin_pages:add", args=["pages", model._meta.model_name, parent.pk])
    return client.post(url, sent(client.get(url), model.__name__) | {"slug": "", **fields})


@pytest.mark.parametrize(
    ("model", "parent", "fields"),
    [
        (PlanPage, lambda world: world.plan.get_parent(), {"objective": rich_text("")}),
        (AxisPage, lambda world: world.plan, {"code": "9"}),
        (CommitmentPage, lambda world: world.north.get_parent(), {"code": "9.1"}),
        (ProgressUpdatePage, lambda world: world.north, {"narrative": rich_text("")}),
        (StandardPage, lambda world: home(), {}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_new_page_without_slug_is_saved_with_one_from_its_title(world, team, model, parent, fields):
    response = add_page(team, model, parent(world), title="Agua para la niñez", **fields)

    assert response.status_code == 302, errors_of(response)
    assert model.objects.get(title="Agua para la niñez").slug == "agua-ninez"


def test_a_second_page_of_the_same_title_gets_its_own_slug(world, team):
    for _number in range(2):
        assert add_page(team, StandardPage, home(), title="La licencia").status_code == 302

    assert set(StandardPage.objects.values_list("slug", flat=True)) == {"licencia", "licencia-1"}


def test_a_proposed_slug_is_none_of_the_portals_own_addresses(world, team):
    assert add_page(team, StandardPage, home(), title="Buscar").status_code == 302

    assert StandardPage.objects.get().slug not in {"buscar", ""}


def test_a_page_without_title_is_refused_for_its_title_alone(world, team):
    assert errors_of(add_page(team, StandardPage, home(), title="")).keys() == {"title"}


def test_a_slug_with_accents_is_stored_without_them(world, team):
    add_page(team, StandardPage, home(), title="Licencia", slug="niñez-y-educación")

    assert StandardPage.objects.get().slug == "ninez-y-educacion"


def test_emptying_the_slug_of_a_page_changes_nothing(world, team):
    page = StandardPageFactory(title="Otro título", slug="licencia")

    assert posted(team, page, opened(team, page) | {"slug": ""}).status_code == 302
    assert page.get_latest_revision_as_object().slug == "licencia"


def test_an_existing_slug_with_accents_stays(world, team):
    page = StandardPageFactory(title="Niñez", slug="niñez")
    form = opened(team, page)

    assert posted(team, page, form | {"title": "La niñez"}).status_code == 302
    assert page.get_latest_revision_as_object().slug == "niñez"


# --- Pages made by code --------------------------------------------------------------------------------


def test_a_page_added_without_slug_gets_a_short_one(world):
    page = home().add_child(instance=StandardPage(title=LONG, live=False))

    assert page.slug == LONG_SLUG


def test_a_prepared_report_has_a_short_slug(world):
    values = propose_report(world.plan) | {"cutoff": datetime.date(2024, 1, 31)}

    assert start_report(world.plan, values, world.state_editor).slug == "informe-parcial-1"
