"""Public pages have no URLs of non-public pages: in rich text, blocks, frames and redirects."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from abierto.approval.ledger.imports import imported
from pages.core.link_targets import LinkTargets
from tests.abierto.approval.unguarded import without_reference_checks
from tests.abierto.media.uploads import stored_document
from tests.abierto.tenancy import worlds
from tests.factories import SessionPageFactory, StandardPageFactory, UserFactory, home, published
from tests.language.translating import english
from tests.pages.visibility.closing import CLOSINGS, english_alias, restrict, unpublish
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BAD_IDS = ["abc", "", "1.5", "-1", "1" * 40, "٣", "1 OR 1=1"]


def write_link(page, words="clic"):
    return f'<p><a linktype="page" id="{page.pk}">{words}</a></p>'


def publish_page_with(*blocks, **fields):
    return published(StandardPageFactory(body=json.dumps(list(blocks)), **fields))


def build_paragraph(html):
    return {"type": "paragraph", "value": html}


def read_html(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
@built_once
def target():
    return published(StandardPageFactory(title="Adonde lleva", slug="adonde-lleva"))


@pytest.mark.parametrize("close", CLOSINGS, ids=lambda close: close.__name__)
def test_a_link_to_a_non_public_page_keeps_its_text_without_a_url(client, close):
    target = published(StandardPageFactory(slug="adonde-lleva", parent=StandardPageFactory(title="Casa")))
    cards = {"cards": [{"page": target.pk, "url": "", "title": "Tarjeta", "text": ""}]}
    list_value = {"kind": "bullets", "entries": [write_link(target, "punto")]}
    page = publish_page_with(
        build_paragraph(write_link(target)),
        {"type": "list", "value": list_value},
        {"type": "notice", "value": {"kind": "info", "title": "", "text": write_link(target, "aviso")}},
        {"type": "links", "value": cards},
    )
    html = read_html(client, page)
    assert html.count(f'href="{target.url}"') == 4

    close(target)

    html = read_html(client, page)
    assert "adonde-lleva" not in html
    assert all(words in html for words in ("clic", "punto", "aviso"))
    assert "Tarjeta" not in html


def test_links_to_the_four_kinds(client, target):
    private = published(StandardPageFactory(title="Reservada", slug="privada"))
    restrict(private)
    draft = StandardPageFactory(title="Borrador", slug="borrador-de-alguien")
    world = worlds.build()
    other = worlds.public_page(home(), title="De otra casa", slug="de-otra-casa")
    assert world.south
    page = publish_page_with(
        build_paragraph(
            "".join(write_link(linked, linked.title) for linked in (target, private, draft, other))
        )
    )

    html = read_html(client, page)

    assert f'href="{target.url}"' in html
    assert f'href="{other.url}"' in html
    assert not any(slug in html for slug in ("/privada", "borrador-de-alguien"))
    assert all(linked.title in html for linked in (private, draft))


@pytest.mark.parametrize("key", BAD_IDS)
@pytest.mark.parametrize("kind", ["page", "document"])
def test_an_invalid_stored_id_has_no_url(key, kind, client, monkeypatch):
    without_reference_checks(monkeypatch)
    page = publish_page_with(
        build_paragraph(f'<p><a linktype="{kind}" id="{key}">clic</a> <a linktype="{kind}">sin</a></p>')
    )

    html = read_html(client, page)

    assert "<a>clic</a>" in html
    assert "<a>sin</a>" in html


def test_a_link_targets_the_public_translation_and_never_its_draft(client, target):
    alias = english_alias(target)
    page = publish_page_with(build_paragraph(write_link(target)), title="Con enlace")
    with imported("Una traducción de una prueba"):
        translation = page.copy_for_translation(english())
    translation = published(translation)
    assert f'href="{alias.url}"' in read_html(client, translation)

    unpublish(alias)

    assert f'href="{target.url}"' in read_html(client, translation)


def test_the_number_of_links_adds_no_queries(client):
    def queries(count):
        targets = [published(StandardPageFactory()) for _ in range(count)]
        documents = [stored_document(world.state) for _ in range(count)]
        blocks = [build_paragraph(write_link(target)) for target in targets]
        blocks += [build_paragraph(f'<p><a linktype="document" id="{one.pk}">x</a></p>') for one in documents]
        cards = [{"page": one.pk, "url": "", "title": "", "text": ""} for one in targets]
        blocks += [{"type": "links", "value": {"cards": [card]}} for card in cards]
        page = publish_page_with(*blocks)
        client.get(page.url)
        with CaptureQueriesContext(connection) as captured:
            assert read_html(client, page).count("/documents/") == count
        stored = [one for one in captured if "streamvalue" not in one["sql"]]
        return len([query for query in stored if not _reads_chosen_pages(query["sql"])])

    world = worlds.build()
    single, many = queries(1), queries(6)

    assert single == many


def _reads_chosen_pages(sql: str) -> bool:
    """Check whether a query is Wagtail's own prefetch of the pages chosen in a stream block."""
    return sql.startswith('SELECT "wagtailcore_page"') and "EXISTS" not in sql and " IN (" in sql


