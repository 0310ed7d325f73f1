"""Two translators on one string: the second sees the conflict and overwrites only on purpose."""

import json
import re
from html import unescape

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from abierto.approval.conflicts.translations import (
    MAX_EDITORS,
    add_opened_versions,
    hash_value,
    save_if_current,
)
from tests import factories
from tests.abierto.approval.newsroom import newsroom, person
from tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Desk:
    """Two translators of one page."""

    def __init__(self) -> None:
        room = newsroom()
        self.first = person("traductora", room.space.editors)
        self.second = person("traductor", room.space.editors)
        self.stranger = factories.UserFactory()
        page = published(factories.StandardPageFactory(title="Qué es gobierno abierto"))
        english, _new = Locale.objects.get_or_create(language_code="en")
        self.source = TranslationSource.update_or_create_from_instance(page)[0]
        self.source.create_or_update_translation(
            english, publish=False, copy_parent_pages=True, fallback=True
        )
        self.translation = Translation.objects.create(source=self.source, target_locale=english)
        self.segment = StringSegment.objects.filter(source=self.source).first()

    def address(self) -> str:
        return reverse(
            "wagtail_localize:edit_string_translation", args=[self.translation.pk, self.segment.pk]
        )

    def text(self) -> str | None:
        return StringTranslation.objects.values_list("data", flat=True).first()


@pytest.fixture
def desk():
    return Desk()


def window(user) -> Client:
    """Return a browser of the user with a session of its own."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def opened(address: str, shown: str | None, editor: str = "one") -> str:
    """Return the address of the saves of an editor that was opened with a value on screen."""
    return f"{address}?editor={editor}&version={hash_value(shown)}"


def put(client: Client, address: str, value: str):
    """Save as the editor's script does."""
    body = encode_multipart(BOUNDARY, {"value": value})
    return client.put(address, body, content_type=MULTIPART_CONTENT)


def test_a_save_of_the_version_on_screen_goes_through(desk):
    assert put(window(desk.first), opened(desk.address(), None), "What it is").status_code == 201
    assert put(window(desk.second), opened(desk.address(), "What it is"), "What open is").status_code == 200

    assert desk.text() == "What open is"


def test_an_editor_saves_again_what_it_saved_itself(desk):
    client, address = window(desk.first), opened(desk.address(), None)

    assert put(client, address, "What it is").status_code == 201
    assert put(client, address, "What open is").status_code == 200
    assert client.delete(address).status_code == 200
    assert put(client, address, "Once more").status_code == 201


@pytest.mark.parametrize("shown", [None, "Older"])
def test_a_save_over_the_text_of_another_is_refused(desk, shown):
    put(window(desk.first), opened(desk.address(), None), "Hers")

    response = put(window(desk.second), opened(desk.address(), shown), "His")

    assert response.status_code == 409
    assert "«Hers»" in response.json()["sentence"]
    assert desk.first.public_name in response.json()["sentence"]
    assert desk.text() == "Hers"


def test_a_save_without_a_version_is_refused(desk):
    put(window(desk.first), opened(desk.address(), None), "Hers")

    assert put(window(desk.second), desk.address(), "His").status_code == 409
    assert desk.text() == "Hers"


def test_two_editors_of_one_session_do_not_write_over_each_other(desk):
    client = window(desk.first)
    put(client, opened(desk.address(), None, "one"), "In one tab")

    assert put(client, opened(desk.address(), None, "two"), "In the other").status_code == 409
    assert desk.text() == "In one tab"


def test_the_editor_may_replace_the_text_after_it_was_shown(desk):
    put(window(desk.first), opened(desk.address(), None), "Hers")
    client, address = window(desk.second), opened(desk.address(), None)
    assert put(client, address, "His").status_code == 409
    assert put(client, address, "His").status_code == 409

    conflict = client.get(address + "&conflict")

    assert "«Hers»" in conflict.json()["sentence"]
    assert put(client, address, "His").status_code == 200
    assert desk.text() == "His"


def test_no_conflict_is_described_where_there_is_none(desk):
    client, address = window(desk.first), opened(desk.address(), None)
    assert client.get(address + "&conflict").status_code == 204

    put(client, address, "What it is")

    assert client.get(address + "&conflict").status_code == 204


