"""A cached page stays while other spaces publish, and goes with the first change of what it shows."""

import datetime
import json
import random
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from abierto.approval.ledger.imports import imported
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root
from pages.core.cache import current_version, read_versions
from pages.core.page_cache import CACHE
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.reports.inlines import ReportRow
from pages.secretariats.models import SecretariatPage
from pages.standard.models import StandardPage
from tests.abierto.tenancy import worlds
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    MicrositePageFactory,
    MunicipalityIndexPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    SecretariatPageFactory,
    SessionPageFactory,
    StandardPageFactory,
    UserFactory,
    home,
    published,
    republished,
)
from tests.pages.visibility.closing import (
    CLOSINGS,
    english_alias,
    save_as_draft,
    save_as_draft_parent,
    unpublish,
)
from tests.search.unpublishing import WAYS
from tests.shared_rows import built_once

pytestmark = pytest.mark.slow


def publish_town(index: Page, name: str, **links: Page) -> SimpleNamespace:
    """Publish a town with a page of each kind; its prose links to ``links``."""
    start = published(MicrositePageFactory(parent=index, municipality__name=name))
    assign_root(worlds.space(name, SpaceKind.MUNICIPALITY), start)
    words = "".join(f'<p><a linktype="page" id="{page.pk}">{key}</a></p>' for key, page in links.items())
    prose = StandardPageFactory(
        parent=start,
        title=f"Texto de {name}",
        body=json.dumps([{"type": "paragraph", "value": words or "<p>Nada.</p>"}]),
    )
    plan = PlanPageFactory(parent=start, title=f"Plan de {name}")
    commitment = CommitmentPageFactory(
        parent=AxisPageFactory(parent=plan, code="1"), code="1.1", actions=1, responsible=InstitutionFactory()
    )
    update = published(ProgressUpdatePageFactory(parent=commitment, rows={1: 30}))
    report = ReportPageFactory(parent=plan)
    report.propose_figures()
    report.save()
    session = published(SessionPageFactory(parent=SecretariatPageFactory(parent=start)))
    return SimpleNamespace(
        start=start,
        prose=published(prose),
        plan=PlanPage.objects.get(pk=plan.pk),
        axis=commitment.get_parent().specific,
        commitment=CommitmentPage.objects.get(pk=commitment.pk),
        update=update,
        report=published(report),
        secretariat=session.get_parent().specific,
        session=session,
    )


@built_once
def build_portal():
    """Publish two towns; a page of the second links to a public page of the first and a withdrawn one."""
    front = published(home())
    assign_root(worlds.space("Estado", SpaceKind.STATE), front)
    index = published(MunicipalityIndexPageFactory())
    north = publish_town(index, "Norte")
    linked = published(StandardPageFactory(parent=north.start, title="Lo enlazado", slug="lo-enlazado"))
    draft = published(StandardPageFactory(parent=north.start, title="Lo que saldrá", slug="lo-que-saldra"))
    south = publish_town(index, "Sur", publica=linked, borrador=draft)
    draft.unpublish()
    about = published(StandardPageFactory(title="Qué es"))
    return SimpleNamespace(
        front=front, index=index, north=north, south=south, linked=linked, draft=draft, about=about
    )


@pytest.fixture
def portal(transactional_db, settings):
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    caches[CACHE].clear()
    with transaction.atomic():
        return build_portal()


def list_pages(place: SimpleNamespace) -> list[Page]:
    return list(vars(place).values())


def is_hit(client, page: Page) -> bool:
    """Check that the page comes from the cache, which costs one query."""
    with CaptureQueriesContext(connection) as queries:
        client.get(page.url)
    return len(queries) == 1


def visit(client, *pages: Page) -> None:
    for page in pages:
        assert client.get(page.url).status_code == 200
    assert all(is_hit(client, page) for page in pages)


def change_prose(place: SimpleNamespace) -> None:
    page = StandardPage.objects.get(pk=place.prose.pk)
    page.title += " otra vez"
    published(page)


def change_update(place: SimpleNamespace) -> None:
    page = type(place.update).objects.get(pk=place.update.pk)
    page.declared = 41
    page.declared_note = "Lo dice el municipio."
    published(page)


def test_pages_of_a_town_stay_when_another_publishes(client, portal):
    others = [page for page in list_pages(portal.south) if page not in (portal.south.prose,)]
    visit(client, *others, portal.about)

    change_prose(portal.north)
    change_update(portal.north)

    assert [page.title for page in others if not is_hit(client, page)] == []
    assert is_hit(client, portal.about)


