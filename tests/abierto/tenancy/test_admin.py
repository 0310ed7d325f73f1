"""The admin as an editor of an institution sees it."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry

from abierto.media.models import PortalDocument, PortalImage
from abierto.tenancy.provisioning import (
    EDITOR_PAGES,
    WRITE_FILES,
    get_shared_collection,
    grant_collection,
    grant_pages,
)
from tests.abierto.media.uploads import PDF, picture, upload
from tests.abierto.tenancy import worlds
from tests.admin_search import fill_admin_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def editor(client, world):
    client.force_login(world.north_editor)
    return client


def image(title: str, collection) -> PortalImage:
    stored = PortalImage(title=title, file=upload(f"{title}.png", picture()), collection=collection)
    stored.save()
    return stored


def test_explorer_shows_own_pages_and_their_ancestors(editor, world):
    response = editor.get(reverse("wagtailadmin_explore", args=[world.home.pk]), follow=True)

    text = response.content.decode()
    assert "Compromiso del norte" in text
    assert "Compromiso del sur" not in text


def test_explorer_search_omits_pages_of_other_spaces(editor):
    fill_admin_index()
    response = editor.get(reverse("wagtailadmin_pages:search"), {"q": "Compromiso"}, follow=True)

    text = response.content.decode()
    assert "Compromiso del norte" in text
    assert "Compromiso del sur" not in text


@pytest.mark.parametrize(
    "name", ["edit", "history", "usage", "delete", "unpublish", "move", "copy", "workflow_history"]
)
def test_page_of_another_space_answers_404(editor, world, name):
    response = editor.get(reverse(f"wagtailadmin_pages:{name}", args=[world.southern.pk]))

    assert response.status_code == 404
    assert "Compromiso del sur" not in response.content.decode()


@pytest.mark.parametrize("name", ["page_types_usage", "page_types_usage_results"])
def test_whole_site_reports_are_for_the_state_team(editor, client, world, name):
    address = reverse(f"wagtailadmin_reports:{name}")
    world.southern.save_revision()

    refused = editor.get(address)
    assert refused.status_code == 404
    assert address not in editor.get(reverse("wagtailadmin_home")).content.decode()

    client.force_login(world.state_editor)
    answer = client.get(address)
    assert answer.status_code == 200


def test_own_page_can_be_edited(editor, world):
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[world.northern.pk])).status_code == 200


def test_page_of_another_space_cannot_be_changed(editor, world):
    editor.post(
        reverse("wagtailadmin_pages:edit", args=[world.southern.pk]), {"title": "Otro", "slug": "otro"}
    )

    world.southern.refresh_from_db()
    assert world.southern.title == "Compromiso del sur"
    assert world.southern.latest_revision is None


def test_page_chooser_offers_own_drafts_and_public_pages(editor, world):
    world.northern.add_child(instance=Page(title="Borrador propio", slug="propio", live=False))
    Page.objects.filter(pk=world.southern.pk).update(live=False)
    worlds.public_page(world.home, title="Página pública", slug="publica")

    text = editor.get(reverse("wagtailadmin_choose_page_child", args=[world.home.pk])).json()["html"]
    inside = editor.get(reverse("wagtailadmin_choose_page_child", args=[world.northern.pk])).json()["html"]

    assert "Página pública" in text
    assert "Compromiso del sur" not in text
    assert "Borrador propio" in inside


def test_page_chooser_can_be_searched(editor, world):
    Page.objects.filter(pk=world.southern.pk).update(live=False)

    fill_admin_index()
    response = editor.get(reverse("wagtailadmin_choose_page_search"), {"q": "Compromiso"})

    text = response.json()["html"] if "json" in response["Content-Type"] else response.content.decode()
    assert "Compromiso del norte" in text
    assert "Compromiso del sur" not in text


def test_image_chooser_offers_own_and_shared_images(editor, world):
    image("propia de prueba", world.north.collection)
    image("ajena de prueba", world.south.collection)
    image("compartida de prueba", get_shared_collection())

    fill_admin_index()

    for query in ({}, {"q": "de prueba"}):
        for name in ("wagtailimages_chooser:choose_results", "media:images"):
            text = editor.get(reverse(name), query).content.decode()
            assert "ajena" not in text, name
            assert "propia" in text, name
        text = editor.get(reverse("wagtailimages_chooser:choose_results"), query).content.decode()
        assert "compartida" in text


def test_document_chooser_can_be_searched(editor, world):
    for title, collection in (
        ("Acta propia", world.north.collection),
        ("Acta ajena", world.south.collection),
    ):
        PortalDocument(title=title, file=upload("acta.pdf", PDF), collection=collection).save()

    fill_admin_index()

    for name in ("wagtaildocs_chooser:choose_results", "media:documents"):
        text = editor.get(reverse(name), {"q": "acta"}).content.decode()
        assert "Acta propia" in text, name
        assert "Acta ajena" not in text, name


def test_image_of_another_space_cannot_be_changed_nor_deleted(editor, world):
    theirs = image("ajena", world.south.collection)

    for name in ("edit", "delete"):
        response = editor.post(reverse(f"wagtailimages:{name}", args=[theirs.pk]), {"title": "mía"})
        assert response.status_code == 404
    theirs.refresh_from_db()
    assert theirs.title == "ajena"


def test_file_cannot_be_added_to_collection_of_another_space(editor, world):
    editor.post(
        reverse("wagtailimages:add"),
        {"title": "x", "file": upload("x.png", picture()), "collection": world.south.collection_id},
    )

    assert not PortalImage.objects.filter(space=world.south).exists()


def test_state_editor_can_edit_both_spaces(client, world):
    client.force_login(world.state_editor)

    for page in (world.northern, world.southern):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


# --- Permissions that reach beyond the space (given by hand in the admin) --------------------------------


@pytest.fixture
def granted_everywhere(world):
    """Give the editors of the north Wagtail's permissions on every page and every file."""
    grant_pages(world.north.editors, Page.objects.get(depth=1), EDITOR_PAGES)
    grant_collection(world.north.editors, Collection.get_first_root_node(), WRITE_FILES)


