"""An easy-read version is translated alone: the rest of its ruling is Spanish, and marked."""

import re

import pytest

from tests.factories import published
from tests.language.translating import english, in_english
from tests.ruling_factories import EasyReadPageFactory, PlainVersionPageFactory, RulingPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def ruling():
    """Return a ruling with a plain version, and an easy-read version in Spanish and English."""
    english()
    ruling = published(RulingPageFactory(title="Despido"))
    published(PlainVersionPageFactory(parent=ruling))
    easy = published(EasyReadPageFactory(parent=ruling, text="<p>El juez dijo que sí.</p>"))
    in_english(easy, {"El juez dijo que sí.": "The judge agreed."})
    return ruling


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_easy_read_version_is_english_and_the_rest_spanish(client, ruling):
    html = read(client, f"/en{ruling.url}")

    section = re.search(r'<div lang="en">\s*<section[^>]*"lectura-facil".*?</section>', html, re.DOTALL)
    assert section is not None
    assert "The judge agreed." in section[0]
    assert ">Easy read<" in section[0]
    assert "El juez dijo que sí." not in html
    assert '<main id="contenido" lang="es-MX">' in html
    assert 'id="lenguaje-claro" aria-label="En lenguaje claro"' in html
    assert "This page is in Spanish only." in html


def test_the_spanish_page_has_its_own_parts(client, ruling):
    html = read(client, ruling.url)

    assert "El juez dijo que sí." in html
    assert "The judge agreed." not in html
