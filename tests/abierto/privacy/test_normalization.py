"""Hidden identifiers are read, and their offsets are those of the text as given."""

import pytest

from abierto.privacy.normalization import Compacted, normalize


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Acción «plena» – 1º", "Acción «plena» – 1º"),
        ("a\u00adb\u200bc\u202ed", "abcd"),
        ("АВС", "ABC"),
        ("١٢٣ １２３", "123 123"),
        ("Jose\u0301 Nun\u0303ez", "José Nuñez"),
        ("o\u00a0\u2003k\u2028", "o  k\n"),
        ("ﬁn 😀", "fin 😀"),
        ("\u0301a", "a"),
        ("", ""),
    ],
)
def test_text_is_brought_to_one_form(source, text):
    assert normalize(source).text == text


def test_offsets_are_those_of_the_source():
    source = "x\u200b\u200bﬁn e\u0301 АБ"
    normalized = normalize(source)
    start = normalized.text.index("fin")

    assert source[slice(*normalized.source_span(start, start + 3))] == "ﬁn"
    start = normalized.text.index("A")
    assert source[slice(*normalized.source_span(start, start + 2))] == "АБ"


def test_compacted_text_leads_back_to_its_source():
    source = "AB-C\n D|E " * 2000
    compacted = Compacted(source, "-|")

    assert compacted.text == "ABCDE" * 2000
    for index in (0, 4, 5, 4999, 9999):
        assert source[compacted.source_index(index)] == compacted.text[index]
