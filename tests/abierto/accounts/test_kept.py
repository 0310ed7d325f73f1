"""A session ends while somebody writes: what she typed comes back, and is saved once she is in again."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import newsroom
from tests.second_factor import given_code_generator, password_only

pytestmark = pytest.mark.django_db

ORIGIN = {"Origin": "http://testserver"}


class Window:
    """A browser's window that checks tokens, as people's do."""

    def __init__(self) -> None:
        self.room = newsroom()
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(self.room.editor)
        self.address = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", self.room.home.pk])
        self.token = self.token_of(self.client.get(self.address))

    def token_of(self, response) -> str:
        return re.search(r'csrfmiddlewaretoken" value="(\w+)"', response.content.decode()).group(1)

    def save(self, token=None, headers=ORIGIN, **more):
        form = {
            "csrfmiddlewaretoken": token or self.token,
            "title": "Con <tildes> & «comillas»",
            "slug": "nueva",
            "summary": "\nPrimero\nSegundo",
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        }
        return self.client.post(self.address, {**form, **more}, headers=headers)

    def end_session(self) -> None:
        self.client.cookies.pop("sessionid")

    def enter_again(self, user=None) -> None:
        """Sign in as from another window: the token is another from now on."""
        self.client.force_login(user or self.room.editor)
        self.client.cookies["csrftoken"] = "a" * 32


@pytest.fixture
def window():
    return Window()


def kept_in(response) -> dict[str, str]:
    """Return the fields that the answer would send again, as a browser reads them."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', response.content.decode(), re.S)
    return {name: html.unescape(value) for name, value in found}


def test_what_was_typed_comes_back_and_is_saved_after_entering_again(window):
    window.end_session()

    answer = window.save(**{"action-submit": "1", "password": "secreto"})

    kept = kept_in(answer)
    assert answer.status_code == 403
    assert "Tu sesión terminó" in answer.content.decode()
    assert kept["title"] == "Con <tildes> & «comillas»"
    assert kept["summary"] == "\nPrimero\nSegundo"
    assert kept["action-submit"] == "1"
    assert "secreto" not in answer.content.decode()
    assert not StandardPage.objects.filter(slug="nueva").exists()

    window.enter_again()
    again = window.client.post(window.address, {**kept, "csrfmiddlewaretoken": "a" * 32}, headers=ORIGIN)
    assert again.status_code == 302
    assert StandardPage.objects.get(slug="nueva").title == kept["title"]


def test_an_old_form_after_entering_again_is_kept_too(window):
    window.enter_again()

    answer = window.save()

    assert answer.status_code == 403
    assert "Tu sesión cambió" in answer.content.decode()
    assert kept_in(answer)["title"].startswith("Con <tildes>")
    assert window.save(token=window.token_of(answer)).status_code == 302


def test_another_site_gets_nothing_shown(window):
    for headers in ({"Origin": "https://evil.example"}, {}, {"Origin": "null"}):
        window.enter_again()
        answer = window.save(headers=headers)
        assert answer.status_code == 403
        assert not kept_in(answer)

    window.end_session()
    assert not kept_in(window.save(token="b" * 32, headers={"Origin": "https://evil.example"}))


def test_a_role_given_meanwhile_asks_for_the_second_step_and_loses_nothing(window):
    window.room.editor.groups.add(window.room.space.reviewers)
    given_code_generator(window.room.editor)
    password_only(window.client, window.room.editor)

    answer = window.save()

    assert kept_in(answer)["title"].startswith("Con <tildes>")
    assert reverse("mfa_reauthenticate") in answer.content.decode()
    assert not StandardPage.objects.filter(slug="nueva").exists()


def test_what_saves_by_itself_is_told_in_a_sentence(window):
    window.end_session()

    answer = window.save(headers={"Accept": "application/json"})

    assert answer.status_code == 403
    assert "entra en otra" in answer.json()["error_message"]


def test_the_door_and_empty_forms_go_on_as_before(window):
    window.end_session()

    assert window.client.post(reverse("wagtailadmin_login"), {"password": "x"}).status_code in (302, 403)
    bare = window.client.post(window.address, {"csrfmiddlewaretoken": window.token}, headers=ORIGIN)
    assert bare.status_code == 302
    assert bare.headers["Location"].startswith(reverse("account_login"))


def test_whoever_is_signed_in_meets_none_of_this(window):
    assert window.save().status_code == 302
    assert StandardPage.objects.filter(slug="nueva").exists()
    assert factories.home()
