"""Texts and addresses as people paste and type them."""

import pytest
from django.forms import SlugField, TypedChoiceField, modelform_factory
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.rich_text import RichText

from abierto.form_fields.texts import complete_address, complete_links
from abierto.registry.models import Municipality
from abierto.text import remove_hidden
from blocks.data import TableBlock
from blocks.fields import InlineTextBlock, LineBlock, LinesBlock, WebAddressBlock
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from pages.plans.models import PlanPage
from pages.updates.models import ProgressUpdatePage

PASTED = "Trans\u00adparen\u200bcia\ufeff y da\u2060tos\u200c"
CLEAN = "Transparencia y datos"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("www.guanajuato.gob.mx", "https://www.guanajuato.gob.mx"),
        (" leon.gob.mx/datos?a=1 ", "https://leon.gob.mx/datos?a=1"),
        ("WWW.X.ORG", "https://WWW.X.ORG"),
        ("http://x.mx", "http://x.mx"),
        ("/planes/", "/planes/"),
        ("#s-1", "#s-1"),
        ("correo@x.gob.mx", "correo@x.gob.mx"),
        ("informe.pdf", "informe.pdf"),
        ("javascript:alert(1)//x.mx", "javascript:alert(1)//x.mx"),
        ("x.mx y otra", "x.mx y otra"),
    ],
)
def test_the_name_of_a_site_is_completed(typed, stored):
    assert complete_address(typed) == stored


def test_links_of_rich_text_are_completed():
    html = '<p><a href="www.x.gob.mx/?a=1&amp;b=2">uno</a> <a linktype="page" id="3">dos</a> www.y.mx</p>'

    assert complete_links(html) == html.replace('"www.x', '"https://www.x')


def test_a_family_of_pictures_stays_one():
    family = "👨\u200d👩\u200d👧 y ❤\ufe0f\u200d🔥"

    assert remove_hidden(family) == family
    assert remove_hidden("a\u200db") == "ab"


@pytest.mark.parametrize("block", [LineBlock(), LinesBlock()])
def test_texts_of_blocks_lose_hidden_characters(block):
    assert block.clean(PASTED) == CLEAN


def test_rich_text_of_blocks_is_cleaned_and_its_links_completed():
    cleaned = InlineTextBlock().clean(RichText(f'<p>{PASTED} <a href="www.x.gob.mx">x</a></p>'))

    assert cleaned.source == f'<p>{CLEAN} <a href="https://www.x.gob.mx">x</a></p>'


def test_addresses_of_blocks_are_completed():
    assert WebAddressBlock().clean("www.x.gob.mx") == "https://www.x.gob.mx"


def test_tables_of_blocks_are_cleaned_whole():
    block = TableBlock()
    table = block.to_python(
        {
            "columns": [{"type": "text", "heading": PASTED}],
            "rows": [{"values": [PASTED]}],
            "caption": PASTED,
        }
    )

    cleaned = block.clean(table)

    assert (cleaned.caption, cleaned.columns[0]["heading"]) == (CLEAN, CLEAN)
    assert cleaned.row_data[0]["values"] == [CLEAN]


@pytest.mark.parametrize(
    ("model", "name", "typed", "stored"),
    [
        (CommitmentPage, "title", PASTED, CLEAN),
        (CommitmentPage, "objective", PASTED, CLEAN),
        (CommitmentAction, "text", PASTED, CLEAN),
        (Municipality, "name", PASTED, CLEAN),
        (Municipality, "external_site_url", "www.x.gob.mx", "https://www.x.gob.mx"),
    ],
)
def test_texts_of_forms_are_cleaned(model, name, typed, stored):
    form = modelform_factory(model, form=WagtailAdminModelForm, fields=[name])

    assert form.base_fields[name].clean(typed) == stored


def test_rich_text_of_forms_is_cleaned():
    field = modelform_factory(
        ProgressUpdatePage, form=WagtailAdminModelForm, fields=["narrative"]
    ).base_fields

    cleaned = field["narrative"].to_python(f'<p>{PASTED} <a href="www.x.gob.mx">x</a></p>')

    assert cleaned == f'<p>{CLEAN} <a href="https://www.x.gob.mx">x</a></p>'


def test_choices_and_slugs_keep_their_own_fields():
    form = modelform_factory(PlanPage, form=WagtailAdminModelForm, fields=["slug", "kind"])

    assert isinstance(form.base_fields["slug"], SlugField)
    assert isinstance(form.base_fields["kind"], TypedChoiceField)