def test_pages_of_a_town_are_made_anew_when_it_publishes(client, portal):
    visit(client, *list_pages(portal.south))

    change_update(portal.south)

    assert not any(is_hit(client, page) for page in list_pages(portal.south))


def test_pages_that_list_every_space_are_made_anew(client, portal):
    urls = ["/", "/cambios/", "/instituciones/", "/buscar/?q=plan", "/sitemap.xml", "/glosario/"]
    for url in urls:
        client.get(url)

    change_prose(portal.north)

    for url in urls:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert len(queries) > 1, url


@pytest.mark.parametrize("close", [*CLOSINGS, *WAYS[4:]], ids=lambda close: close.__name__)
def test_a_link_to_another_town_goes_with_its_target(client, portal, close):
    visit(client, portal.south.prose)
    assert "lo-enlazado" in client.get(portal.south.prose.url).content.decode()

    close(StandardPage.objects.get(pk=portal.linked.pk))

    assert "lo-enlazado" not in client.get(portal.south.prose.url).content.decode()


def test_a_link_to_another_town_appears_with_its_target(client, portal):
    visit(client, portal.south.prose)

    published(portal.draft)

    assert portal.draft.url in client.get(portal.south.prose.url).content.decode()


@pytest.mark.parametrize("name", ["linked", "start"])
def test_a_link_to_another_town_follows_the_address_of_its_target(client, portal, name):
    visit(client, portal.south.prose)
    page = Page.objects.get(pk=(portal.linked if name == "linked" else portal.north.start).pk).specific
    page.slug = "otra-direccion"
    published(page)

    linked = Page.objects.get(pk=portal.linked.pk)
    assert f'href="{linked.url}"' in client.get(portal.south.prose.url).content.decode()


def test_a_link_follows_a_translation_of_its_target(client, portal):
    published(portal.draft)
    english_alias(portal.south.prose)
    address = f"/en{portal.south.prose.url}"
    assert "lo-enlazado" in client.get(address).content.decode()

    english_alias(Page.objects.get(pk=portal.linked.pk).specific)

    assert is_as_made_now(client, address)


@pytest.mark.parametrize("close", [unpublish, save_as_draft, save_as_draft_parent])
def test_an_alias_in_another_town_is_closed_with_its_source(client, portal, close):
    with imported("Un alias de una prueba"):
        alias = portal.linked.create_alias(parent=Page.objects.get(pk=portal.south.start.pk))
    visit(client, alias)

    close(StandardPage.objects.get(pk=portal.linked.pk))

    assert client.get(alias.url).status_code == 404


def test_a_page_that_enters_the_menu_is_on_every_page(client, portal):
    in_menu(portal.about)
    other = published(StandardPageFactory(parent=portal.about, title="Del norte"))
    assign_root(Space.objects.get(name="Norte"), other)
    visit(client, portal.south.session)

    page = in_menu(other)

    assert f'href="{page.url}"' in client.get(portal.south.session.url).content.decode()


def in_menu(page: Page) -> Page:
    page = Page.objects.get(pk=page.pk).specific
    page.show_in_menus = True
    return published(page)


def test_the_menu_of_a_microsite_follows_its_pages(client, portal):
    visit(client, portal.south.session)
    page = published(StandardPageFactory(parent=portal.south.start, title="Lo que llega"))
    assert page.url in client.get(portal.south.session.url).content.decode()

    page.unpublish()

    assert page.url not in client.get(portal.south.session.url).content.decode()


@pytest.mark.parametrize("close", CLOSINGS, ids=lambda close: close.__name__)
def test_the_privacy_notice_of_another_town_is_closed_with_its_page(client, portal, close):
    start = Page.objects.get(pk=portal.south.start.pk).specific
    start.privacy_page = portal.linked
    published(start)
    visit(client, portal.south.session)
    assert portal.linked.url in client.get(portal.south.session.url).content.decode()

    close(StandardPage.objects.get(pk=portal.linked.pk))

    assert portal.linked.url not in client.get(portal.south.session.url).content.decode()


def test_a_changed_institution_is_shown_by_every_space(client, portal):
    institution = portal.south.commitment.parties.get().institution
    visit(client, portal.south.commitment)

    republished(institution, name="Nombre de ahora", acronym="")

    assert "Nombre de ahora" in client.get(portal.south.commitment.url).content.decode()


