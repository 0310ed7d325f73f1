"""The invented rulings: plain, without personal data, and enough of each kind."""

from collections import Counter

import pytest
from django.urls import reverse

from abierto.demo.loader.content import read_content
from abierto.demo.loader.rulings import INFOGRAPHICS, TRIBUNALS, read_rulings
from abierto.demo.ruling_files import draw_scan, draw_text_pdf
from abierto.language.inflesz import measure
from abierto.privacy.extraction.dispatch import extract
from abierto.privacy.extraction.parts import Note
from abierto.privacy.scanning import scan
from pages.rulings.models import RulingPage
from pages.rulings.rules import EASY_SCORE
from pages.rulings.sections import PLAIN_SECTIONS

from .case import DemoCase

RULINGS = {entry["slug"]: entry for entry in read_rulings()}


def plain_text(entry) -> str:
    return "\n".join(entry[name].strip() for name, _anchor, _heading in PLAIN_SECTIONS if name in entry)


def every_text(node) -> str:
    """Return all texts of an entry, one per line."""
    if isinstance(node, dict):
        return "\n".join(map(every_text, node.values()))
    return "\n".join(map(every_text, node)) if isinstance(node, list) else str(node)


def test_rulings_cover_five_matters_and_three_tribunals():
    matters = Counter(entry["matter"] for entry in RULINGS.values())

    assert len(RULINGS) >= 24
    assert matters.keys() == {"civil", "familiar", "laboral", "administrativa", "electoral"}
    assert min(matters.values()) >= 5
    assert all(read_content(f"rulings/{tribunal}")["ruling"] for tribunal in TRIBUNALS)


def test_there_is_one_of_each_special_case():
    states = Counter(entry["finality"] for entry in RULINGS.values())

    assert (states["revoked"], states["modified"]) == (1, 1)
    assert sum("withdrawn" in entry for entry in RULINGS.values()) == 1
    assert [slug for slug, entry in RULINGS.items() if not plain_text(entry)] == ["accidente-obra-amparo"]
    assert sum("infographic" in entry for entry in RULINGS.values()) == 3
    assert sorted(entry["format"] for entry in RULINGS.values() if "format" in entry) == ["pdf", "scan"]


def test_file_of_a_ruling_has_its_pages_and_its_scan_no_text():
    texts = ["Vistos (los autos).", "Resuelve: nula."]

    read = extract(draw_text_pdf(texts))

    assert [(page.number, text in page.text) for page, text in zip(read.pages, texts, strict=True)] == [
        (1, True),
        (2, True),
    ]
    assert (extract(draw_scan(texts)).pages, extract(draw_scan(texts)).notes) == ([], {Note.NO_TEXT})


def test_chamber_of_each_ruling_existed_on_its_day():
    for tribunal in TRIBUNALS:
        content = read_content(f"rulings/{tribunal}")
        chambers = {chamber["key"]: chamber for chamber in content["chamber"]}
        for entry in content["ruling"]:
            chamber, day = chambers[entry["chamber"]], entry["decided_on"]
            assert chamber["valid_from"] <= day <= chamber.get("valid_until", day), entry["slug"]


@pytest.mark.parametrize("slug", [slug for slug, entry in RULINGS.items() if plain_text(entry)])
def test_plain_version_is_fairly_easy(slug):
    score = measure(plain_text(RULINGS[slug])).inflesz

    assert score is not None
    assert score >= EASY_SCORE


@pytest.mark.parametrize("slug", RULINGS)
def test_ruling_contains_no_personal_data(slug):
    assert scan(every_text(RULINGS[slug])) == []


@pytest.mark.parametrize("slug", [slug for slug, entry in RULINGS.items() if "infographic" in entry])
def test_infographic_is_drawn_and_written(slug):
    drawn = RULINGS[slug]["infographic"]

    assert (INFOGRAPHICS / drawn["file"]).read_bytes().startswith(b"\x89PNG")
    assert len(drawn["steps"]) >= 2


def test_named_rulings_exist():
    named = {
        slug
        for entry in RULINGS.values()
        for slug in [*entry.get("cites", []), entry.get("finality_ruling"), entry.get("replaces")]
        if slug
    }

    assert named <= RULINGS.keys()


@pytest.mark.slow
class LoadedRulingTests(DemoCase):
    def test_every_ruling_is_public_but_the_withdrawn_one(self):
        public = set(RulingPage.objects.public().values_list("slug", flat=True))

        assert public == {slug for slug, entry in RULINGS.items() if "withdrawn" not in entry}

    def test_withdrawn_ruling_leads_to_the_one_in_its_place(self):
        response = self.client.get(RulingPage.objects.get(live=False).url)

        assert response.status_code == 410
        assert "visitas-padre-supervisadas" in response.content.decode()

    def test_every_part_says_that_the_case_is_invented(self):
        page = RulingPage.objects.get(slug="despido-embarazo")
        text = self.client.get(page.url).content.decode()

        assert text.count("Ejemplo ficticio") >= 4
        assert "Citada por" in text

    def test_ruling_with_a_file_is_read_by_pages_and_the_scan_says_that_it_is_one(self):
        read, scanned = (
            self.client.get(RulingPage.objects.get(slug=slug).url).content.decode()
            for slug in ("despido-embarazo", "compra-coche-descompuesto")
        )

        assert 'id="pagina-8"' in read
        assert "Tribunal Laboral de ejemplo" in read
        assert "Cómo leer una sentencia" in read
        assert "Es un documento escaneado" in scanned

    def test_feed_of_a_matter_has_its_rulings(self):
        address = reverse("pages:rulings_of_matter_feed", args=["poder-judicial", "laboral"])

        assert self.client.get(address).content.decode().count("<entry>") == 5
