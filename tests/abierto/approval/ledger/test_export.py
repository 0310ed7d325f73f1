"""The exported ledger reveals any change of any row."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from abierto.approval.ledger import export as chain
from abierto.approval.ledger.export import (
    BrokenChain,
    LedgerSeal,
    chain_start,
    export_ledger,
    format_lines,
    iter_rows,
    link,
    verify_export,
)
from abierto.approval.ledger.exported_rows import iter_decisions
from abierto.approval.models import (
    AccountEvent,
    AccountRecord,
    Approval,
    PublicRecord,
    StandIn,
    WithdrawnFrom,
)
from abierto.approval.roles.grant_history import record_account_event
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, newsroom, submit
from tests.abierto.approval.unguarded import without_net
from tests.factories import published
from tests.pages.history.scenario import withdrawn
from tests.shared_rows import built_once

pytestmark = pytest.mark.django_db


@built_once
def reviewed():
    """Grant roles, import a page and review another."""
    room = newsroom()
    row = submit(draft_update(room), room.editor)
    approve(row, room.reviewer, comment="Coincide con las actas.")
    StandIn.objects.create(approval=Approval.latest(row.revision.content_object), absent=room.administrator)
    withdrawn(room, row.revision.content_object, "Era de otro periodo.")


@pytest.fixture
def book(db, tmp_path):
    """The ledgers after role grants, an import and a review, as a file."""
    reviewed()
    path = tmp_path / "libro.jsonl"
    export_ledger(path)
    return path


def rewrite(path, change) -> None:
    lines = path.read_text().splitlines(keepends=True)
    change(lines)
    path.write_text("".join(lines))


@pytest.mark.both_databases
def test_an_unchanged_export_verifies(book):
    seal = verify_export(book)

    ledgers = (Approval, AccountRecord, StandIn, WithdrawnFrom, PublicRecord)
    held = [model.objects.count() for model in ledgers]
    assert seal.rows == sum(held)
    assert 0 not in held
    assert verify_export(book, head=seal.head) == seal
    assert len(seal.head) == 64


@pytest.mark.both_databases
def test_a_later_export_starts_with_the_same_links(book, tmp_path):
    published(factories.StandardPageFactory())

    later = tmp_path / "despues.jsonl"
    export_ledger(later)

    earlier, longer = book.read_text().splitlines(), later.read_text().splitlines()
    assert longer[: len(earlier) - 1] == earlier[:-1]
    verify_export(book)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Coincide con", "No coincide con"),
        ('"kind": "review"', '"kind": "import"'),
        ('"event": "granted"', '"event": "taken"'),
        ('"of": "stand_ins"', '"of": "places"'),
        ('"was_open": true', '"was_open": false'),
        ('"number": ', '"number": 9'),
    ],
)
def test_a_row_changed_in_the_file_is_detected(book, old, new):
    text = book.read_text()
    assert old in text
    book.write_text(text.replace(old, new, 1))

    with pytest.raises(BrokenChain, match="renglón"):
        verify_export(book, against_database=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines.pop(2),
        lambda lines: lines.insert(2, lines[1]),
        lambda lines: lines.reverse(),
        lambda lines: lines.pop(),
        lambda lines: lines.append(lines[1]),
        lambda lines: lines.clear(),
        lambda lines: lines.insert(1, "no es json\n"),
        lambda lines: lines.insert(1, "[]\n"),
    ],
)
def test_removed_added_and_moved_rows_are_detected(book, change):
    rewrite(book, change)

    with pytest.raises(BrokenChain):
        verify_export(book, against_database=False)


def test_a_forged_chain_does_not_match_the_database(book):
    rows = [{**row, "comment": "Otro motivo"} for row in iter_rows()]
    book.write_text("".join(format_lines(rows)))

    verify_export(book, against_database=False)
    with pytest.raises(BrokenChain, match="renglón 2"):
        verify_export(book)


@pytest.mark.both_databases
def test_a_row_changed_in_the_database_is_detected(book):
    with without_net(), connection.cursor() as cursor:
        cursor.execute("UPDATE approval_approval SET comment = 'Otro motivo' WHERE kind = 'review'")

    with pytest.raises(BrokenChain):
        verify_export(book)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE approval_accountrecord SET by_number = 99",
        "UPDATE approval_accountrecord SET event = 'taken' WHERE group_name <> ''",
        "UPDATE approval_accountrecord SET created_at = '2020-01-01 00:00:00+00:00'",
        "DELETE FROM approval_accountrecord WHERE id = (SELECT min(id) FROM approval_accountrecord)",
        "UPDATE approval_standin SET absent_id = (SELECT min(id) FROM accounts_user)",
        "DELETE FROM approval_withdrawnfrom",
        "UPDATE approval_withdrawnfrom SET was_open = NOT was_open",
    ],
)
def test_a_change_in_the_other_ledgers_is_detected(book, change):
    with without_net(), connection.cursor() as cursor:
        cursor.execute(change)

    with pytest.raises(BrokenChain):
        verify_export(book)


def test_a_file_from_before_the_accounts_still_verifies(book):
    book.write_text("".join(_without_later_ledgers(iter_decisions())))

    seal = verify_export(book)

    assert seal.rows == Approval.objects.count()
    assert json.loads(book.read_text().splitlines()[0])["format"] == "abierto-ledger-1"
    with without_net(), connection.cursor() as cursor:
        cursor.execute("UPDATE approval_approval SET comment = 'Otro motivo' WHERE kind = 'review'")
    with pytest.raises(BrokenChain):
        verify_export(book)


def _without_later_ledgers(exported):
    head, rows = chain_start("abierto-ledger-1"), 0
    yield json.dumps({"format": "abierto-ledger-1", "beginning": head}) + "\n"
    for row in exported:
        head, rows = link(head, row), rows + 1
        yield json.dumps({"row": row, "link": head}) + "\n"
    yield json.dumps({"rows": rows, "head": head}) + "\n"


def test_an_unknown_format_is_refused(book):
    book.write_text(book.read_text().replace(chain.FORMAT, "abierto-ledger-9"))

    with pytest.raises(BrokenChain, match="renglón 1"):
        verify_export(book, against_database=False)


@pytest.mark.both_databases
def test_acts_and_decisions_are_ordered_by_date(book):
    room_row = AccountRecord.objects.first()
    published(factories.StandardPageFactory())
    record_account_event(AccountEvent.TAKEN, factories.UserFactory(), None)

    rows = list(iter_rows())

    assert [row["on"] for row in rows] == sorted(row["on"] for row in rows)
    assert rows[-1]["event"] == "taken"
    assert room_row.account_name not in json.dumps(rows)


@pytest.mark.both_databases
def test_a_row_deleted_from_the_database_is_detected(book):
    with without_net(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM approval_standin")
        cursor.execute("DELETE FROM approval_approval WHERE kind = 'review'")

    with pytest.raises(BrokenChain):
        verify_export(book)


def test_a_separately_stored_hash_is_compared(book):
    with pytest.raises(BrokenChain, match="huella final"):
        verify_export(book, head="0" * 64)


def test_the_file_contains_no_user_names(book):
    assert "revisora" not in book.read_text().lower()


def test_each_link_depends_on_all_earlier_rows():
    first, other = link(chain_start(), {"a": 1}), link(chain_start(), {"a": 2})

    assert link(first, {"b": 1}) != link(other, {"b": 1})


@pytest.mark.both_databases
def test_an_empty_ledger_is_exported(tmp_path):
    path = tmp_path / "vacio.jsonl"
    path.write_text("".join(format_lines([])))

    assert verify_export(path) == LedgerSeal(0, chain_start())
    assert [json.loads(line) for line in path.read_text().splitlines()][-1] == {
        "head": chain_start(),
        "rows": 0,
    }


def test_the_command_prints_the_seal(book, capsys):
    call_command("ledger", "export", str(book))
    call_command("ledger", "verify", str(book), "--head", verify_export(book).head)

    assert capsys.readouterr().out.count(f"Huella final: {verify_export(book).head}") == 2


def test_the_command_fails_with_a_message(book, tmp_path):
    book.write_text(book.read_text().replace("Coincide", "coincide"))

    with pytest.raises(CommandError, match="no es el que se exportó"):
        call_command("ledger", "verify", str(book))
    with pytest.raises(CommandError, match="No se puede con el archivo"):
        call_command("ledger", "verify", str(tmp_path / "no-existe"))
    with pytest.raises(CommandError, match="No se puede con el archivo"):
        call_command("ledger", "export", str(tmp_path / "no" / "hay"))


def test_a_failed_export_keeps_the_old_file(book, monkeypatch):
    before = book.read_text()
    monkeypatch.setattr("abierto.approval.ledger.export.iter_rows", lambda: iter([{"a": object()}]))

    with pytest.raises(TypeError):
        export_ledger(book)

    assert book.read_text() == before
    assert list(book.parent.iterdir()) == [book]


@pytest.mark.both_databases
def test_a_new_installation_has_recorded_its_site(tmp_path):
    path = tmp_path / "nuevo.jsonl"

    assert export_ledger(path) == verify_export(path)
    assert [row.model for row in PublicRecord.objects.all()] == ["wagtailcore.site"]
