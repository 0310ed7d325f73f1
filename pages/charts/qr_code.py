"""The address of a page as a QR code, for its printed copy."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=512)
def draw_qr_code(address: str) -> SafeString:
    """Draw ``address``; the same in every version of a page, so each process draws it once."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(_draw_row(row, y) for y, row in enumerate(matrix))
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" aria-hidden="true"><path d="{1}"/></svg>', len(matrix), path
    )


def _draw_row(row: list[bool], y: int) -> str:
    """Draw the dark runs of a row as rectangles."""
    drawn, x = [], 0
    for is_dark, run in groupby(row):
        width = len(list(run))
        if is_dark:
            drawn.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(drawn)
