"""Errors of the editing form of an update: on their field, in Spanish, with all input shown again."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from abierto.accounts.models import User
from tests.factories import ProgressUpdatePageFactory
from tests.pages.admin.worlds import errors_of, evidence, posted
from tests.pages.updates.editing import TYPED, latest, list_action_keys

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


BAD = {
    "percent above 100": (
        {"rows-0-percent": "101"},
        "rows-0-percent",
        "Escribe un porcentaje entre 0 y 100.",
    ),
    "percent below 0": ({"rows-0-percent": "-1"}, "rows-0-percent", "Escribe un porcentaje entre 0 y 100."),
    "declared above 100": ({"declared": "100.5"}, "declared", "Escribe un porcentaje entre 0 y 100."),
    "percent in words": (
        {"rows-0-percent": "cuarenta"},
        "rows-0-percent",
        "No se entiende la cifra. Escríbela con números, por ejemplo 45 o 45.5.",
    ),
    "percent with three decimals": (
        {"rows-0-percent": "0,125"},
        "rows-0-percent",
        "Escribe a lo más 2 decimales.",
    ),
    "percent that is a thousand or one": (
        {"rows-0-percent": "1.234"},
        "rows-0-percent",
        "Puede leerse de dos maneras. Escribe los miles sin separarlos, por ejemplo 1234.",
    ),
    "date that does not exist": (
        {"period_end": "31/11/2023"},
        "period_end",
        "No se entiende la fecha. Escríbela como día/mes/año, por ejemplo 31/12/2026.",
    ),
    "percent and stage": (
        {"rows-0-percent": "30", "rows-0-stage": "En diseño"},
        "rows-0-stage",
        "Deja solo uno: el porcentaje o la etapa.",
    ),
    "stage of spaces": (
        {"rows-0-stage": "   "},
        "rows-0-stage",
        "Escribe en qué etapa va la acción, o deja el campo vacío.",
    ),
    "stage of invisible characters": (
        {"rows-0-stage": "\u200b\u2060"},
        "rows-0-stage",
        "Escribe en qué etapa va la acción, o deja el campo vacío.",
    ),
    "period ends before it starts": (
        {"period_start": "2023-11-30", "period_end": "2023-08-01"},
        "period_end",
        "El periodo termina antes de empezar. Corrige una de las dos fechas.",
    ),
    "action twice": (
        {"rows-1-action_key": "first"},
        "rows-1-action_key",
        "Esta acción ya tiene una fila. Deja solo una.",
    ),
    "action of another commitment": (
        {"rows-1-action_key": "foreign"},
        "rows-1-action_key",
        "Esta acción no es de este compromiso. Quita su fila.",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_invalid_input_is_refused_on_its_field_and_all_input_kept(world, editor, draft, form, case):
    fields, field, sentence = BAD[case]
    keys = {"first": list_action_keys(world)[0], "foreign": world.south.actions.first().translation_key}
    fields = {name: str(keys.get(value, value)) for name, value in fields.items()}

    response = posted(editor, draft, form | {"rows-1-note": "Otra nota"} | fields)

    assert sentence in errors_of(response)[field]
    screen = response.content.decode()
    assert sentence in screen
    assert TYPED in screen
    assert "Otra nota" in screen
    assert latest(draft).narrative == ""


def test_a_non_numeric_percentage_is_refused_and_kept(editor, draft, form):
    response = posted(editor, draft, form | {"rows-0-percent": "mucho"})

    assert "rows-0-percent" in errors_of(response)
    assert 'value="mucho"' in response.content.decode()


def test_an_autosave_refuses_an_unreadable_percentage(editor, draft, form):
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    response = editor.post(url, form | {"rows-0-percent": "cuarenta"}, headers={"accept": "application/json"})

    assert response.status_code == 400
    assert latest(draft).narrative == ""


def test_a_percentage_with_a_comma_is_saved_and_shown_as_understood(editor, draft, form):
    refused = posted(editor, draft, form | {"rows-0-percent": "45,5", "declared": "101"})
    posted(editor, draft, form | {"rows-0-percent": "45,5 %"})

    assert latest(draft).rows.first().percent == Decimal("45.5")
    assert "45.5\xa0%</output>" in refused.content.decode()


def test_dates_are_read_day_first_in_english_too(editor, draft, form):
    editor_account = User.objects.get(username="norte")
    UserProfile.objects.update_or_create(user=editor_account, defaults={"preferred_language": "en"})

    posted(editor, draft, form | {"period_start": "01/08/2023", "period_end": "10/11/2023"})

    assert latest(draft).period_end == datetime.date(2023, 11, 10)


def test_an_overlapping_period_is_refused_and_names_the_other_update(world, editor, draft, form):
    ProgressUpdatePageFactory(
        parent=world.north,
        title="Avance de diciembre",
        period_start=datetime.date(2023, 12, 1),
        period_end=datetime.date(2023, 12, 31),
    )

    response = posted(editor, draft, form | {"period_end": "2023-12-01"})

    (sentence,) = errors_of(response)["period_start"]
    assert "Avance de diciembre" in sentence
    assert "del 1 de diciembre de 2023 al 31 de diciembre de 2023" in sentence
    assert TYPED in response.content.decode()


@pytest.mark.parametrize("url", ["ftp://ejemplo.mx/datos", "javascript:alert(1)"])
def test_an_evidence_link_that_is_not_http_is_refused_and_kept(editor, draft, form, url):
    response = posted(editor, draft, form | evidence("rows-0-evidence", url=url))

    assert "rows-0-evidence" in errors_of(response)
    screen = response.content.decode()
    assert "https://" in screen
    assert url.split("(")[0] in screen
    assert TYPED in screen


def test_a_promised_proof_of_another_action_is_refused(world, editor, draft, form):
    proof = world.north.actions.get(number=1).means[0].id

    response = posted(
        editor, draft, form | evidence("rows-1-evidence", url="https://ejemplo.mx", means_key=proof)
    )

    assert "rows-1-evidence" in errors_of(response)


def test_a_declared_figure_that_differs_needs_a_note(editor, draft, form):
    form |= {"rows-0-percent": "30", "rows-1-percent": "40", "declared": "50"}

    refused = posted(editor, draft, form, "action-submit")
    explained = posted(editor, draft, form | {"declared_note": "Cuenta un convenio."}, "action-submit")

    assert errors_of(refused)["declared_note"] == [
        "La cuenta de las acciones da 35\xa0% y declaras 50\xa0%. Explica por qué."
    ]
    assert explained.status_code == 302


def test_a_taken_slug_is_refused_on_its_field(world, editor, draft, form):
    ProgressUpdatePageFactory(
        parent=world.north,
        slug="ocupada",
        period_start=datetime.date(2024, 1, 1),
        period_end=datetime.date(2024, 1, 31),
    )

    response = posted(editor, draft, form | {"slug": "ocupada"})

    assert errors_of(response)["slug"] == ["Otra página de aquí ya usa la dirección «ocupada». Escribe otra."]
    assert TYPED in response.content.decode()
