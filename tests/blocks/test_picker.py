"""Blocks in the block picker, in migrations and in the search index."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db.migrations.writer import MigrationWriter
from django.template.loader import get_template
from django.test import RequestFactory
from wagtail.admin.views.generic.preview import StreamFieldBlockPreview
from wagtail.fields import StreamField

import blocks
from blocks.base import DATA, LINKS, MEDIA, TEXT
from blocks.body import BODY_BLOCKS, BodyBlock
from blocks.evidence import EVIDENCE_BLOCKS, MEANS_BLOCKS, EvidenceBlock

ALL_BLOCKS = [*BODY_BLOCKS, *EVIDENCE_BLOCKS, *MEANS_BLOCKS]
every_block = pytest.mark.parametrize(("name", "block"), ALL_BLOCKS, ids=[name for name, _ in ALL_BLOCKS])


class _Page(HTMLParser):
    """Collect what the content policy forbids and the visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if tag in ("style", "script", "iframe") or any(n == "style" or n.startswith("on") for n in names):
            self.inline.append(tag)

    def handle_data(self, data):
        self.words += data.split()


@every_block
def test_a_block_has_label_group_and_description(name, block):
    assert block.meta.icon != "placeholder"
    assert str(block.meta.label)
    assert block.meta.group in {TEXT, MEDIA, DATA, LINKS}
    assert str(block.get_description()).endswith(".")
    assert len(str(block.get_description()).split()) <= 20


@every_block
def test_the_icon_of_a_block_exists(name, block):
    assert get_template(f"wagtailadmin/icons/{block.meta.icon}.svg")


@every_block
@pytest.mark.django_db
def test_the_preview_of_a_block_renders(name, block):
    request = RequestFactory().get("/", {"id": block.definition_prefix})

    response = StreamFieldBlockPreview.as_view()(request).render()
    page = _Page(response.content.decode().split("<main>")[1].split("</main>")[0])

    assert block.is_previewable
    assert len(page.words) >= 2
    assert page.inline == []


def test_the_package_imports_no_blocks_while_apps_load():
    assert Path(blocks.__file__).read_text() == ""


def test_migrations_do_not_import_the_blocks():
    for field in (StreamField(BodyBlock()), StreamField(EVIDENCE_BLOCKS), StreamField(MEANS_BLOCKS)):
        _, _, _, kwargs = field.deconstruct()

        written, imports = MigrationWriter.serialize(kwargs["block_lookup"])

        assert "block_lookup" in kwargs
        assert "blocks." not in written.replace("wagtail.blocks.", "").replace(
            "wagtail.images.blocks.", ""
        ).replace("wagtail.documents.blocks.", "").replace("wagtail.contrib.typed_table_block.blocks.", "")
        assert not any("import blocks" in line for line in imports)


def test_searchable_content_has_texts_without_identifiers():
    block = EvidenceBlock()
    value = block.normalize(
        {"title": "Buscador", "kind": "link", "url": "https://example.org", "means_key": "k-1"}
    )

    found = [text for text in block.get_searchable_content(value) if text]

    assert found == ["Buscador"]
