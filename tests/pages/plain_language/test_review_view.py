"""The texts of an edit form are measured while they are typed."""

from __future__ import annotations

import json
import random

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.abierto.approval.newsroom import draft_update, newsroom
from tests.abierto.privacy.identities import make_identity

pytestmark = pytest.mark.django_db

PASSIVE = "El acta fue aprobada."


@pytest.fixture
def room():
    return newsroom()


def ask(client, data, status=200):
    body = data if isinstance(data, str) else json.dumps(data)
    response = client.post(reverse("plain_language:review"), body, content_type="application/json")
    assert response.status_code == status
    return response.json() if status == 200 else response


def test_score_and_findings_of_each_text(client, room):
    client.force_login(room.editor)

    result = ask(
        client,
        {"summary": "", "parts": [{"key": "a", "text": PASSIVE}, {"key": "b", "text": "Uno", "level": 3}]},
    )

    assert set(result["parts"]) == {"a"}
    assert result["parts"]["a"]["band"] == "bastante fácil"
    found = [(one["key"], one["rule"], one["severity"], one["text"]) for one in result["findings"]]
    assert found == [
        ("a", "passive", "advice", "fue aprobada"),
        ("b", "heading-order", "warning", "Uno"),
        ("summary", "missing-summary", "warning", ""),
    ]


def test_list_shows_the_beginning_of_what_is_marked(client, room):
    client.force_login(room.editor)
    text = "agua " * 40 + "y más. " + "Una dos tres. " * 4

    found = ask(client, {"parts": [{"key": "a", "text": text}]})["findings"]

    shown = {one["rule"]: one["text"] for one in found}
    assert shown == {"very-long-sentence": "agua " * 30 + "agua…", "long-paragraph": ""}


def test_offsets_are_those_of_the_browser(client, room):
    client.force_login(room.editor)

    (found,) = ask(client, {"parts": [{"key": "a", "text": f"😀 {PASSIVE}"}]})["findings"]

    assert (found["start"], found["end"]) == (11, 23)


def test_messages_are_in_the_language_of_the_reader(client, room):
    client.force_login(room.editor)
    profile = UserProfile.get_for_user(room.editor)
    profile.preferred_language = "en"
    profile.save()

    result = ask(client, {"parts": [{"key": "a", "text": PASSIVE}]})

    assert result["band"] == "fairly easy"
    assert result["findings"][0]["message"].startswith("This is in the passive.")


@pytest.mark.parametrize(
    "data",
    ["", "[]", "{}", '{"parts": 3}', '{"parts": [3]}', '{"parts": [{"key": "a"}]}',
     '{"parts": [{"key": 1, "text": "a"}]}', '{"parts": [{"key": "a", "text": "a", "level": "2"}]}',
     '{"parts": [], "summary": 3}'],
)  # fmt: skip
def test_anything_else_is_refused(client, room, data):
    client.force_login(room.editor)

    ask(client, data, status=400)


def test_too_long_a_text_is_refused(client, room):
    client.force_login(room.editor)

    response = ask(client, {"parts": [{"key": "a", "text": "a" * 400_001}]}, status=413)
    assert response.json() == {"error": "El texto es demasiado largo para medirlo mientras escribes."}
    ask(client, {"parts": [{"key": str(at), "text": "a"} for at in range(501)]}, status=413)


def test_only_signed_in_people_and_only_by_post(client, room):
    assert client.post(reverse("plain_language:review")).status_code == 302
    client.force_login(room.editor)
    assert client.get(reverse("plain_language:review")).status_code == 405


def test_checks_panel_of_a_page_in_spanish_has_inflesz_and_no_lix(client, room):
    client.force_login(room.editor)
    update = draft_update(room)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()

    assert f'data-url="{reverse("plain_language:review")}"' in html
    assert "plain_language.js" in html
    assert "data-content-readability-score" not in html


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", "text/plain", ""])
def test_another_content_type_is_refused(client, room, content_type):
    client.force_login(room.editor)

    response = client.post(reverse("plain_language:review"), b"--x--", content_type=content_type)

    assert response.status_code == 400


def test_private_data_are_shown_while_typing_and_not_repeated(client, room):
    client.force_login(room.editor)
    curp = make_identity("curp", random.Random(3))

    response = ask(client, {"summary": f"CURP {curp}", "parts": [{"key": "a", "text": f"😀 CURP {curp}."}]})

    found = [one for one in response["findings"] if one["rule"] == "private-data"]
    assert [(one["key"], one["start"], one["end"]) for one in found] == [("summary", 5, 23), ("a", 8, 26)]
    assert f"«{curp[:4]}»" in found[0]["message"]
    assert curp not in json.dumps(response)
