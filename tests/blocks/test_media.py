"""Images with descriptions, documents with kind and size, videos as links."""

import pytest

from blocks.media import DescribedImageBlock, DocumentLinkBlock, FigureBlock, VideoLinkBlock
from tests.blocks.errors import read_refusals


def build_image(image, text="", *, decorative=False):
    return {
        "image": {"image": image, "alt_text": text, "decorative": decorative},
        "caption": "",
        "credit": "",
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Describe lo que se ve, o marca la imagen como decorativa."),
        ("   ", "Describe lo que se ve, o marca la imagen como decorativa."),
        ("IMG_2041.JPG", "Describe lo que se ve; el nombre del archivo no le dice nada a nadie."),
    ],
)
def test_an_image_without_a_description_is_refused(image, text, sentence):
    assert read_refusals(DescribedImageBlock(), {"image": image, "alt_text": text, "decorative": False}) == {
        "alt_text": [sentence]
    }


@pytest.mark.parametrize(("text", "decorative"), [("La plaza llena de gente", False), ("", True)])
def test_a_described_or_decorative_image_passes(image, text, decorative):
    block = FigureBlock()

    cleaned = block.clean(block.normalize(build_image(image, text, decorative=decorative)))

    assert (cleaned["image"].pk, cleaned["image"].decorative) == (image.pk, decorative)


def test_a_draft_may_lack_its_description(image):
    block = FigureBlock()
    block.defer_required_validation()

    cleaned = block.clean(block.normalize(build_image(image)))

    assert cleaned["image"].pk == image.pk


def test_an_image_is_rendered_responsive_lazy_and_described(image):
    block = FigureBlock()
    value = block.to_python(
        {**build_image(image.pk, 'La "plaza" <b>llena</b>'), "caption": "<i>Pie</i>", "credit": "Ana & Luz"}
    )

    html = block.render(value)

    assert 'alt="La &quot;plaza&quot; &lt;b&gt;llena&lt;/b&gt;"' in html
    assert 'loading="lazy"' in html
    assert "width-400" in html
    assert "original" not in html
    assert "&lt;i&gt;Pie&lt;/i&gt;" in html
    assert "Autoría: Ana &amp; Luz" in html
    assert "style=" not in html


def test_a_decorative_image_has_an_empty_alt(image):
    block = FigureBlock()

    html = block.render(block.to_python(build_image(image.pk, decorative=True)))

    assert 'alt=""' in html


def test_a_document_is_shown_with_its_kind_and_size(document):
    block = DocumentLinkBlock()

    html = block.render(block.to_python({"document": document.pk, "title": "", "text": ""}))

    assert f'<a href="{document.url}">Informe &lt;b&gt;parcial&lt;/b&gt;</a>' in html
    assert "PDF" in html


def test_a_deleted_document_is_hidden(document):
    block = DocumentLinkBlock()
    raw = {"document": document.pk, "title": "Título huérfano", "text": ""}
    document.delete()

    assert block.render(block.to_python(raw)).strip() == ""


VIDEO = {
    "title": "Sesión",
    "url": "https://www.video.example.org/1",
    "duration": "3:40",
    "transcript": "<p>Se abre la sesión.</p>",
}


def test_a_video_is_a_link_with_its_transcript():
    block = VideoLinkBlock()

    html = block.render(block.to_python(VIDEO))

    assert '<a href="https://www.video.example.org/1" rel="external noopener">Sesión</a>' in html
    assert "Se abre en video.example.org." in html
    assert "<p>Se abre la sesión.</p>" in html
    assert not any(tag in html for tag in ("<iframe", "<video", "<img", "<script"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/v", "data:video/mp4;base64,AA"])
def test_a_video_without_a_web_url_is_refused(url):
    assert read_refusals(VideoLinkBlock(), {**VIDEO, "url": url}) == {
        "url": ["Escribe una dirección completa que empiece con https:// o http://."]
    }


def test_a_video_without_a_transcript_is_refused():
    assert set(read_refusals(VideoLinkBlock(), {**VIDEO, "transcript": ""})) == {"transcript"}


def test_the_credit_defaults_to_the_librarys(image):
    block = FigureBlock()
    image.credit = "Archivo <del> Estado"

    html = block.render(block.normalize(build_image(image, "La plaza")))

    assert "Autoría: Archivo &lt;del&gt; Estado" in html
