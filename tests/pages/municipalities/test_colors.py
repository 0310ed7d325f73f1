"""The colours of a microsite: what is refused, what is offered instead, and the palette of a page."""

import re

import pytest
from django.core.exceptions import ValidationError

from pages.municipalities.colors import (
    AA,
    DARK_GROUND,
    ON_DARK,
    STONE,
    build_palette,
    choose_ink,
    contrast,
    validate_accent_color,
    validate_band_color,
)

HEX = re.compile(r"#[0-9a-f]{6}")


def read_refusal(validate, color: str) -> str:
    with pytest.raises(ValidationError) as error:
        validate(color)
    return error.value.messages[0]


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("color", ["#6b2c75", "#f2b233", "#000000", "#ffffff", "#1d3b91"])
def test_a_band_with_readable_letters_is_accepted(color):
    validate_band_color(color)

    assert contrast(color, choose_ink(color)) >= AA


@pytest.mark.parametrize("color", ["#808080", "#ff0000"])
def test_a_band_between_both_inks_is_refused_with_the_nearest(color):
    said = read_refusal(validate_band_color, color)
    nearest = HEX.findall(said)[-1]

    assert said.startswith(f"Sobre {color} no se lee el nombre")
    validate_band_color(nearest)


@pytest.mark.parametrize("color", ["#f2b233", "#ffff00", "#ffffff", "#00ff00", "#808080"])
def test_links_that_cannot_be_read_are_refused_with_the_nearest(color):
    said = read_refusal(validate_accent_color, color)
    nearest = HEX.findall(said)[-1]

    assert "debe ser de 4.5 o más" in said
    validate_accent_color(nearest)


def test_the_nearest_color_keeps_its_hue():
    red, green, blue = (
        int(HEX.findall(read_refusal(validate_accent_color, "#f2b233"))[-1][i : i + 2], 16) for i in (1, 3, 5)
    )

    assert red > green > blue


@pytest.mark.parametrize("value", ["", "azul", "#12", "#12345g", "#1d3b91;}", "#1D3B91"])
def test_what_is_no_color_is_refused(value):
    assert read_refusal(validate_band_color, value) == read_refusal(validate_accent_color, value)


@pytest.mark.parametrize("color", ["#6b2c75", "#0000ff", "#000000", "#8d640d"])
def test_a_palette_can_be_read_in_light_and_dark(color):
    palette = build_palette(color, color)

    assert contrast(palette.band, palette.band_ink) >= AA
    assert contrast(palette.accent, palette.accent_ink) >= AA
    assert contrast(palette.accent, STONE) >= AA
    assert contrast(palette.dark_accent, DARK_GROUND) >= ON_DARK
    assert contrast(palette.dark_accent, palette.dark_accent_ink) >= AA


def test_the_style_sheet_needs_no_database(client):
    response = client.get("/colores/6b2c75-1d3b91.css")

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["Cache-Control"]
    assert "--band: #6b2c75; --band-ink: #ffffff;" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["808080-1d3b91", "6b2c75-ffff00", "6b2c75"])
def test_there_is_no_style_sheet_of_colors_that_cannot_be_read(client, name):
    assert client.get(f"/colores/{name}.css").status_code == 404
