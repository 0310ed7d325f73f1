"""Two translators on one string: the second sees the conflict and overwrites only on purpose."""

import json
from pathlib import Path
from types import ModuleType

import pytest
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

from abierto.approval.conflicts import translations
from tests import factories
from tests.abierto.approval.newsroom import newsroom, person
from tests.factories import published

pytestmark = pytest.mark.django_db


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


def put(user, address, value, **seen):
    """Save as the editor's script does; ``opened`` is the value on screen."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    fields = {"value": value} | {name: json.dumps(content) for name, content in seen.items()}
    return client.put(address, encode_multipart(BOUNDARY, fields), content_type=MULTIPART_CONTENT)


def remove(user, address, **seen):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    fields = {name: json.dumps(content) for name, content in seen.items()}
    return client.delete(address, encode_multipart(BOUNDARY, fields), content_type=MULTIPART_CONTENT)


def test_consecutive_saves_of_the_current_value_succeed(desk):
    assert put(desk.first, desk.address(), "What it is", opened=None).status_code == 201
    assert put(desk.second, desk.address(), "What open is", opened="What it is").status_code == 200

    assert desk.text() == "What open is"


@pytest.mark.parametrize("seen", [{"opened": None}, {"opened": "Older"}, {}])
def test_the_second_translator_sees_the_conflict_and_overwrites_nothing(desk, seen):
    put(desk.first, desk.address(), "Hers", opened=None)

    answer = put(desk.second, desk.address(), "His", **seen)

    assert answer.status_code == 409
    assert answer.json()["data"] == desk.text() == "Hers"
    assert "«Hers»" in answer.json()["sentence"]
    assert desk.first.public_name in answer.json()["sentence"]


def test_a_translator_who_saw_the_other_text_may_overwrite_it(desk):
    put(desk.first, desk.address(), "Hers", opened=None)
    answer = put(desk.second, desk.address(), "His", opened=None)

    assert put(desk.second, desk.address(), "His", opened=answer.json()["data"]).status_code == 200
    assert desk.text() == "His"


def test_an_unseen_translation_is_not_removed(desk):
    put(desk.first, desk.address(), "Hers", opened=None)

    assert remove(desk.second, desk.address(), opened=None).status_code == 409
    assert desk.text() == "Hers"
    assert remove(desk.second, desk.address(), opened="Hers").status_code == 200
    assert desk.text() is None


def test_the_body_can_be_read_again_under_python_o(desk):
    """The view reads the request body; a retry, after a busy database, reads it again."""
    source = Path(translations.__file__)
    optimized = ModuleType("optimized")
    exec(compile(source.read_text(encoding="utf-8"), source, "exec", optimize=1), vars(optimized))
    fields = encode_multipart(BOUNDARY, {"value": "What it is"})
    request = RequestFactory().put(desk.address(), fields, content_type=MULTIPART_CONTENT)
    request.user = desk.first

    read = optimized.save_if_current(
        request, desk.translation, None, lambda locked_request: locked_request.read()
    )

    assert read == request.body == fields


def test_an_override_conflicts_too(desk):
    context = desk.source.stringsegment_set.first().context
    overridable = OverridableSegment.objects.filter(source=desk.source).first()
    if overridable is None:
        overridable = OverridableSegment.objects.create(
            source=desk.source, context=context, data_json='"a"', order=0
        )
    address = reverse("wagtail_localize:edit_override", args=[desk.translation.pk, overridable.pk])
    assert put(desk.first, address, "hers", opened=None).status_code == 201

    assert put(desk.second, address, "his", opened=None).status_code == 409
    assert put(desk.second, address, "his", opened="hers").status_code == 200
    assert SegmentOverride.objects.get().data == "his"


def test_a_user_without_permission_sees_no_text(desk):
    put(desk.first, desk.address(), "Hers", opened=None)

    answer = put(desk.stranger, desk.address(), "His", opened=None)

    assert answer.status_code == 404
    assert b"Hers" not in answer.content
    assert desk.text() == "Hers"


@pytest.mark.parametrize("body", [b"", b"opened=%7B", b"\xff\xfe", b"--x"])
def test_invalid_input_overwrites_nothing(desk, body):
    put(desk.first, desk.address(), "Hers", opened=None)
    client = Client(raise_request_exception=False)
    client.force_login(desk.second)

    for kind in (MULTIPART_CONTENT, "application/x-www-form-urlencoded"):
        assert client.put(desk.address(), body, content_type=kind).status_code in (400, 409)
    assert desk.text() == "Hers"


def test_the_editor_loads_the_version_script(desk):
    client = Client()
    client.force_login(desk.first)
    target = desk.translation.get_target_instance()

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[target.pk])).content.decode()

    assert "js-translation-editor" in shown
    assert "/translations.js" in shown or "translations." in shown.split("wagtail-localize.js")[-1]
