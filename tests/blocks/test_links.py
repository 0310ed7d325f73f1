"""Link targets of cards, and their visibility."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import blocks
from wagtail.models import PageViewRestriction

from blocks.links import CommitmentsBlock, LinkCardBlock, LinkCardsBlock
from tests.blocks.errors import read_refusals

EMPTY = {"page": None, "url": "", "title": "", "text": ""}
ELSEWHERE = {**EMPTY, "url": "https://www.example.org/", "title": "Otro <sitio>", "text": "Una & dos"}


class TestRules:
    def test_a_missing_target_is_an_error_on_the_page_field(self):
        assert read_refusals(LinkCardBlock(), {**EMPTY, "title": "Nada"}) == {
            "page": ["Elige una página o escribe la dirección de otro sitio."]
        }

    def test_a_url_needs_a_title(self):
        assert read_refusals(LinkCardBlock(), {**ELSEWHERE, "title": ""}) == {
            "title": ["Ponle título: di a dónde lleva el enlace."]
        }

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/", "data:text/html,x"])
    def test_only_web_urls_are_accepted(self, url):
        assert read_refusals(LinkCardBlock(), {**ELSEWHERE, "url": url}) == {
            "url": ["Escribe una dirección completa que empiece con https:// o http://."]
        }

    def test_two_targets_are_an_error_on_the_url_field(self, add_page):
        assert read_refusals(LinkCardBlock(), {**ELSEWHERE, "page": add_page("Plan")}) == {
            "url": ["Elige una página o escribe una dirección, no las dos."]
        }

    def test_a_page_is_enough(self, add_page):
        block, page = LinkCardBlock(), add_page("Plan")

        assert block.clean(block.normalize({**EMPTY, "page": page}))["page"] == page

    def test_a_draft_may_be_incomplete_but_not_have_an_unsafe_url(self):
        block = LinkCardBlock()
        block.defer_required_validation()

        assert block.clean(block.normalize(EMPTY))["url"] == ""
        assert "url" in read_refusals(block, {**EMPTY, "url": "javascript:alert(1)"})


def commitments_of_any_page():
    """The block without its page type: these tests need no plan."""
    return CommitmentsBlock([("commitments", blocks.ListBlock(blocks.PageChooserBlock()))])


def render_both(pages):
    """Render both blocks that show pages, with the same pages."""
    cards, commitments = LinkCardsBlock(), commitments_of_any_page()
    raw_cards = {"cards": [{**EMPTY, "page": page.pk} for page in pages]}
    raw_commitments = {"title": "Título", "commitments": [page.pk for page in pages]}
    return (
        cards.render(cards.to_python(raw_cards)),
        commitments.render(commitments.to_python(raw_commitments)),
    )


def test_public_pages_are_linked(add_page):
    page = add_page("Plan <b>2022</b>")

    for html in render_both([page]):
        assert f'<a href="{page.url}">Plan &lt;b&gt;2022&lt;/b&gt;</a>' in html


def test_drafts_private_and_deleted_pages_are_hidden(add_page):
    draft, private, deleted_page = (
        add_page("Borrador", live=False),
        add_page("Reservada"),
        add_page("Borrada"),
    )
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    deleted_document = add_page("Otra borrada")
    deleted_document.delete()
    deleted_page.delete()

    for html in render_both([draft, private, deleted_page, deleted_document]):
        assert html.strip() == ""


def test_the_number_of_pages_adds_no_queries(add_page):
    pages = [add_page(f"Página {number}") for number in range(6)]
    render_both(pages[:1])  # the site's roots are cached from here on

    with CaptureQueriesContext(connection) as single:
        render_both(pages[:1])
    with CaptureQueriesContext(connection) as six:
        render_both(pages)

    assert len(six) == len(single)


@pytest.mark.django_db
def test_an_external_host_is_shown_and_escaped():
    block = LinkCardsBlock()

    html = block.render(block.to_python({"cards": [ELSEWHERE]}))

    assert '<a href="https://www.example.org/" rel="external noopener">Otro &lt;sitio&gt;</a>' in html
    assert "Una &amp; dos" in html
    assert "Se abre en example.org." in html


def test_the_commitment_page_type_is_a_string_reference():
    assert CommitmentsBlock().child_blocks["commitments"].child_block.page_type == ["pages.CommitmentPage"]
