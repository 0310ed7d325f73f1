"""``manage.py readability`` writes one JSON object for each line of standard input."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(monkeypatch, data: bytes) -> list[dict]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    out = io.StringIO()
    call_command("readability", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_object_for_each_line_in_order(monkeypatch):
    first, second = run(monkeypatch, b"Ganaste el caso.\nEl acta fue aprobada por el pleno.\n")

    assert set(first) == {"inflesz", "band", "words_per_sentence", "findings"}
    assert (first["band"], first["words_per_sentence"], first["findings"]) == ("bastante fácil", 3.0, [])
    assert [(one["rule"], one["start"], one["end"]) for one in second["findings"]] == [("passive", 8, 20)]
    assert second["findings"][0]["message"].startswith("Está en pasiva.")


def test_offsets_count_code_points(monkeypatch):
    (result,) = run(monkeypatch, "😀 El acta fue aprobada.".encode())

    assert [(one["start"], one["end"]) for one in result["findings"]] == [(10, 22)]


def test_empty_lines_keep_their_place_and_have_no_score(monkeypatch):
    blank, text, figures = run(monkeypatch, b"\r\nHay agua.\r\n2024\n")

    assert blank == {"inflesz": None, "band": None, "words_per_sentence": 0.0, "findings": []}
    assert text["words_per_sentence"] == 2
    assert (figures["inflesz"], figures["words_per_sentence"]) == (None, 1.0)


@pytest.mark.parametrize(
    "line",
    [
        "\u202eHay agua\u202c.",
        "Hay\u00a0agua.",
        "\ufeffHay agua.",
        "٣ مدن",
        "НАУ agua",
        "a" * 20_000,
        "(" * 5000,
        "\x00",
        "." * 50_000 + "a",
        "a." * 50_000,
        "9" * 9000 + " dos",
        "aquí " * 9000,
    ],
)
def test_strange_text_has_an_answer(monkeypatch, line):
    assert len(run(monkeypatch, line.encode())) == 1


def test_other_encodings_are_refused_with_the_line_and_what_to_do(monkeypatch):
    with pytest.raises(CommandError, match="La línea 2 no está en UTF-8"):
        run(monkeypatch, b"Hay agua.\nSesi\xf3n.\n")
