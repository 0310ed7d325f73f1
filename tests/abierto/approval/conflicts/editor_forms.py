"""The fields that an editing form submits, read from the HTML as a browser would."""

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from tests.abierto.approval.newsroom import fresh


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(client, page, form_id="page-edit-form") -> dict[str, str]:
    """Open a page for editing and return the fields that its unchanged form would submit."""
    return sent(client.get(address(page)), form_id)


def sent(response, form_id="page-edit-form") -> dict[str, str]:
    data = querydict_from_html(response.content.decode(), form_id=form_id).dict()
    data = {name: value.removeprefix("\n") for name, value in data.items()}
    return {name: value for name, value in data.items() if not name.startswith("action-")} | {
        "body-count": "0"
    }


def conflict_fields(response) -> dict[str, str]:
    """Return the fields that the conflict page would submit again."""
    return last_form(response)


def last_form(response) -> dict[str, str]:
    html = response.content.decode()
    data = querydict_from_html(html[html.rindex("<form") :]).dict()
    return {name: value.removeprefix("\n") for name, value in data.items()}


def latest(page):
    return fresh(page).get_latest_revision_as_object()
