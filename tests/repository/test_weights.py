"""Limits on what a visitor loads: the stylesheet and the scripts, compressed as a server sends them."""

import gzip

from .files import ROOT

KILOBYTE = 1024
PUBLIC_SCRIPTS = ("suggestions.js", "results.js")


def weight(*names: str) -> float:
    """Return the compressed size in kilobytes."""
    return sum(len(gzip.compress((ROOT / "static" / name).read_bytes())) for name in names) / KILOBYTE


def test_the_stylesheet_is_at_most_11_kilobytes():
    assert weight("abierto.css") <= 11


def test_our_scripts_of_a_public_page_are_small():
    assert weight(*PUBLIC_SCRIPTS) <= 5