@pytest.mark.usefixtures("granted_everywhere")
@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("wagtailadmin_explore", {}),
        ("wagtailadmin_explore", {"q": "Compromiso"}),
        ("wagtailadmin_pages:search", {"q": "Compromiso"}),
        ("wagtailadmin_api:pages:listing", {"child_of": "home", "for_explorer": "1"}),
        ("wagtailadmin_api:pages:listing", {"child_of": "home"}),
    ],
)
def test_explorer_shows_own_pages_only_whatever_is_granted(editor, world, address, query):
    fill_admin_index()
    arguments = [world.home.pk] if address == "wagtailadmin_explore" else []
    query = {name: world.home.pk if value == "home" else value for name, value in query.items()}

    text = editor.get(reverse(address, args=arguments), query, follow=True).content.decode()

    assert "Compromiso del norte" in text
    assert "Compromiso del sur" not in text


def test_explorer_hides_the_pages_above_a_page_granted_in_another_space(editor, world):
    below = world.southern.add_child(instance=Page(title="Acción del sur", slug="accion", live=False))
    grant_pages(world.north.editors, below, EDITOR_PAGES)

    text = editor.get(reverse("wagtailadmin_explore", args=[world.home.pk]), follow=True).content.decode()

    assert "Compromiso del norte" in text
    assert "Compromiso del sur" not in text


@pytest.mark.usefixtures("granted_everywhere")
def test_page_policy_permits_own_pages_only_whatever_is_granted(world):
    policy = policy_registry.get_by_type(Page)

    permitted = policy.instances_user_has_permission_for(world.north_editor, "change")

    assert list(permitted) == [world.northern]


@pytest.mark.usefixtures("granted_everywhere")
@pytest.mark.parametrize(
    "name", ["wagtailimages_chooser:choose_results", "media:choose_image", "media:images"]
)
def test_image_lists_show_own_images_only_whatever_is_granted(editor, world, name):
    image("propia", world.north.collection)
    image("ajena", world.south.collection)

    text = editor.get(reverse(name)).content.decode()

    assert "propia" in text
    assert "ajena" not in text


@pytest.mark.usefixtures("granted_everywhere")
@pytest.mark.parametrize(
    "name", ["wagtaildocs_chooser:choose_results", "wagtaildocs_chooser:choose", "media:documents"]
)
def test_document_lists_show_own_documents_only_whatever_is_granted(editor, world, name):
    for title, collection in (
        ("Acta propia", world.north.collection),
        ("Acta ajena", world.south.collection),
    ):
        PortalDocument(title=title, file=upload("acta.pdf", PDF), collection=collection).save()

    text = editor.get(reverse(name)).content.decode()

    assert "Acta propia" in text
    assert "Acta ajena" not in text
