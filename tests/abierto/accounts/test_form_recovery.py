"""Admin forms submitted after the session ended are returned to their author."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import newsroom
from tests.second_factor import given_code_generator, password_only

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ORIGIN = {"Origin": "http://testserver"}


class Window:
    """A client with CSRF checks, signed in as an editor with an open page form."""

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

    def sign_in_again(self, user=None) -> None:
        """Sign in as another window would: the CSRF token changes."""
        self.client.force_login(user or self.room.editor)
        self.client.cookies["csrftoken"] = "a" * 32


@pytest.fixture
def window():
    return Window()


def restored_fields(response) -> dict[str, str]:
    """Return the restored fields as a browser would send them."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', response.content.decode(), re.S)
    return {name: html.unescape(value) for name, value in found}


def test_form_is_restored_and_saved_after_signing_in_again(window):
    window.end_session()

    answer = window.save(**{"action-submit": "1", "password": "secreto"})

    fields = restored_fields(answer)
    assert answer.status_code == 403
    assert "Tu sesión terminó" in answer.content.decode()
    assert fields["title"] == "Con <tildes> & «comillas»"
    assert fields["summary"] == "\nPrimero\nSegundo"
    assert fields["action-submit"] == "1"
    assert "secreto" not in answer.content.decode()
    assert not StandardPage.objects.filter(slug="nueva").exists()

    window.sign_in_again()
    again = window.client.post(window.address, {**fields, "csrfmiddlewaretoken": "a" * 32}, headers=ORIGIN)
    assert again.status_code == 302
    assert StandardPage.objects.get(slug="nueva").title == fields["title"]


def test_form_with_old_csrf_token_is_restored(window):
    window.sign_in_again()

    answer = window.save()

    assert answer.status_code == 403
    assert "Tu sesión cambió" in answer.content.decode()
    assert restored_fields(answer)["title"].startswith("Con <tildes>")
    assert window.save(token=window.token_of(answer)).status_code == 302


def test_form_from_another_origin_is_not_restored(window):
    for headers in ({"Origin": "https://evil.example"}, {}, {"Origin": "null"}):
        window.sign_in_again()
        answer = window.save(headers=headers)
        assert answer.status_code == 403
        assert not restored_fields(answer)

    window.end_session()
    assert not restored_fields(window.save(token="b" * 32, headers={"Origin": "https://evil.example"}))


def test_form_is_restored_when_new_role_requires_second_factor(window):
    window.room.editor.groups.add(window.room.space.reviewers)
    given_code_generator(window.room.editor)
    password_only(window.client, window.room.editor)

    answer = window.save()

    assert restored_fields(answer)["title"].startswith("Con <tildes>")
    assert reverse("mfa_reauthenticate") in answer.content.decode()
    assert not StandardPage.objects.filter(slug="nueva").exists()


def test_autosave_gets_json_message(window):
    window.end_session()

    answer = window.save(headers={"Accept": "application/json"})

    assert answer.status_code == 403
    assert "entra en otra" in answer.json()["error_message"]


def test_login_and_empty_forms_are_not_restored(window):
    window.end_session()

    assert window.client.post(reverse("wagtailadmin_login"), {"password": "x"}).status_code in (302, 403)
    empty = window.client.post(window.address, {"csrfmiddlewaretoken": window.token}, headers=ORIGIN)
    assert empty.status_code == 302
    assert empty.headers["Location"].startswith(reverse("account_login"))


def test_signed_in_user_saves_normally(window):
    assert window.save().status_code == 302
    assert StandardPage.objects.filter(slug="nueva").exists()
    assert factories.home()
