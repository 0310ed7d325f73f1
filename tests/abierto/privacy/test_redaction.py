"""Stand-ins in texts: the same for the same person or value throughout."""

import random

import pytest

from abierto.privacy.redaction.texts import Redactor, find_blocking, list_items
from tests.abierto.privacy.identities import make_identity

CURP = make_identity("curp", random.Random(3))
OTHER = make_identity("curp", random.Random(4))


def redact(text: str, *words: str) -> str:
    return Redactor(list_items([text]), words).redact(text).text


def test_same_person_has_the_same_number_throughout():
    text = (
        "La quejosa María del Refugio Hernández Ríos acudió. El imputado Brandon Tovar Gómez negó todo. "
        "MARIA DEL REFUGIO HERNANDEZ RIOS insistió; Hernández Ríos firmó, y la señora Hernández pagó. "
        "Tovar se retiró."
    )
    assert redact(text) == (
        "La quejosa Persona 1 acudió. El imputado Persona 2 negó todo. "
        "Persona 1 insistió; Persona 1 firmó, y la señora Persona 1 pagó. Persona 2 se retiró."
    )


def test_shared_surname_is_given_to_neither():
    text = "La actora Ana Robles Villa y el demandado Juan Robles Cano. Robles apeló. Robles Cano no."
    assert redact(text) == "La actora Persona 1 y el demandado Persona 2. [apellido] apeló. Persona 2 no."


def test_surname_in_another_name_stays():
    text = "La quejosa Leticia Cruz Tovar llamó a la Cruz Roja de la calle Pedro Tovar."
    assert redact(text) == "La quejosa Persona 1 llamó a la Cruz Roja de la calle Pedro Tovar."


def test_values_have_the_name_of_their_kind_and_a_number_from_the_second():
    text = f"CURP {CURP}, otra vez {CURP.lower()}; CURP {OTHER}. Tel. 477 123 4567."
    assert redact(text) == "CURP [CURP], otra vez [CURP]; CURP [CURP 2]. Tel. [teléfono]."


def test_words_of_the_editor_are_hidden_whatever_their_case_and_accents():
    text = "El perro Firulaís ladra. FIRULAIS muerde. Rosa Caudillo lo vio; Caudillo corrió. Lote 7-B."
    hidden = redact(text, "Rosa Caudillo", "firulaís", "lote 7-B")
    assert hidden == (
        "El perro [dato oculto] ladra. [dato oculto] muerde. "
        "Persona 1 lo vio; Persona 1 corrió. [dato oculto 2]."
    )


def test_only_what_is_chosen_is_hidden():
    text = f"La actora Ana Robles Villa, CURP {CURP}."
    items = [item for item in list_items([text]) if item.kind == "CURP"]
    assert Redactor(items).redact(text).text == "La actora Ana Robles Villa, CURP [CURP]."


def test_stand_ins_are_no_findings():
    text = (
        f"La menor Ximena Rangel Soto, CURP {CURP}, vive en calle Pípila número 42, colonia Centro. "
        "La quejosa Ana Robles Villa padece diabetes. Cel. 477 123 4567, correo ana.rv@gmail.com."
    )
    hidden = redact(text)
    assert list_items([hidden]) == []
    assert find_blocking(hidden) == []
    assert "Robles" not in hidden
    assert "Ximena" not in hidden


def test_original_can_be_put_together_again():
    text = f"La actora Ana Robles Villa, CURP {CURP}. Robles firmó."
    result = Redactor(list_items([text])).redact(text)
    values = [text[one.start : one.end] for one in result.replacements]
    assert values == ["Ana Robles Villa", CURP, "Robles"]


@pytest.mark.parametrize("text", ["", " \n", "(((", "[CURP]", "Persona 1"])
def test_texts_without_data_stay(text):
    assert redact(text, "", "  ") == text


def test_split_key_is_one_value():
    spelled = f"{CURP[:8]}\n{CURP[8:]}"
    assert redact(f"CURP {spelled} y CURP {CURP}.") == "CURP [CURP] y CURP [CURP]."
