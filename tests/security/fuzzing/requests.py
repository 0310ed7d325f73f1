"""Requests that no browser sends: an invalid value, or an unexpected format."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes

from tests.security.fuzzing.values import NASTY, names_read

Pairs = list[tuple[str, bytes]]
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "limite"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
XHR = {"X-Requested-With": "XMLHttpRequest"}
JSON = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
#: Read by many views, and the examples of the issue.
USUAL = (
    "q", "p", "page", "page_size", "offset", "limit", "ordering", "owner", "user", "id", "next",
    "revision_id", "fields", "search", "child_of", "descendant_of", "collection_id", "tag",
    "locale", "content_type", "action", "ids",
)  # fmt: skip


WRONG_TYPES = (
    "text/plain", "application/xml", "", "nada", f"{FORM}; charset=nada", "multipart/form-data",
    "application/octet-stream", "multipart/form-data; boundary=",
)  # fmt: skip


@dataclass(frozen=True)
class Probe:
    """One request, and a description of its fault."""

    view: str
    path: str
    what: str
    method: str = "GET"
    query: Pairs = field(default_factory=list)
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Return the path with its query, encoded."""
        joiner = "&" if "?" in self.path else "?"
        return self.path + (joiner + encode(self.query) if self.query else "")


def encode(pairs: Pairs) -> str:
    """Return pairs encoded as a form or a query string."""
    return "&".join(
        f"{quote_from_bytes(name.encode('utf-8', 'surrogatepass'))}={quote_from_bytes(value)}"
        for name, value in pairs
    )


def multipart(pairs: Pairs, files: Pairs = ()) -> bytes:
    """Return pairs and files encoded as multipart."""
    parts = []
    for name, value in pairs:
        parts.append(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value
        )
    for name, value in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="a.pdf"\r\n'
        parts.append(head.encode() + b"Content-Type: application/pdf\r\n\r\n" + value)
    return b"\r\n".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def replaced(form: Pairs, name: str, *values: bytes) -> Pairs:
    """Return a form in which a field has these values."""
    return [pair for pair in form if pair[0] != name] + [(name, value) for value in values]


@dataclass
class Target:
    """A URL with its form and its query parameters."""

    view: str
    path: str
    form: Pairs
    fields: list[str]
    """The names of the fields that it showed."""


def broken_queries(target: Target, chance: random.Random, count: int) -> Iterator[Probe]:
    """Yield ``count`` URLs with one invalid parameter, mostly one of the screen."""
    for _ in range(count):
        names = chance.choice([target.fields or USUAL, USUAL, names_read()])
        name, (what, value) = chance.choice(list(names)), chance.choice(list(NASTY.items()))
        headers = chance.choice([{}, {}, XHR, JSON])
        yield Probe(target.view, target.path, f"{name}={what}", query=[(name, value)], headers=headers)


def broken_forms(target: Target, chance: random.Random, count: int) -> Iterator[Probe]:
    """Yield ``count`` forms with one invalid field."""
    known = [name for name, _value in target.form]
    for _ in range(count):
        names = chance.choice([target.fields or known, known or USUAL, known or USUAL, names_read()])
        name, (what, value) = chance.choice(list(names)), chance.choice(list(NASTY.items()))
        form = replaced(target.form, name, value)
        headers = chance.choice([{}, {}, XHR, JSON])
        yield post(target, f"POST {name}={what}", encode(form).encode(), headers=headers)


def post(target: Target, what: str, body: bytes, content_type: str = FORM, **more: Any) -> Probe:
    """Return a probe that posts ``body``."""
    return Probe(target.view, target.path, what, "POST", body=body, content_type=content_type, **more)


# --- Shapes --------------------------------------------------------------------------------------------


def empty_post(target: Target, chance: random.Random) -> Probe:
    return post(target, "empty POST", b"")


def field_missing(target: Target, chance: random.Random) -> Probe:
    name = chance.choice([name for name, _value in target.form] or ["q"])
    form = [pair for pair in target.form if pair[0] != name]
    return post(target, f"POST without {name}", encode(form).encode())


def field_repeated(target: Target, chance: random.Random) -> Probe:
    name, value = chance.choice(target.form or [("q", b"1")])
    return post(target, f"POST {name} repeated", encode([*target.form, (name, value), (name, b"9")]).encode())


