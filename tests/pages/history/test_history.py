"""The public history of a page: every decision, and the changes of each version."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Revision, TaskState

from abierto.approval.ledger.imports import imported
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.models.task import create_review_workflow
from abierto.approval.overrides.emergency import publish_in_emergency
from abierto.approval.review.decisions import build_token
from pages.history.views import PER_PAGE
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, fresh, person, submit
from tests.factories import published
from tests.language.translating import english, in_english
from tests.pages.history.scenario import (
    at,
    change_of,
    changed,
    history,
    republish,
    reviewed,
    withdrawn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


# --- The entries ---------------------------------------------------------------------------------------


def test_the_page_footer_shows_the_people_and_links_to_the_history(client, room, page):
    reviewed(room, page, summary="De nueve a tres.", comment="Es el horario nuevo.")

    html = client.get(page.url).content.decode()

    assert "Reportó: Enlace" in html
    assert "Aprobó otra persona: Contraloría" in html
    assert f'href="{at(page)}"' in html
    assert client.get(at(page)).status_code == 200


@pytest.mark.both_databases
def test_decisions_are_listed_newest_first(client, room, page):
    reviewed(room, page, summary="De nueve a tres.", comment="Es el horario nuevo.")

    entries = history(client, page)

    assert [entry.event for entry in entries] == [
        "Se publicó una versión nueva",
        "Se publicó por primera vez",
    ]
    assert [(who.role, who.name) for who in entries[0].people] == [
        ("Lo reportó", "Enlace"),
        ("Lo aprobó", "Contraloría"),
    ]
    assert entries[0].comment == "Es el horario nuevo."
    assert (entries[1].review, entries[1].comment) == (
        "Cargado del documento original.",
        "Página de una prueba",
    )


@pytest.mark.both_databases
def test_changes_are_shown_field_by_field(client, room, page):
    reviewed(room, page, summary="De nueve a tres.")

    html = changed(client, page)

    assert "Resumen" in html
    assert "De nueve a" in html
    assert "dos." in html
    assert "tres." in html


def test_changed_figures_are_shown_as_figures(client, room):
    update = published(draft_update(room, first=30))
    rows = list(update.rows.all())
    rows[0].percent = 45
    update.rows = rows
    approve(submit(update, room.editor), room.reviewer)

    html = changed(client, update)

    assert "30\N{NO-BREAK SPACE}%" in html
    assert "45\N{NO-BREAK SPACE}%" in html


def test_an_emergency_is_shown_with_its_reason(client, room, page):
    page.summary = "Hoy no abrimos."
    page.save_revision(user=room.editor)
    live = fresh(page)
    publish_in_emergency(live, room.administrator, build_token(live.get_latest_revision()), "hay inundación")

    entry = history(client, page)[0]

    assert entry.review == "De emergencia: nadie más lo había revisado."
    assert ("Lo publicó", "Jefatura") in entry.people
    assert (entry.comment_label, entry.comment) == ("Motivo", "hay inundación")
    assert "Publicado de emergencia el" in client.get(page.url).content.decode()


def test_the_approver_of_the_first_step_is_shown(client, room, page):
    second = Group.objects.create(name="Segundo paso")
    last = person("segunda", second, post="Secretaría técnica")
    room.space.workflow = create_review_workflow(room.space.workflow.name, room.space.reviewers, second)
    state = submit(page, room.editor)
    approve(state, room.reviewer, comment="Para quien sigue: revisa la fecha.")
    approve(fresh(page).current_workflow_task_state, last)

    entry = history(client, page)[0]

    assert entry.review == "Revisión en 2 pasos, por personas distintas."
    assert [who.name for who in entry.people] == ["Enlace", "Contraloría", "Secretaría técnica"]
    assert "Para quien sigue" not in client.get(at(page)).content.decode()


def test_review_comments_are_not_public(client, room, page):
    page.summary = "De nueve a cuatro."
    state = submit(page, room.editor)
    task = state.task.specific
    task.on_action(state, room.reviewer, "reject", comment="Pregunta a Lupita por la hora.")
    assert TaskState.objects.filter(comment__contains="Lupita").exists()

    html = client.get(at(page)).content.decode()

    assert "Lupita" not in html
    assert len(history(client, page)) == 1


def test_a_report_shows_its_corrections(client, room):
    report = factories.ReportPageFactory()
    report.save()
    factories.ErratumFactory(page=report, text="Decía 42 y debe decir 43.")
    report = published(fresh(report))

    assert "Decía 42 y debe decir 43." in client.get(at(report)).content.decode()


@pytest.mark.both_databases
def test_the_list_is_paginated(client, room, page):
    for number in range(PER_PAGE):
        Approval.record(page, ApprovalKind.WITHDRAWN, sha="", comment=f"Motivo {number}")

    first, second = (client.get(at(page), {"pagina": number}) for number in (1, 2))

    assert len(first.context["entries"]) == PER_PAGE
    assert [entry.event for entry in second.context["entries"]] == ["Se publicó por primera vez"]
    assert client.get(at(page), {"pagina": 3}).status_code == 404
    assert client.get(at(page), {"pagina": "muchas"}).status_code == 404


# --- Default deny --------------------------------------------------------------------------------------


def test_only_public_pages_have_a_history(client, room, page, monkeypatch):
    private = published(factories.StandardPageFactory(title="Reservada"))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    below = published(factories.StandardPageFactory(title="Bajo la reservada", parent=private))
    draft = factories.StandardPageFactory(title="Borrador")
    expired = published(factories.StandardPageFactory(title="Caduca"))
    with imported("Fecha de una prueba"):
        expired.expire_at = timezone.now() + datetime.timedelta(minutes=1)
        expired.save()
    later = timezone.now() + datetime.timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    closed = [client.get(at(page)).status_code for page in (private, below, draft, expired)]

    assert closed == [404, 404, 404, 404]
    assert client.get(at(page)).status_code == 200
    assert client.get(reverse("pages:history", args=[1])).status_code == 404
    assert client.get(reverse("pages:history", args=[999_999])).status_code == 404


def test_editors_see_no_history_of_a_non_public_page(client, room):
    draft = factories.StandardPageFactory(title="Borrador")
    client.force_login(room.superuser)

    assert client.get(at(draft)).status_code == 404


@pytest.mark.both_databases
def test_the_history_hides_withdrawn_content(client, room, page):
    reviewed(room, page, summary="Juana es la vecina que pidió el horario.")
    number = history(client, page)[0].change
    withdrawn(room, page, "Había datos personales.")
    assert client.get(at(page)).status_code == 404
    assert client.get(change_of(page, number)).status_code == 404

    republish(room, page, summary="De nueve a tres.")
    reviewed(room, page, summary="De nueve a cuatro.")
    entries = history(client, page)

    assert [entry.event for entry in entries] == [
        "Se publicó una versión nueva",
        "Volvió a publicarse",
        "Se retiró",
        "Se publicó una versión nueva",
        "Se publicó por primera vez",
    ]
    assert [entry.change is not None for entry in entries] == [True, False, False, False, False]
    assert entries[2].comment == "Había datos personales."
    for decision in Approval.objects.of(page):
        shown = client.get(change_of(page, decision.pk))
        assert "Juana" not in shown.content.decode()
        assert shown.status_code == (200 if decision.pk == entries[0].change else 404)


def test_a_draft_is_not_listed(client, room, page):
    page.summary = "Nadie lo ha aprobado."
    page.save_revision(user=room.editor)

    assert "Nadie lo ha aprobado" not in client.get(at(page)).content.decode()
    assert len(history(client, page)) == 1


@pytest.mark.both_databases
def test_a_scheduled_version_is_not_listed_before_its_date(client, room, page, monkeypatch):
    later = timezone.now() + datetime.timedelta(days=1)
    page.summary, page.go_live_at = "Desde mañana, de ocho a dos.", later
    approve(submit(page, room.editor), room.reviewer, comment="Desde mañana.")
    number = Approval.latest(page).pk

    assert len(history(client, page)) == 1
    assert client.get(change_of(page, number)).status_code == 404
    assert "Contraloría" not in client.get(page.url).content.decode()

    monkeypatch.setattr(timezone, "now", lambda: later + datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    entry = history(client, page)[0]

    assert (entry.comment, entry.change) == ("Desde mañana.", number)
    assert entry.day == timezone.localdate(later)
    assert entry.note.startswith("Se aprobó el ")
    assert "Contraloría" in client.get(page.url).content.decode()


@pytest.mark.both_databases
def test_an_emergency_is_shown_until_the_reviewed_version_is_public(client, room, page):
    page.summary = "Hoy no abrimos."
    page.save_revision(user=room.editor)
    live = fresh(page)
    publish_in_emergency(live, room.administrator, build_token(live.get_latest_revision()), "hay inundación")
    later = fresh(page)
    later.go_live_at = timezone.now() + datetime.timedelta(days=1)
    approve(submit(later, room.editor), room.reviewer)

    assert "Publicado de emergencia por Jefatura" in client.get(page.url).content.decode()


def test_a_version_that_is_not_as_it_was_approved_is_not_shown(client, room, page):
    reviewed(room, page, summary="De nueve a tres.")
    number = history(client, page)[0].change
    row = Approval.objects.get(pk=number)
    revision = Revision.objects.get(pk=row.revision_number)
    revision.content["summary"] = "Alguien lo cambió después."
    revision.save()

    html = client.get(change_of(page, number)).content.decode()

    assert "Alguien lo cambió" not in html
    assert "ya no se conserva" in html


def test_a_decision_of_another_page_is_a_404(client, room, page):
    other = published(factories.StandardPageFactory(title="Otra"))
    reviewed(room, other, summary="Cambia.")
    number = history(client, other)[0].change

    assert client.get(change_of(other, number)).status_code == 200
    assert client.get(change_of(page, number)).status_code == 404


def test_a_first_step_is_not_listed(client, room, page):
    """Neither is it the decision behind the live version."""
    Approval.record(
        page,
        ApprovalKind.DIRECT,
        sha="",
        approver=room.reviewer,
        revision_number=page.live_revision_id,
        comment="Cosa de adentro.",
    )

    assert "Cosa de adentro" not in client.get(at(page)).content.decode()
    assert "Contraloría" not in client.get(page.url).content.decode()


# --- Languages -----------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_an_alias_has_the_history_of_its_source(client, room, page):
    english()
    alias = page.copy_for_translation(english(), copy_parents=True, alias=True)
    answer = client.get(reverse("pages:history", args=[alias.pk]))

    assert answer.status_code == 302
    assert answer.url == at(page)


@pytest.mark.both_databases
def test_a_translation_has_its_own_history_and_links_to_the_original(client, room, page):
    translation = in_english(page, {"Horarios": "Opening hours"})
    answer = client.get(f"/en/historial/{translation.pk}/")
    html = answer.content.decode()

    assert answer.status_code == 200
    assert f'href="/en/historial/{page.pk}/"' in html
    assert f'<link rel="canonical" href="http://localhost/en/historial/{translation.pk}/">' in html
    assert "<h1>Opening hours</h1>" in html


def test_a_translation_has_no_link_to_the_history_of_a_private_original(client, room, page):
    translation = in_english(page, {"Horarios": "Opening hours"})
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    answer = client.get(f"/en/historial/{translation.pk}/")

    assert answer.status_code == 200
    assert f"/historial/{page.pk}/" not in answer.content.decode()


def test_an_untranslated_page_has_one_history_url(client, room, page):
    html = client.get(f"/en/historial/{page.pk}/").content.decode()

    assert f'<link rel="canonical" href="http://localhost/historial/{page.pk}/">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "hreflang" not in html


# --- Cost ----------------------------------------------------------------------------------------------


def count_queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_number_of_decisions_adds_no_queries(client, room, page):
    reviewed(room, page, summary="De nueve a tres.")
    withdrawn(room, published(factories.StandardPageFactory(parent=fresh(page))), "Un motivo.")
    few = count_queries(client, at(page))
    for number in range(3):
        reviewed(room, page, summary=f"Versión {number}.")
        withdrawn(room, published(factories.StandardPageFactory(parent=fresh(page))), "Un motivo.")

    assert count_queries(client, at(page)) == few <= 10


def test_the_length_of_the_history_adds_no_queries_to_a_change(client, room, page):
    reviewed(room, page, summary="De nueve a tres.")
    few = count_queries(client, change_of(page, history(client, page)[0].change))
    for number in range(3):
        reviewed(room, page, summary=f"Versión {number}.")

    assert count_queries(client, change_of(page, history(client, page)[0].change)) == few <= 19
