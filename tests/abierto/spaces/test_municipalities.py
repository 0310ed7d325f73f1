"""Provisioning of a municipality: one call, all or nothing, and a repair that changes nothing else."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from abierto.accounts.models import User
from abierto.approval.models import Approval, ReviewTask
from abierto.approval.notifications import state_space
from abierto.operations.integrity.records import find_changed_rows
from abierto.operations.integrity.spaces import find_incomplete_roots
from abierto.registry.models import Secretariat
from abierto.spaces import municipalities
from abierto.spaces.microsite_template import add_registered_pages, load_template
from abierto.spaces.models import MunicipalitySpace, ProvisionedPage, TemplatePage
from abierto.spaces.municipalities import NewMunicipality, provision
from abierto.spaces.review_source import ProvisioningRefused
from abierto.tenancy.access import space_of
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from pages.plans.enums import PlanKind
from pages.plans.models import PlanPage
from pages.secretariats.models import SecretariatPage
from search.indexing.documents import iter_page_documents
from tests.abierto.approval.newsroom import newsroom
from tests.factories import MicrositePageFactory, MunicipalityFactory, published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KEYS = ["plan", "secretariat", "roadmap", "calls", "news", "contact"]


@pytest.fixture
def room():
    room = newsroom()
    room.town = MunicipalityFactory(code="11010", name="Coroneo")
    room.neighbour = MunicipalityFactory(code="11005", name="Apaseo el Grande")
    return room


def made(town, **fields):
    return provision(NewMunicipality(town, **fields), by=None).space


def root_of(space):
    return Page.objects.get(space_root__space=space).specific


def counts():
    models = (
        Space, User, Workflow, Collection, ReviewTask, Page, MunicipalitySpace, ProvisionedPage, Secretariat,
        GroupPagePermission, GroupCollectionPermission, Approval,
    )  # fmt: skip
    return {model.__name__: model.objects.count() for model in models}


def command(*arguments):
    out = StringIO()
    call_command("provision", *arguments, stdout=out)
    return out.getvalue()


def test_one_call_makes_everything_of_a_municipality(room):
    space = made(room.town)

    root = root_of(space)
    assert (space.kind, space.name) == (SpaceKind.MUNICIPALITY, "Municipio de Coroneo")
    assert MunicipalitySpace.objects.get(municipality=room.town).holder == space
    assert ReviewTask.objects.get(workflow_tasks__workflow=space.workflow).groups.get() == space.reviewers
    assert (root.live, root.slug, root.get_parent().slug) == (True, "coroneo", "municipios")
    children = list(root.get_children().specific())
    assert [page.slug for page in children] == [
        "plan", "secretariado", "hoja-de-ruta", "convocatorias", "noticias", "contacto",
    ]  # fmt: skip
    assert not any(page.live for page in children)
    assert all(page.latest_revision_id for page in children)
    assert {space_of(page) for page in children} == {space}
    assert space_of(root.get_parent()) == room.space


def test_plan_and_secretariat_are_those_of_the_municipality(room):
    space = made(room.town)

    plan = PlanPage.objects.descendant_of(root_of(space)).get()
    page = SecretariatPage.objects.descendant_of(root_of(space)).get()
    assert (plan.level, plan.kind) == ("municipal", PlanKind.PAM)
    assert "Coroneo" in plan.summary
    assert page.secretariat.municipality == room.town
    assert not page.secretariat.live


def test_secretariat_of_the_register_is_used(room):
    known = Secretariat(name="Secretariado de Coroneo", level="municipal", municipality=room.town, live=False)
    known.save()

    space = made(room.town)

    assert SecretariatPage.objects.descendant_of(root_of(space)).get().secretariat == known
    assert Secretariat.objects.count() == 1


def test_search_calls_the_municipality_by_its_own_name(room):
    TemplatePage.objects.filter(key="contact").update(is_public=True)
    page = root_of(made(room.town)).get_children().get(slug="contacto")

    assert dict(iter_page_documents([page.pk]))[page.pk][0].municipality == "Coroneo"


def test_integrity_finds_nothing_after_provisioning(room):
    made(room.town)

    assert list(find_changed_rows()) == []
    assert list(find_incomplete_roots()) == []


def test_microsite_made_by_hand_becomes_the_root(room):
    page = published(MicrositePageFactory(municipality=room.town, title="Gobierno de Coroneo"))

    space = made(room.town)

    assert root_of(space) == page
    assert root_of(space).title == "Gobierno de Coroneo"
    assert root_of(space).get_children().count() == len(KEYS)


def test_start_page_has_the_branding_of_the_form(room):
    space = made(room.town, band_color="#7a1f2b", accent_color="#7a1f2b", presentation="Gobierno abierto.")

    root = root_of(space)
    assert (root.municipality, root.band_color, root.presentation) == (
        room.town, "#7a1f2b", "Gobierno abierto.",
    )  # fmt: skip


def test_second_call_changes_nothing(room):
    made(room.town)
    before = counts()

    again = provision(NewMunicipality(room.town), by=None)

    assert not again.is_changed
    assert counts() == before


def test_second_call_adds_what_is_missing_and_changes_nothing_else(room):
    space = made(room.town)
    root = root_of(space)
    news, calls = root.get_children().get(slug="noticias"), root.get_children().get(slug="convocatorias")
    calls.delete()
    news.specific.title = "Boletines"
    news.specific.save_revision()
    Page.objects.filter(pk=news.pk).update(slug="boletines", draft_title="Boletines")
    GroupPagePermission.objects.filter(group=space.editors).delete()
    space.editors.permissions.clear()

    again = provision(NewMunicipality(room.town), by=None)

    assert [page.slug for page in again.pages] == ["convocatorias"]
    assert sorted(page.slug for page in root.get_children()) == sorted(
        ["plan", "secretariado", "hoja-de-ruta", "convocatorias", "boletines", "contacto"]
    )
    assert GroupPagePermission.objects.filter(group=space.editors, page=root).count() == 2
    assert space.editors.permissions.filter(codename="access_admin").exists()


def test_page_that_the_town_made_at_the_address_is_used(room):
    space = made(room.town)
    ProvisionedPage.objects.filter(page__slug="noticias").delete()

    assert provision(NewMunicipality(room.town), by=None).pages == []
    assert ProvisionedPage.objects.filter(holder=space, page__slug="noticias").exists()


def test_template_decides_the_pages(room):
    TemplatePage.objects.filter(key="roadmap").update(is_included=False)
    TemplatePage.objects.filter(key="news").update(title="Boletines de {municipio}", slug="boletines")
    TemplatePage.objects.create(key="text", title="Trámites", slug="tramites", summary="", order=70)

    children = root_of(made(room.town)).get_children()

    assert [page.slug for page in children] == [
        "plan", "secretariado", "convocatorias", "boletines", "contacto", "tramites",
    ]  # fmt: skip
    assert children.get(slug="boletines").title == "Boletines de Coroneo"


def test_migration_adds_the_pages_that_the_template_misses():
    TemplatePage.objects.filter(key="news").delete()
    TemplatePage.objects.filter(key="contact").update(title="Escríbenos")

    add_registered_pages(None)
    add_registered_pages(None)

    assert [row.key for row in load_template()] == KEYS
    assert TemplatePage.objects.get(key="contact").title == "Escríbenos"


def test_public_page_of_the_template_is_public(room):
    TemplatePage.objects.filter(key="contact").update(is_public=True)

    assert root_of(made(room.town)).get_children().get(slug="contacto").live


def test_failure_halfway_leaves_nothing(room, monkeypatch):
    before, roots = counts(), municipalities.add_missing_pages

    def fail(*args):
        roots(*args)
        raise RuntimeError("disk full")

    monkeypatch.setattr(municipalities, "add_missing_pages", fail)
    with pytest.raises(RuntimeError):
        made(room.town)

    assert counts() == before
    assert mail.outbox == []


@pytest.mark.parametrize("taken", ["group", "collection", "workflow"])
def test_name_of_something_else_is_not_taken_over(room, taken):
    if taken == "group":
        room.space.editors.name = "Edición: Municipio de Coroneo"
        room.space.editors.save()
    elif taken == "collection":
        Collection.get_first_root_node().add_child(instance=Collection(name="Municipio de Coroneo"))
    else:
        Workflow.objects.create(name="Revisión de Municipio de Coroneo")
    before = counts()

    with pytest.raises(ProvisioningRefused, match="Ya hay un espacio, un grupo"):
        made(room.town)

    assert counts() == before


def test_draft_municipality_gets_no_microsite(room):
    draft = MunicipalityFactory(code="11099", name="Borrador", live=False)

    with pytest.raises(ProvisioningRefused, match="no es público"):
        made(draft)


def test_address_of_another_page_is_not_taken_over(room):
    space = made(room.town)
    root_of(space).get_parent().add_child(instance=Page(title="Otra", slug="apaseo-el-grande", live=False))

    with pytest.raises(ProvisioningRefused, match="apaseo-el-grande"):
        made(room.neighbour)


# --- The command -----------------------------------------------------------------------------------------


def test_command_provisions_by_code_and_says_what_it_did(room):
    assert "11010 Coroneo: nuevo" in command("11010")
    assert "11010 Coroneo: sin cambios" in command("11010")
    assert MunicipalitySpace.objects.count() == 1


def test_command_provisions_all(room):
    out = command("--all")

    assert "11005 Apaseo el Grande: nuevo" in out
    assert MunicipalitySpace.objects.count() == 2
    assert state_space() == room.space


@pytest.mark.parametrize("arguments", [("11010", "99999"), ("11010", "Coroneo"), (), ("--all", "11010")])
def test_command_with_a_code_that_is_unknown_does_nothing(room, arguments):
    with pytest.raises(CommandError):
        command(*arguments)

    assert MunicipalitySpace.objects.count() == 0


def test_command_goes_on_after_a_refusal_and_ends_with_it(room):
    Workflow.objects.create(name="Revisión de Municipio de Coroneo")

    with pytest.raises(CommandError, match="11010 Coroneo"):
        command("11010", "11005")

    assert MunicipalitySpace.objects.get().municipality == room.neighbour


def test_command_without_a_home_page_says_what_is_missing():
    MunicipalityFactory(code="11010", name="Coroneo")

    with pytest.raises(CommandError, match="empty_portal"):
        command("11010")


# --- Speed -----------------------------------------------------------------------------------------------

PAGES = 12
MOST_QUERIES = 600


def test_microsite_of_twelve_pages_takes_few_queries(room):
    made(room.neighbour)  # the page above all microsites, and what is read once
    for number in range(PAGES - len(KEYS) - 1):
        TemplatePage.objects.create(key="text", title=f"Página {number}", slug=f"p-{number}", order=90)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        space = made(room.town)

    assert root_of(space).get_descendants(inclusive=True).count() == PAGES
    assert len(queries) <= MOST_QUERIES