def test_a_report_of_another_space_that_names_the_commitment_is_shown(client, portal):
    visit(client, portal.south.commitment)
    report = ReportPageFactory(
        parent=portal.north.plan, title="Informe ajeno", cutoff=datetime.date(2024, 3, 1)
    )
    report.rows.add(
        ReportRow(level="commitment", key=portal.south.commitment.translation_key, code="1.1", label="Algo")
    )
    report.save()
    published(report)

    assert report.title in client.get(portal.south.commitment.url).content.decode()


def test_commitments_of_two_spaces_that_continue_each_other_are_followed(client, portal):
    own, later = portal.south.commitment, CommitmentPage.objects.get(pk=portal.north.commitment.pk)
    visit(client, own)
    later.continues = own
    later = published(later)

    for plan, shown, page in ((portal.north.plan, later, own), (portal.south.plan, own, later)):
        assert shown.url in client.get(page.url).content.decode()
        plan.unpublish()
        assert shown.url not in client.get(page.url).content.decode()
        published(plan)
        assert shown.url in client.get(page.url).content.decode()


def test_a_plan_is_made_anew_when_a_space_below_it_publishes(client, portal):
    commitment = published(CommitmentPageFactory(parent=portal.south.axis, code="1.2", title="Lo delegado"))
    assign_root(worlds.space("Instituto"), commitment)
    visit(client, portal.south.plan, portal.south.commitment)
    commitment.title = "Lo que se delegó"
    published(commitment)

    assert is_hit(client, portal.south.commitment)
    assert "Lo que se delegó" in client.get(portal.south.plan.url).content.decode()


def test_a_page_follows_the_space_above_it(client, portal):
    commitment = published(CommitmentPageFactory(parent=portal.south.axis, code="1.2", title="Lo delegado"))
    assign_root(worlds.space("Instituto"), commitment)
    visit(client, commitment)

    portal.south.plan.unpublish()

    assert client.get(commitment.url).status_code == 404


def test_a_page_that_changes_its_space_is_followed_in_the_new_one(client, portal):
    assign_root(worlds.space("Instituto"), portal.south.commitment)
    visit(client, portal.south.commitment)

    change_update(portal.south)

    assert "41" in client.get(portal.south.commitment.url).content.decode()


def test_a_draft_does_not_raise_any_version(portal):
    editor = UserFactory()
    before = read_versions()

    page = StandardPage.objects.get(pk=portal.north.prose.pk)
    page.title = "Solo un borrador"
    page.save_revision(user=editor)

    assert read_versions() == before


def test_a_rolled_back_publication_does_not_raise_a_version(portal):
    before = read_versions()

    with transaction.atomic():
        change_prose(portal.north)
        transaction.set_rollback(True)

    assert read_versions() == before


def test_a_publication_raises_the_version_of_its_space_only(portal):
    before = read_versions()

    change_prose(portal.north)

    after = read_versions()
    raised = {space for space, number in after.spaces.items() if number > before.spaces.get(space, 0)}
    assert len(raised) == 1
    assert after.shared == before.shared
    assert after.number == current_version() > before.number


def test_the_cached_pages_are_those_that_would_be_made_now(client, portal):
    """Random changes in both towns; each cached page is compared with the page made without a cache."""
    chance = random.Random(13)
    south, north = portal.south, portal.north
    watched = [south.prose, south.plan, south.commitment, south.secretariat, north.update, portal.front]
    addresses = [page.url for page in watched]
    for _turn in range(5):
        place = chance.choice([portal.north, portal.south])
        chance.choice([change_prose, change_update, close_or_open, rename])(place)
        assert [url for url in addresses if not is_as_made_now(client, url)] == []


def is_as_made_now(client, url: str) -> bool:
    """Check that the answer is the one that is made for a visitor who gets no stored page."""
    visitor = Client()
    visitor.cookies["messages"] = "algo"
    answer, made = client.get(url), visitor.get(url)
    return (answer.status_code, answer.content) == (made.status_code, made.content)


def close_or_open(place: SimpleNamespace) -> None:
    page = SecretariatPage.objects.get(pk=place.secretariat.pk)
    if page.live:
        page.unpublish()
    else:
        published(page)


def rename(place: SimpleNamespace) -> None:
    page = CommitmentPage.objects.get(pk=place.commitment.pk)
    page.title += " más"
    page.slug += "x"
    published(page)