def many_fields(target: Target, chance: random.Random) -> Probe:
    form = [*target.form, *((f"campo-{number}", b"1") for number in range(3_000))]
    return post(target, "POST of 3,000 fields", encode(form).encode())


def too_many_fields(target: Target, chance: random.Random) -> Probe:
    form = [*target.form, *((f"campo-{number}", b"1") for number in range(10_001))]
    return post(target, "POST of 10,001 fields", encode(form).encode())


def many_ids(target: Target, chance: random.Random) -> Probe:
    query = [("id", b"%d" % number) for number in range(1_200)]
    return Probe(target.view, target.path, "1,200 ids", query=query)


def no_management_form(target: Target, chance: random.Random) -> Probe:
    form = [pair for pair in target.form if "_FORMS" not in pair[0] and not pair[0].endswith("-count")]
    return post(target, "POST without management form", encode(form).encode())


def broken_management_form(target: Target, chance: random.Random) -> Probe:
    total = chance.choice([b"abc", b"1" + b"0" * 9, b"-1", b"1.5", b"1" + b"0" * 30, b"", b"2001"])
    counts = ("TOTAL_FORMS", "INITIAL_FORMS", "-count")
    names = [name for name, _value in target.form if name.endswith(counts)] or ["form-TOTAL_FORMS"]
    name = chance.choice(names)
    return post(target, f"POST {name}={total.decode()}", encode(replaced(target.form, name, total)).encode())


def json_body(target: Target, chance: random.Random) -> Probe:
    body = chance.choice(
        [b"{", b"", b"[]", b"7", b'"x"', b"null", b"\xff", b'{"a": NaN}', b'{"a": {"b": []}}']
    )
    return post(target, f"JSON body {body[:20]!r}", body, "application/json", headers=JSON)


def wrong_type(target: Target, chance: random.Random) -> Probe:
    kind = chance.choice(WRONG_TYPES)
    return post(target, f"type {kind!r}", encode(target.form).encode(), kind)


def broken_multipart(target: Target, chance: random.Random) -> Probe:
    whole = multipart(target.form, [("file", b"%PDF-1.4")])
    body = chance.choice(
        [whole[: len(whole) // 2], b"nada", b"", b"--limite\r\n\r\n", whole.replace(b"\r\n", b"\n")]
    )
    return post(target, f"broken multipart of {len(body)} bytes", body, MULTIPART)


def file_for_text(target: Target, chance: random.Random) -> Probe:
    name = chance.choice([name for name, _value in target.form] or ["q"])
    rest = [pair for pair in target.form if pair[0] != name]
    return post(target, f"file as {name}", multipart(rest, [(name, b"%PDF-1.4\x00\xff")]), MULTIPART)


def text_for_file(target: Target, chance: random.Random) -> Probe:
    names = ("file", "avatar", "import_file", "files[]")
    name = chance.choice(
        [name for name in target.fields if "file" in name or "avatar" in name] or list(names)
    )
    return post(target, f"text as {name}", multipart([*target.form, (name, b"abc")]), MULTIPART)


def nasty_name(target: Target, chance: random.Random) -> Probe:
    name = chance.choice(["a\x00b", "\ud800", "x" * 5_000, "", "[]", "a[b]", "__proto__", "form-abc-id"])
    return post(target, f"field named {name[:9]!a}", encode([*target.form, (name, b"1")]).encode())


def other_method(target: Target, chance: random.Random) -> Probe:
    method = chance.choice(["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "NADA"])
    return Probe(target.view, target.path, method, method, body=b"{", content_type="application/json")


def honest(target: Target, chance: random.Random) -> Probe:
    return post(target, "the form as it was shown", encode(target.form).encode())


SHAPES: tuple[Callable[[Target, random.Random], Probe], ...] = (
    empty_post, field_missing, field_repeated, many_fields, many_ids, no_management_form,
    broken_management_form, json_body, wrong_type, broken_multipart, file_for_text, text_for_file, nasty_name,
    other_method, honest, too_many_fields,
)  # fmt: skip


def shape_of(form: Any) -> Pairs:
    """Return the encoded form of plain values."""
    pairs: Pairs = []
    for name, values in form.items():
        for value in values if isinstance(values, list | tuple) else [values]:
            text = (
                value
                if isinstance(value, str)
                else json.dumps(value)
                if isinstance(value, dict)
                else str(value)
            )
            pairs.append((name, text.encode("utf-8", "surrogatepass")))
    return pairs
