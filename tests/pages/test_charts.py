"""What the drawings of the public pages promise, without a database."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from pages.charts.badges import Badge
from pages.charts.bars import Bar
from pages.charts.svg import draw_badge, draw_bar, draw_qr_code
from pages.charts.tile_map import MAX_TILE_LETTERS, MunicipalityTile, abbreviate_all
from pages.core.formatting import join_percent_signs, percent
from pages.templatetags.abierto_tags import big_percent

OFFICIAL = "Dolores Hidalgo Cuna de la Independencia Nacional"


def make_tile(name: str) -> MunicipalityTile:
    return MunicipalityTile(name, "", "", "", "", 1, 1)


@pytest.mark.parametrize(
    "names",
    [
        ["Cortazar", "Coroneo", "Corral"],
        ["Salamanca", "Salvatierra"],
        ["Tarimoro", "Tarandacuao"],
        ["A", "A B"],
    ],
)
def test_no_two_towns_share_an_abbreviation(names):
    short = abbreviate_all(names)

    assert len(set(short.values())) == len(names)
    assert all(letters[0] == name[0] and len(letters) <= 3 for name, letters in short.items())


def test_an_official_long_name_fits_its_tile():
    assert make_tile(OFFICIAL).fitting_name == "Dolores Hidalgo Cuna…"
    assert make_tile("San Francisco del Rincón").fitting_name == "San Francisco del Rincón"
    assert len(make_tile("x" * 20 + " " + "y" * 40).fitting_name) <= MAX_TILE_LETTERS


def test_a_percent_sign_stays_with_its_number():
    assert join_percent_signs(b"del 42 % al 100 %, y %s").decode() == "del 42\u00a0% al 100\u00a0%, y %s"


def test_english_writes_no_space_before_a_percent_sign():
    with override("en"):
        assert (percent(Decimal("44.57")), big_percent("44.57%")) == ("44.57%", "44.57<small>%</small>")
        assert join_percent_signs("42 %, 100\u00a0%".encode()).decode() == "42%, 100%"
        assert join_percent_signs(b"42 %", "es-mx").decode() == "42\u00a0%"


def test_the_words_of_a_drawing_are_escaped():
    assert "&lt;b&gt;" in draw_bar(Bar(words='<b>"'))
    assert "&lt;b&gt;" in draw_badge(Badge("low", "<b>"))


def test_a_bar_draws_what_there_is():
    drawn = draw_bar(Bar(words="Eje 1", declared="0", computed=None, expected="31.5"), small=True)

    assert 'class="bar bar--s"' in drawn
    assert 'class="bar__declared" y="0" width="0"' in drawn
    assert "bar__computed" not in drawn
    assert "bar__stage" not in drawn
    assert drawn.count('x1="31.5"') == 2


def test_a_code_is_drawn_as_one_path():
    drawn = draw_qr_code("https://localhost/compromiso/pal-2022-2024/1.1/")

    assert drawn.count("<path") == 1
    # Scanners need a margin of four modules.
    assert "M0 " not in drawn
    assert "M3 " not in drawn
    assert "M4 4h7" in drawn
