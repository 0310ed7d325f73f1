"""Validation of link targets."""

import pytest
from django.core.exceptions import ValidationError

from blocks.validators import validate_key, validate_rich_links, validate_web_address

SCHEME = "Escribe una dirección completa que empiece con https:// o http://."
CREDENTIALS = "Quita el usuario y la contraseña de la dirección: cualquiera podría leerlos."
MALFORMED = "Revisa la dirección: le falta el nombre del sitio o tiene espacios."


@pytest.mark.parametrize(
    "address",
    [
        "https://www.guanajuato.gob.mx/",
        "http://iacip-gto.org.mx/informe.pdf?a=1&b=2#parte",
        "HTTPS://EXAMPLE.ORG",
        "https://sentencias.example.org:8443/buscar/año",
    ],
)
def test_web_urls_are_accepted(address):
    assert validate_web_address(address) is None


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("javascript:alert(1)", SCHEME),
        ("JaVaScRiPt:alert(1)", SCHEME),
        ("java\tscript:alert(1)", SCHEME),
        ("data:text/html,<script>alert(1)</script>", SCHEME),
        ("ftp://example.org/archivo", SCHEME),
        ("file:///etc/passwd", SCHEME),
        ("mailto:nombre@example.org", SCHEME),
        ("//example.org/", SCHEME),
        ("www.example.org", SCHEME),
        ("", SCHEME),
        ("https://ana:secreta@example.org/", CREDENTIALS),
        ("https://ana@example.org/", CREDENTIALS),
        ("https://", MALFORMED),
        ("https://example .org/", MALFORMED),
        ("https://example.org/\u202egpj.exe", MALFORMED),
        ("https://example.org\\@otro.org/", CREDENTIALS),
        ("https://[::1/", MALFORMED),
    ],
)
def test_other_urls_are_refused_in_spanish(address, sentence):
    with pytest.raises(ValidationError) as refused:
        validate_web_address(address)

    assert refused.value.messages == [sentence]


@pytest.mark.parametrize("key", ["decidio", "3f2a-91", "A_1"])
def test_valid_anchors_are_accepted(key):
    assert validate_key(key) is None


@pytest.mark.parametrize("key", ["qué pasó", "a b", '"><script>', "-a", "a\n"])
def test_anchors_that_break_a_url_are_refused(key):
    with pytest.raises(ValidationError, match="Usa solo letras sin acento"):
        validate_key(key)


@pytest.mark.parametrize(
    "html",
    [
        '<p><a linktype="page" id="3">Plan</a></p>',
        '<p><a href="https://example.org/">Fuera</a> y <a href="#s-decidio">aquí</a></p>',
        '<p><a href="mailto:a@example.org">Escribe</a> <a href="tel:+524731234567">Llama</a></p>',
        '<p><a href="/planes/">Planes</a></p>',
    ],
)
def test_links_inside_a_text_are_accepted(html):
    assert validate_rich_links(html) is None


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "ftp://example.org/",
        "//otro.org",
        "/\\otro.org",
        "",
    ],
)
def test_links_inside_a_text_follow_the_same_rule(target):
    with pytest.raises(ValidationError) as refused:
        validate_rich_links(
            f'<p>Lee <a href="https://example.org/">esto</a> y <a href="{target}">esto</a>.</p>'
        )

    assert refused.value.messages == [SCHEME]
