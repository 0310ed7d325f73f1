"""The content of old versions that is still shown: public fields with public objects."""

import datetime
import json
import re
from uuid import uuid4

import pytest
from django.utils import timezone
from wagtail.models import Comment, PageViewRestriction

from abierto.approval.ledger.imports import imported
from abierto.media.models import PortalDocument, PortalImage
from pages.core.base import BasePage
from pages.history.redaction import filter_still_public, public_content
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import fresh, newsroom
from tests.abierto.media.uploads import PDF, picture, upload
from tests.factories import published
from tests.pages.history.scenario import at, change_of, changed, history, reviewed, withdrawn
from tests.pages.test_query_budgets import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FAR = 2199
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-", re.IGNORECASE)


@pytest.fixture
def room():
    return newsroom()


def publish_version(page, **fields):
    """Publish another version of ``page``."""
    version = fresh(page)
    for name, value in fields.items():
        setattr(version, name, value)
    return published(version)


def build_block(kind, value):
    return {"type": kind, "value": value, "id": str(uuid4())}


def create_document(title):
    file = PortalDocument(title=title, file=upload("acta.pdf", PDF))
    file.save()
    return file


def build_body(file):
    return json.dumps([build_block("document", {"document": file.pk, "title": "", "text": ""})])


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_every_page_type_shows_its_public_fields_only(client, make):
    page = published(make(1))
    far = datetime.datetime(FAR, 5, 3, tzinfo=datetime.UTC)
    page = publish_version(page, title="Título nuevo", expire_at=far)

    html = changed(client, page)

    assert "Título nuevo" in html
    assert str(FAR) not in html
    assert not KEY.search(html)


def test_an_unnamed_field_is_hidden(client, room, monkeypatch):
    page = published(factories.StandardPageFactory(summary="Antes."))
    reviewed(room, page, summary="Después.")
    assert "Después." in changed(client, page)

    monkeypatch.setattr(BasePage, "history_fields", BasePage.history_fields - {"summary"})

    html = client.get(change_of(page, history(client, page)[0].change)).content.decode()
    assert "Cambió algo que aquí no se muestra" in html
    assert "Antes." not in html.partition("<main")[2]


def test_a_removed_file_is_hidden(client, room):
    secret, current = create_document("Lista de denunciantes"), create_document("Acta pública")
    page = published(factories.StandardPageFactory(body=build_body(secret)))
    page = reviewed(room, page, body=build_body(current))

    html = changed(client, page)

    assert "Acta pública" in html
    assert "Lista de denunciantes" not in html
    assert f"/documents/{secret.pk}/" not in html
    assert "nombraban algo que hoy no es público" in html


def test_a_removed_image_is_hidden(client, room):
    image = PortalImage(title="Rostro de Juana", description="Juana", file=upload("f.png", picture()))
    image.save()
    shown = {"image": image.pk, "alt_text": "", "decorative": True, "caption": "", "credit": ""}
    page = published(factories.StandardPageFactory(body=json.dumps([build_block("image", shown)])))
    page = reviewed(room, page, body="[]")

    html = changed(client, page)

    assert "Juana" not in html
    assert "/media/images/" not in html


def restrict(room, page, reason):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("close", [withdrawn, restrict])
def test_a_non_public_page_is_hidden(client, room, close):
    withdrawn_plan = published(factories.PlanPageFactory(title="Plan retirado"))
    current_plan = published(factories.PlanPageFactory(title="Plan vigente"))
    home = publish_version(room.home, current_plan=withdrawn_plan)
    home = reviewed(room, home, current_plan=current_plan)
    assert "Plan retirado" in changed(client, home)

    close(room, withdrawn_plan, "Se publicó por error.")

    html = changed(client, home)
    assert "Plan vigente" in html
    assert "Plan retirado" not in html


@pytest.mark.parametrize("close", [withdrawn, restrict])
def test_a_version_does_not_keep_a_non_public_page(room, close):
    plan = published(factories.PlanPageFactory())
    home = publish_version(room.home, current_plan=plan)
    assert str(plan.pk) not in find_hidden_keys(home)

    close(room, plan, "Se publicó por error.")

    assert str(plan.pk) in find_hidden_keys(home)


