"""Draw bars, badges and QR codes as inline SVG, without templates: a table of a plan has fifty bars."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .badges import Badge
from .bars import Bar

_BED = mark_safe('<rect class="bar__bed" width="100" height="10"/>')
_STAGE = mark_safe('<rect class="bar__stage" x=".5" y="1" width="99" height="8"/>')
_NOTHING = mark_safe("")

# The shape of each kind of badge; an unknown kind has the one of «no data».
_SHAPES = {
    "done": '<path d="M1 1h14v14H1z"/><path class="tick" d="M3.6 8.4 6.8 11.5 12.4 4.8"/>',
    "on": '<path class="outline" d="M2 2h12v12H2z"/><path d="M2 8h12v6H2z"/>',
    "reported": '<path class="outline" d="M2 2h12v12H2z"/><path d="M5 7h6v2H5z"/>',
    "low": '<path d="M1 2h14L8 15z"/>',
    "stage": '<path class="outline dashes" d="M2 2h12v12H2z"/><circle cx="8" cy="8" r="2.6"/>',
    "pending": '<path class="outline dashes" d="M3 1h7l3 3v11H3z"/>',
}
# Kinds with a shape of their own and the colour of another.
_COLOURS = {"pending": "low", "reported": "on"}
_NO_DATA = '<path class="outline" d="M2 2h12v12H2zM3 13 13 3"/>'


def draw_bar(bar: Bar, *, small: bool = False) -> SafeString:
    """Draw one figure: declared thick, computed thin, expected a line."""
    return format_html(
        '<svg class="bar{}" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{}">'
        "{}{}{}{}{}</svg>",
        " bar--s" if small else "",
        bar.words,
        _BED,
        _STAGE if bar.is_stage else _NOTHING,
        _draw_rect("declared", "0", bar.declared, "6.4"),
        _draw_rect("computed", "7.4", bar.computed, "2.6"),
        _draw_expected(bar.expected),
    )


def _draw_rect(name: str, top: str, width: str | None, height: str) -> SafeString:
    if not width:
        return _NOTHING
    return format_html('<rect class="bar__{}" y="{}" width="{}" height="{}"/>', name, top, width, height)


def _draw_expected(place: str | None) -> SafeString:
    """Draw the line at ``place`` and a halo, so that it is seen on every colour."""
    if not place:
        return _NOTHING
    return format_html(
        '<line class="bar__halo" x1="{0}" x2="{0}" y1="-2" y2="12"/>'
        '<line class="bar__expected" x1="{0}" x2="{0}" y1="-2" y2="12"/>',
        place,
    )


def draw_badge(badge: Badge) -> SafeString:
    """Draw a state: shape, label, colour."""
    return format_html(
        '<span class="badge badge--{}"><svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>{}</span>',
        _COLOURS.get(badge.kind, badge.kind),
        mark_safe(_SHAPES.get(badge.kind, _NO_DATA)),
        badge.text,
    )


@lru_cache(maxsize=512)
def draw_qr_code(address: str) -> SafeString:
    """Draw ``address`` for the printed copy of its page; cached, because the address never changes."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(_draw_qr_row(row, y) for y, row in enumerate(matrix))
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" aria-hidden="true"><path d="{1}"/></svg>', len(matrix), path
    )


def _draw_qr_row(row: list[bool], y: int) -> str:
    """Draw the dark runs of a row as rectangles."""
    drawn, x = [], 0
    for is_dark, run in groupby(row):
        width = len(list(run))
        if is_dark:
            drawn.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(drawn)
