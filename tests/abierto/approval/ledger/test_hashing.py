"""The content hash: equal however the content is read, different whenever it changes."""

import datetime
import json
from decimal import Decimal

import pytest

from abierto.approval.ledger.hashing import content_hash
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from tests import factories
from tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MEANS = [
    {
        "type": "means",
        "value": {"text": "Lista de asistencia", "kind": "minutes", "cadence": "once"},
        "id": "a1",
    },
]


def full_commitment() -> CommitmentPage:
    """Return a commitment with a value in every kind of field."""
    page = factories.CommitmentPageFactory(
        code="2.4",
        start=datetime.date(2022, 8, 1),
        objective="Que se entienda.\r\nCon acentos: ñ, ü.",
        cadence_months=3,
        go_live_at=datetime.datetime(2020, 1, 1, 12, 0, 0, 654321, tzinfo=datetime.UTC),
        body=[{"type": "paragraph", "value": "<p>Texto</p>", "id": "b1"}],
        actions=[{"weight": Decimal("7"), "means": json.dumps(MEANS)}, {"weight": Decimal("0.5")}],
        responsible=factories.InstitutionFactory(),
    )
    page.sdg_targets.add(factories.SDGTargetFactory(), factories.SDGTargetFactory(code="16.7"))
    page.save()
    return page


@pytest.mark.both_databases
def test_revision_object_and_row_have_the_same_hash():
    page = published(full_commitment())
    revision = page.save_revision()

    of_revision = content_hash(revision)

    assert of_revision == content_hash(type(revision).objects.get(pk=revision.pk))
    assert of_revision == content_hash(revision.as_object())
    assert of_revision == content_hash(CommitmentPage.objects.get(pk=page.pk))
    assert of_revision == content_hash(page.get_latest_revision_as_object())


@pytest.mark.both_databases
def test_an_update_with_figures_reads_the_same_from_revision_and_row():
    update = published(factories.ProgressUpdatePageFactory(rows={1: Decimal("7"), 2: "En diseño"}))

    assert content_hash(update.get_latest_revision()) == content_hash(update)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Otro título"),
        ("slug", "otra-direccion"),
        ("objective", "Otra cosa"),
        ("start", datetime.date(2022, 8, 2)),
        ("expire_at", datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)),
        ("body", [{"type": "paragraph", "value": "<p>Otro</p>", "id": "b1"}]),
        ("seo_title", "Para buscadores"),
    ],
)
def test_a_content_change_changes_the_hash(field, value):
    page = full_commitment()
    before = content_hash(page)

    setattr(page, field, value)

    assert content_hash(page) != before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("live", True),
        ("draft_title", "Otro"),
        ("locked", True),
        ("url_path", "/otra/"),
        ("has_unpublished_changes", True),
        ("last_published_at", datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)),
    ],
)
def test_a_bookkeeping_change_keeps_the_hash(field, value):
    page = full_commitment()
    before = content_hash(page)

    setattr(page, field, value)

    assert content_hash(page) == before


@pytest.mark.both_databases
def test_inline_rows_with_order_and_keys_are_hashed():
    page = full_commitment()
    hashes = {content_hash(page)}
    first, second = page.actions.all()
    page.actions = [first, second]

    first.title = "Otra acción"
    hashes.add(content_hash(page))
    first.sort_order, second.sort_order = 2, 1
    page.actions = [second, first]
    hashes.add(content_hash(page))
    page.actions = [second]
    hashes.add(content_hash(page))
    page.actions = [second, CommitmentAction(number=9, title="Nueva", sort_order=3)]
    hashes.add(content_hash(page))

    assert len(hashes) == 5


def test_the_key_of_a_promised_proof_is_hashed():
    page = full_commitment()
    action = page.actions.all()[0]
    page.actions = [action]
    before = content_hash(page)

    action.means = json.dumps([{**MEANS[0], "id": "a2"}])

    assert content_hash(page) != before


def test_a_new_field_voids_no_approval():
    page = published(full_commitment())
    revision = page.get_latest_revision()
    before = content_hash(revision)

    del revision.content["seo_title"]

    assert content_hash(revision) == before
