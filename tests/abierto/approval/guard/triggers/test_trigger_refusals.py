"""Refusals of the database triggers are rendered at once with a message, each by its own name."""

import pytest
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from wagtail import hooks

from abierto.approval.concurrency.tree_lock import run_with_tree_lock
from abierto.approval.middleware import RefusalMiddleware
from tests import factories
from tests.abierto.approval.newsroom import fresh, newsroom, person

pytestmark = pytest.mark.both_databases


def set_live(number: int) -> None:
    """Make a page live as a view without the guard would."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, number])


def request_of(user):
    """Return an admin POST request of a signed-in user."""
    address = reverse("wagtailadmin_pages:edit", args=[1])
    request = RequestFactory().post(address)
    request.resolver_match, request.user = resolve(address), user
    request.session, request._messages = {}, []
    return request


def test_a_trigger_refusal_is_not_retried(transactional_db):
    draft = factories.StandardPageFactory()
    tries = []

    def work() -> None:
        tries.append(1)
        set_live(draft.pk)

    with pytest.raises(IntegrityError):
        run_with_tree_lock(work)

    assert tries == [1]
    assert not fresh(draft).live


def test_a_trigger_refusal_is_rendered_with_its_message(transactional_db):
    draft = factories.StandardPageFactory(parent=factories.home())
    client = Client(raise_request_exception=False)
    client.force_login(person("jefa", is_superuser=True, is_staff=True))
    tries = []

    def careless(request, page) -> None:
        tries.append(1)
        set_live(page.pk)

    with hooks.register_temporarily("before_edit_page", careless):
        answer = client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), {"title": "Otro"})

    assert answer.status_code == 409
    assert "Nadie más aprobó ese contenido" in answer.content.decode()
    assert tries == [1]
    assert not fresh(draft).live


@pytest.mark.django_db
def test_a_refusal_of_the_ledger_has_its_own_message():
    room = newsroom()
    error = IntegrityError("approval: the ledger is append-only")
    request = request_of(room.superuser)

    answering = RefusalMiddleware(lambda request: HttpResponse())
    answer = answering.process_exception(request, error)

    assert answer.status_code == 409
    assert "no se cambia ni se borra" in answer.content.decode()
    assert "No se cambió nada" in answer.content.decode()
    assert (
        RefusalMiddleware(lambda request: HttpResponse()).process_exception(request, IntegrityError("x"))
        is None
    )


@pytest.mark.django_db
def test_a_refused_role_has_its_own_message(client):
    room = newsroom()
    client.force_login(room.superuser)
    form = {
        "username": room.superuser.username,
        "email": "raiz@ejemplo.mx",
        "first_name": "Raiz",
        "last_name": "R",
        "post": "Raíz",
        "is_active": "on",
        "is_superuser": "on",
        "groups": [room.space.reviewers.pk],
    }

    answer = client.post(reverse("wagtailusers_users:edit", args=[room.superuser.pk]), form)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "No se dio el papel de revisar" in html
    assert "No se publicó nada" not in html
    assert not room.superuser.groups.exists()