def test_a_text_of_another_user_is_not_removed_before_it_was_shown(desk):
    put(window(desk.first), opened(desk.address(), None), "Hers")
    client, address = window(desk.second), opened(desk.address(), None)

    assert client.delete(address).status_code == 409
    assert desk.text() == "Hers"
    client.get(address + "&conflict")
    assert client.delete(address).status_code == 200
    assert desk.text() is None


def test_the_session_remembers_the_latest_editors_only(desk):
    client = window(desk.first)
    for number in range(MAX_EDITORS + 3):
        put(client, opened(desk.address(), desk.text(), str(number)), f"Text {number}")

    assert list(client.session["translations_seen"]) == [str(number) for number in range(3, MAX_EDITORS + 3)]


def test_an_override_is_protected_too(desk):
    context = desk.source.stringsegment_set.first().context
    overridable = OverridableSegment.objects.filter(source=desk.source).first()
    if overridable is None:
        overridable = OverridableSegment.objects.create(
            source=desk.source, context=context, data_json='"a"', order=0
        )
    address = reverse("wagtail_localize:edit_override", args=[desk.translation.pk, overridable.pk])
    assert put(window(desk.first), opened(address, None), "hers").status_code == 201

    assert put(window(desk.second), opened(address, None), "his").status_code == 409
    assert put(window(desk.second), opened(address, "hers"), "his").status_code == 200
    assert SegmentOverride.objects.get().data == "his"


def test_a_user_without_permission_sees_no_text(desk):
    put(window(desk.first), opened(desk.address(), None), "Hers")
    stranger, address = window(desk.stranger), opened(desk.address(), None)

    for response in (put(stranger, address, "His"), stranger.get(address + "&conflict")):
        assert response.status_code == 404
        assert b"Hers" not in response.content
    assert desk.text() == "Hers"


def test_a_second_attempt_of_one_request_is_no_conflict(desk):
    put(window(desk.first), opened(desk.address(), None), "Hers")
    request = RequestFactory().put(opened(desk.address(), "Hers"))
    request.user, request.session = desk.first, {}
    rows = StringTranslation.objects.all()

    def save(request):
        rows.update(data="His")
        return HttpResponse()

    with transaction.atomic():
        save_if_current(request, desk.translation, rows, save)
        transaction.set_rollback(True)

    assert save_if_current(request, desk.translation, rows, save).status_code == 200


@pytest.mark.parametrize("body", [b"", b"version=%7B", b"\xff\xfe", b"--x"])
def test_an_invalid_version_overwrites_nothing(desk, body):
    put(window(desk.first), opened(desk.address(), None), "Hers")
    client = window(desk.second)

    for kind in (MULTIPART_CONTENT, "application/x-www-form-urlencoded"):
        assert client.put(desk.address(), body, content_type=kind).status_code in (400, 409)
    assert desk.text() == "Hers"


def test_each_address_names_the_version_on_screen():
    props = {
        "segments": [
            {"type": "string", "id": 1, "editUrl": "/a/"},
            {"type": "string", "id": 2, "editUrl": "/b/"},
            {"type": "synchronised_value", "id": 1, "editUrl": "/c/"},
            {"type": "related_object", "id": 1, "dest": None},
        ],
        "initialStringTranslations": [{"segment_id": 1, "data": "What it is"}],
        "initialOverrides": [{"segment_id": 1, "data": 7}],
    }

    segments = json.loads(add_opened_versions(json.dumps(props)))["segments"]

    assert [segment.get("editUrl", "").split("version=")[-1] for segment in segments] == [
        hash_value("What it is"), "", hash_value(7), "",
    ]  # fmt: skip
    assert segments[0]["editUrl"].startswith("/a/?editor=")


def test_the_editor_is_opened_with_the_versions_and_the_script(desk):
    client = window(desk.first)
    put(client, opened(desk.address(), None), "What it is")
    target = desk.translation.get_target_instance()

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[target.pk])).content.decode()

    props = json.loads(unescape(re.search('js-translation-editor" data-props="([^"]*)"', shown).group(1)))
    address = next(one["editUrl"] for one in props["segments"] if one["editUrl"].startswith(desk.address()))
    assert address.endswith(f"&version={hash_value('What it is')}")
    assert re.search(r"/translations\.([0-9a-f]+\.)?js", shown)
    assert put(window(desk.second), address, "What open is").status_code == 200
