"""Invalid values for a field or parameter, as the bytes of a request."""

import re
from functools import cache
from pathlib import Path

import wagtail
import wagtail_localize
from django.conf import settings

LONG = b"x" * 20_000
MANY_WORDS = b" ".join(b"palabra%d" % number for number in range(2_000))

NASTY: dict[str, bytes] = {
    "quote": b'"',
    "quote in a word": b'hu"mo',
    "open phrase": b'"humo',
    "apostrophe": b"'",
    "SQL": b"' OR 1=1 --",
    "full-text operators": b'" OR NEAR( * "',
    "percent": b"%s %d %(x)s 100%",
    "braces": b"{0} {{ 7 }} {% x %}",
    "backslash": b"\\",
    "NUL": b"a\x00b",
    "only NUL": b"\x00",
    "lone surrogate": "\ud800".encode("utf-8", "surrogatepass"),
    "invalid UTF-8": b"\xff\xfe\xc3",
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "-Infinity": b"-Infinity",
    "abc": b"abc",
    "zero": b"0",
    "-1": b"-1",
    "10^30": b"1" + b"0" * 30,
    "2^63": b"9223372036854775808",
    "2^31": b"2147483648",
    "-10^30": b"-1" + b"0" * 30,
    "5,000 digits": b"9" * 5_000,
    "1.5": b"1.5",
    "1e400": b"1e400",
    "underscored": b"1_000",
    "padded": b" 1 ",
    "signed": b"+1",
    "empty": b"",
    "blank": b" \t\r\n ",
    "very long": LONG,
    "many words": MANY_WORDS,
    "list": b"[]",
    "object": b"{}",
    "list of null": b"[null]",
    "list of object": b"[{}]",
    "scalar string": b'"x"',
    "scalar number": b"7",
    "null": b"null",
    "true": b"true",
    "NaN in JSON": b"[NaN]",
    "NUL in JSON": rb'["a\u0000b"]',
    "half a pair in JSON": rb'["\ud800"]',
    "text with NUL": rb'{"blocks": [{"key": "a", "text": "a\u0000b", "type": "unstyled", "depth": 0,'
    rb' "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
    "text with half a pair": rb'{"blocks": [{"key": "a", "text": "\ud800", "type": "unstyled", "depth": 0,'
    rb' "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
    "half JSON": b'{"a": [',
    "deep JSON": b"[" * 3_000 + b"]" * 3_000,
    "blocks null": b'{"blocks": null, "entityMap": null}',
    "blocks of null": b'{"blocks": [null], "entityMap": {}}',
    "block without text": b'{"blocks": [{"key": 1}], "entityMap": {}}',
    "block of a list": b'{"blocks": [{"key": "a", "text": [], "type": {}, "depth": "x",'
    b' "inlineStyleRanges": [{}], "entityRanges": [{"key": 9, "offset": 0, "length": 1}]}], "entityMap": {}}',
    "entity without data": b'{"blocks": [{"key": "a", "text": "ab", "type": "unstyled", "depth": 0,'
    b' "inlineStyleRanges": [], "entityRanges": [{"key": 0, "offset": 0, "length": 1}]}],'
    b' "entityMap": {"0": {"type": "LINK"}}}',
    "entity of a huge id": b'{"blocks": [{"key": "a", "text": "ab", "type": "unstyled", "depth": 0,'
    b' "inlineStyleRanges": [], "entityRanges": [{"key": 0, "offset": 0, "length": 1}]}],'
    b' "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": "abc"}}}}',
    "full-width digits": "１２".encode(),
    "Arabic digits": "٣".encode(),
    "superscript": "²".encode(),
    "right to left": "\u202eomuh".encode(),
    "zero width": "\u200b\u200b".encode(),
    "emoji": "🔥👩‍👩‍👧".encode(),
    "noncharacter": "\uffff".encode(),
    "markup": b"<script>alert(1)</script>",
    "URL": b"https://evil.example/",
    "protocol-relative": b"//evil.example",
    "broken URL": b"http://[::1",
    "dotted": b"a.b.c",
    "double underscore": b"owner__password__startswith",
    "comma list": b"1,abc,,9",
    "date that is none": b"2026-02-31",
    "year 0": b"0000-00-00",
    "year 99999": b"99999-12-31",
    "first year": b"0001-01-01",
    "last year": b"9999-12-31",
    "path": b"../../etc/passwd",
    "model": b"auth.user",
    "model that is none": b"pages.nada",
    "UUID": b"00000000-0000-0000-0000-000000000000",
    "newline": b"a\nb",
}

READ = re.compile(
    r"""(?:GET|POST|query_params|data)(?:\.get|\.getlist|\.pop)?[\[(]\s*["']([\w.\[\]-]+)["']"""
)
NOT_READ = {"csrfmiddlewaretoken"}


@cache
def names_read() -> tuple[str, ...]:
    """Return every request parameter that the code of the portal, Wagtail and wagtail-localize reads."""
    ours = [settings.ROOT / name for name in ("site", "pages", "search", "blocks")]
    theirs = [Path(package.__path__[0]) for package in (wagtail, wagtail_localize)]
    found: set[str] = set()
    for folder in (*ours, *theirs):
        for path in folder.rglob("*.py"):
            if "/tests/" not in str(path) and "/migrations/" not in str(path):
                found.update(READ.findall(path.read_text()))
    return tuple(sorted(found - NOT_READ))
