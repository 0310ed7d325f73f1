"""The command ``privacy_scan``: its lines, their order and its errors."""

import io
import json
import random
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.abierto.privacy import files
from tests.abierto.privacy.identities import curp

CURP = curp(random.Random(4))


def run(monkeypatch, capsys, *rows: object, options: tuple[str, ...] = ()) -> list[dict]:
    lines = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    call_command("privacy_scan", *options)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_line_is_answered_in_order(monkeypatch, capsys):
    answers = run(
        monkeypatch,
        capsys,
        {"id": "b", "text": f"Ñandú 😀 {CURP}"},
        {"id": 1, "text": ""},
        {"id": "a", "text": "Expediente 12/2024"},
    )

    assert answers == [
        {"id": "b", "findings": [{"type": "CURP", "start": 8, "end": 26, "level": "block"}]},
        {"id": 1, "findings": []},
        {"id": "a", "findings": []},
    ]


def test_characters_that_no_encoding_has_are_answered(monkeypatch, capsys):
    [answer] = run(monkeypatch, capsys, {"id": "\ud800", "text": f"\ud800 {CURP}"})

    assert answer["id"] == "\ud800"
    assert [(finding["start"], finding["end"]) for finding in answer["findings"]] == [(2, 20)]


def test_allowed_contacts_pass(monkeypatch, capsys):
    row = {"id": 1, "text": "Escribe a X.Perez@gmail.com o llama al 473 123 4567."}
    options = ("--allow", "x.perez@GMAIL.com", "--allow", "+52 473 123 45 67")

    assert [finding["type"] for finding in run(monkeypatch, capsys, row)[0]["findings"]] == ["EMAIL", "PHONE"]
    assert run(monkeypatch, capsys, row, options=options) == [{"id": 1, "findings": []}]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "text": 2}'])
def test_line_without_a_text_is_an_error(monkeypatch, capsys, line):
    with pytest.raises(CommandError, match="línea 1"):
        run(monkeypatch, capsys, line)


@pytest.mark.slow
def test_files_are_scanned_part_by_part(monkeypatch, capsys, tmp_path):
    good, bad = tmp_path / "a.docx", tmp_path / "b.pdf"
    good.write_bytes(files.make_docx(word__header1_xml=files.word_part("hdr", f"CURP {CURP}")))
    bad.write_bytes(b"%PDF-1.7 falso")

    answers = run(monkeypatch, capsys, options=("--file", str(good), "--file", str(bad)))

    [finding] = answers[0]["findings"]
    assert (finding["type"], finding["part"], finding["detail"]) == ("CURP", "header", "word/header1.xml")
    assert answers[1] == {"id": str(bad), "error": "damaged"}
