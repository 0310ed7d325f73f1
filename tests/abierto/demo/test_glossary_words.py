"""The words of people in the glossary of the demo."""

import re

from abierto.demo.loader.content import read_content
from search.query.analysis import exact_tokens
from search.query.glossary import Glossary

ENTRIES = read_content("glossary")["term"]
GLOSSARY = Glossary.from_rows((entry["term"], "\n".join(entry.get("lay", []))) for entry in ENTRIES)


def labels(text):
    return [expansion.label for expansion in GLOSSARY.expand(exact_tokens(text))]


def test_every_abbreviation_of_a_definition_is_found():
    definitions = [(entry["term"], entry.get("definition", "")) for entry in ENTRIES]
    short = [(term, found) for term, text in definitions for found in re.findall(r"Se abrevia (\w+)", text)]
    assert len(short) >= 4
    assert [pair for pair in short if pair[0] not in labels(pair[1])] == []


def test_acronyms_and_words_of_people_have_their_term():
    for text in ("STL", "STM", "OEA", "OSC", "juez", "elecciones", "celular", "avanzado"):
        assert labels(text), text


def test_words_of_one_stem_do_not_mix():
    assert "matrimonio" in labels("casarme")
    assert "matrimonio" not in labels("caso") + labels("casa")