def find_hidden_keys(page):
    """Return the ids that the present version of ``page`` names and the public may not read."""
    _keep, hidden = filter_still_public(page, [page.serializable_data()])
    return {key for keys in hidden.values() for key in keys}


def test_links_to_internal_objects_lose_their_target(client, room):
    words = (
        '<p>Mira <a linktype="document" id="77">el acta</a> y <a href="https://example.org/">esto</a>.</p>'
    )
    content = {"title": "T", "body": json.dumps([build_block("paragraph", words)])}

    cut = public_content(StandardPage, content, lambda target, key: False)

    value = json.loads(cut["body"])[0]["value"]
    assert "el acta" in value
    assert "77" not in value
    assert "https://example.org/" in value


def test_inner_keys_and_unknown_blocks_are_removed(room):
    body = [build_block("heading", {"text": "Uno", "level": "2", "anchor": "uno"}), build_block("old", "x")]
    content = {
        "title": "T",
        "owner": 1,
        "go_live_at": "2199-01-01",
        "body": json.dumps(body),
        "wagtail_admin_comments": [{"text": "Entre nosotras"}],
    }

    cut = public_content(StandardPage, content, lambda target, key: True)

    assert set(cut) == {"title", "body"}
    assert [one["type"] for one in json.loads(cut["body"])] == ["heading"]


def test_editor_comments_are_hidden(client, room):
    page = published(factories.StandardPageFactory(summary="Antes."))
    version = fresh(page)
    version.summary = "Después."
    Comment.objects.create(
        page=version, user=room.editor, text="Entre nosotras: falta el visto bueno.", contentpath="summary"
    )
    version = fresh(version)
    version.summary = "Después."
    with imported("Versión con comentario"):
        version.save_revision(user=room.editor).publish()

    assert "Entre nosotras" not in changed(client, page)
    assert "Entre nosotras" not in client.get(at(page)).content.decode()


def test_the_hidden_date_exists_in_the_version(room):
    """The value that the previous check does not find exists."""
    page = publish_version(
        published(factories.StandardPageFactory()), expire_at=timezone.now().replace(year=FAR), title="Otra"
    )
    assert str(FAR) in json.dumps(page.live_revision.content)


def test_an_unchanged_version_is_shown_without_changes(client, room):
    page = published(factories.StandardPageFactory(summary="Igual."))
    reviewed(room, page, summary="Otra cosa.")
    reviewed(room, page, summary="Otra cosa.")

    assert "sin cambiar nada de lo que se ve" in changed(client, page)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('<a linktype="page" id="{open}">plan</a>', '<a linktype="page" id="{other}">plan</a>', "Plan B"),
        ('<a linktype="page" id="{open}">plan</a>', '<a linktype="page" id="{draft}">plan</a>', "Plan A"),
        ('<a linktype="page" id="{draft}">plan</a>', "plan", "algo que aquí no se muestra"),
        ("plan", "<b>plan</b>", "Cambia el formato"),
        ("un plan", "un\u00a0plan", "[espacio duro]"),
    ],
)
def test_a_change_inside_rich_text_is_reported(client, room, before, after, expected):
    pages = {
        "open": published(factories.PlanPageFactory(title="Plan A")).pk,
        "other": published(factories.PlanPageFactory(title="Plan B")).pk,
        "draft": factories.PlanPageFactory(title="Secreto").pk,
    }
    bodies = [
        json.dumps([{"type": "paragraph", "id": "uno", "value": f"<p>{words.format(**pages)}</p>"}])
        for words in (before, after)
    ]
    page = published(factories.StandardPageFactory(body=bodies[0]))
    reviewed(room, page, body=bodies[1])

    html = changed(client, page)

    assert expected in html
    assert "Secreto" not in html
    assert "sin cambiar nada" not in html


def test_a_changed_block_type_is_a_removal_and_an_addition(client, room):
    bodies = [
        json.dumps([{"type": "paragraph", "id": "uno", "value": "<p>Antes así.</p>"}]),
        json.dumps([{"type": "quote", "id": "uno", "value": {"text": "Ahora así.", "author": "Ana"}}]),
    ]
    page = published(factories.StandardPageFactory(body=bodies[0]))
    reviewed(room, page, body=bodies[1])

    html = changed(client, page)

    assert "Antes así." in html
    assert "Ahora así." in html
