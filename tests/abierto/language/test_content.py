"""The texts of an object are those that its readers see."""

from __future__ import annotations

import pytest
from wagtail.models import Locale

from abierto.language.content import is_spanish, read_content, read_own_content
from abierto.language.pages import PartKind
from pages.plans.commitments import CommitmentPage
from pages.standard.models import StandardPage
from tests import factories

pytestmark = pytest.mark.django_db


def test_summary_text_fields_and_rows_are_read_and_quoted_texts_are_not():
    page = CommitmentPage(
        title="Compras",
        summary="Compras a la vista.",
        problem="Nadie las ve.",
        official_text="Se llevará a cabo.",
    )
    page.actions.add(*[page.actions.model(number=1, text="Publicar.", official_text="Publicación.")])

    content = read_content(page)

    assert content.summary == "Compras a la vista."
    assert [part.text for part in content.parts] == ["Nadie las ve.", "Publicar."]


def test_blocks_of_a_stream_are_parts_and_headings_have_their_level():
    page = StandardPage(title="Uno")
    page.body = [
        ("heading", {"text": "Dónde", "level": "3", "anchor": "donde"}),
        ("paragraph", "<p>Aquí.</p><p>Y allá.</p>"),
    ]

    parts = read_content(page).parts

    assert [(part.key, part.kind, part.level) for part in parts] == [
        ("body.0", PartKind.HEADING, 3),
        ("body.1", PartKind.TEXT, 0),
    ]
    assert "Aquí." in parts[1].text


def test_page_in_another_language_is_no_spanish(django_user_model):
    english, _ = Locale.objects.get_or_create(language_code="en")

    assert not is_spanish(StandardPage(title="One", locale=english))
    assert is_spanish(django_user_model())


@pytest.mark.django_db
def test_path_of_a_page_is_no_text_of_it():
    page = factories.StandardPageFactory(summary="La casa es azul.")

    assert page.url_path
    assert "url_path" not in {part.key for part in read_own_content(page).parts}