def test_targets_are_queried_once(target, django_assert_num_queries):
    page = publish_page_with(build_paragraph(write_link(target)))
    targets = LinkTargets(page)
    targets.pages({target.pk})

    with django_assert_num_queries(0):
        assert targets.pages({target.pk})[target.pk].is_public


def test_a_document_of_a_private_collection_has_no_url(client):
    document = stored_document(worlds.build().state)
    block = {"type": "document", "value": {"document": document.pk, "title": "Acta firmada", "text": ""}}
    page = publish_page_with(
        build_paragraph(f'<p><a linktype="document" id="{document.pk}">acta</a></p>'), block
    )
    session = published(SessionPageFactory(minutes=document))
    assert read_html(client, page).count(document.url) == 2
    assert document.url in read_html(client, session)

    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
    )

    for closed_page in (page, session):
        html = read_html(client, closed_page)
        assert "/documents/" not in html
    assert "Acta firmada" in read_html(client, page)
    assert document.title in read_html(client, session)


@pytest.mark.parametrize("close", CLOSINGS, ids=lambda close: close.__name__)
def test_a_redirect_to_a_closed_page_is_a_404(client, close):
    target = published(StandardPageFactory(slug="adonde-lleva", parent=StandardPageFactory(title="Casa")))
    Redirect.objects.create(old_path="/viejo", redirect_page=target)
    assert client.get("/viejo/").status_code == 301
    assert client.get("/viejo/?a=1").status_code == 301

    close(target)

    for address in ("/viejo/", "/viejo/?a=1"):
        response = client.get(address)
        assert response.status_code == 404
        assert "adonde-lleva" not in response.content.decode()


def test_a_redirect_to_a_restricted_page_works_for_signed_in_users(client, target):
    Redirect.objects.create(old_path="/viejo", redirect_page=target)
    Redirect.objects.create(old_path="/fuera", redirect_link="https://example.org/")
    PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/fuera/").status_code == 301

    client.force_login(UserFactory())

    assert client.get("/viejo/").status_code == 301


def test_menus_languages_and_breadcrumbs_show_only_public_pages(client):
    front = published(home())
    menu = [
        published(StandardPageFactory(title=title, slug=slug, show_in_menus=True))
        for title, slug in (("A la vista", "a-la-vista"), ("Cerrada", "cerrada-en-el-menu"))
    ]
    StandardPageFactory(title="Sin publicar", slug="sin-publicar", show_in_menus=True)
    below = published(StandardPageFactory(title="Debajo", parent=menu[1], show_in_menus=True))
    page = published(StandardPageFactory(title="Página"))
    with imported("Una traducción de una prueba"):
        front.copy_for_translation(english())
        translation = page.copy_for_translation(english())
        translation.title = "Page"
        translation.save_revision().publish()
    published(translation)
    assert 'hreflang="en"' in read_html(client, page)
    assert below.url in read_html(client, page)

    restrict(menu[1])
    restrict(translation)

    html = read_html(client, page)
    assert menu[0].url in html
    assert not any(words in html for words in ("cerrada-en-el-menu", "sin-publicar", 'hreflang="en"'))


def test_a_secretariat_lists_only_public_sessions(client):
    session = published(SessionPageFactory(title="Sesión que se cierra"))
    secretariat = session.get_parent().specific
    assert session.title in read_html(client, secretariat)

    restrict(session)

    html = read_html(client, secretariat)
    assert not any(words in html for words in (session.title, session.url, f"/sesiones/{session.pk}.ics"))


def test_a_calendar_below_an_unpublished_page_is_not_served(client):
    session = published(SessionPageFactory())
    address = reverse("pages:session_calendar", args=[session.pk])
    assert client.get(address).status_code == 200

    session.get_parent().specific.unpublish()

    assert client.get(address).status_code == 404
