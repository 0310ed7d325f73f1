"""The manual in the help menu, the menu of each role, and the ways to withdraw a page."""

import pytest
from django.urls import reverse

from abierto.dashboard.manual import CHAPTERS, FOLDER
from tests.abierto.approval.newsroom import draft_update, fresh, newsroom, submit
from tests.abierto.tenancy import worlds
from tests.factories import InstitutionFactory, published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def read(client, user, name: str, *arguments: object) -> str:
    client.force_login(user)
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def test_help_menu_has_the_manual_and_no_english_site(client):
    html = read(client, worlds.build().north_editor, "wagtailadmin_home")

    assert reverse("dashboard:manual_index") in html
    assert "editor-guide" not in html
    assert "guide.wagtail.org" not in html
    assert html.count("Manual del portal") == 2  # the menu and the front page
    assert "whats-new-in-wagtail" not in html


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_and_its_links_open(client, chapter):
    html = read(client, worlds.build().north_editor, "dashboard:manual", chapter)

    assert (FOLDER / f"{chapter}.md").read_text(encoding="utf-8").split("\n")[0].lstrip("# ") in html
    assert '.md"' not in html
    images = [part.split('"')[0] for part in html.split('src="')[1:] if "/manual/imagen/" in part]
    for image in images:
        assert client.get(image).status_code == 200


@pytest.mark.parametrize(
    "address", ["manual/otro/", "manual/imagen/otra.png", "manual/imagen/..%2Fentrar.md"]
)
def test_unknown_chapters_and_images_are_404(client, address):
    client.force_login(worlds.build().north_editor)

    assert client.get(f"/admin/trabajo/{address}", follow=True).status_code == 404


def test_institutions_are_not_offered_lists_that_are_empty_for_them(client):
    world = worlds.build()

    north = read(client, world.north_editor, "wagtailadmin_home")
    state = read(client, world.state_editor, "wagtailadmin_home")

    for name in ("reports:index", "sessions:index"):
        assert reverse(name) not in north
        assert reverse(name) in state
    assert reverse("updates:index") in north


@pytest.fixture
def room():
    return newsroom()


def test_review_of_a_public_page_leads_to_its_withdrawal(client, room):
    page = fresh(room.commitment)
    page.problem = "Otro problema"
    state = submit(page, room.editor)
    withdraw = reverse("wagtailadmin_pages:unpublish", args=[page.pk])

    assert withdraw in read(client, room.reviewer, "approval:review", state.pk)
    assert client.get(withdraw).status_code == 200

    new = submit(draft_update(room), room.editor)
    assert "/unpublish/" not in read(client, room.reviewer, "approval:review", new.pk)


def test_review_of_a_public_institution_leads_to_its_withdrawal(client, room):
    institution = InstitutionFactory(name="Instituto del Agua", live=True)
    institution.acronym = "IDEA"
    institution.save_revision(user=room.editor)
    institution.get_workflow().start(institution, room.editor)
    state = institution.current_workflow_task_state
    withdraw = reverse("wagtailsnippets_registry_institution:unpublish", args=[institution.pk])

    assert withdraw in read(client, room.reviewer, "approval:review", state.pk)
    assert client.get(withdraw).status_code == 200


def test_public_trace_leads_those_who_may_to_the_withdrawal(client, room):
    page = published(draft_update(room))
    withdraw = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    trace = reverse("pages:history", args=[page.pk])

    anonymous = client.get(trace)
    client.force_login(room.editor)
    editor = client.get(trace)
    client.force_login(room.reviewer)
    reviewer = client.get(trace)

    assert withdraw not in anonymous.content.decode()
    assert "no-store" not in anonymous.headers.get("Cache-Control", "")
    assert withdraw not in editor.content.decode()
    assert withdraw in reviewer.content.decode()
    assert "private" in reviewer.headers["Cache-Control"]
    assert "no-store" in reviewer.headers["Cache-Control"]
