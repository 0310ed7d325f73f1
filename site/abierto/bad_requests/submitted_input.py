"""The input of a request as text: the prose of a person, and every value that a script sent."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

#: Hidden inputs of the portal's forms: the version that was opened, and its signed content.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "opened_version", "opened_content"})
MAX_TYPED = 200_000


def submitted_prose(request: HttpRequest) -> str:
    """Return the prose of a posted form, one paragraph for each field; empty when a script sent it."""
    if request.method != "POST" or not request.accepts("text/html"):
        return ""
    texts = (_as_text(value) for name, value in _submitted_pairs(request))
    return "\n\n".join(text for text in texts if len(text.split()) > 1)


def submitted_text(request: HttpRequest) -> str:
    """Return the submitted text, for its author to copy: the prose of a form, the query of a URL."""
    if request.method == "POST":
        text = submitted_prose(request)
    else:
        text = "\n".join(value for values in _lists(request.GET) for value in values if value)
    return text[:MAX_TYPED].replace("\x00", "").encode(errors="replace").decode()


def input_texts(request: HttpRequest) -> Iterator[str]:
    """Yield every text of a request: parts of the path, names and values of its query and form, its body."""
    yield request.path_info
    if request.resolver_match is not None:
        yield from (value for value in request.resolver_match.kwargs.values() if isinstance(value, str))
    for data in (request.GET, request.POST):
        for name, values in data.lists():
            yield name
            yield from values
    for name, files in request.FILES.lists():
        yield name
        yield from (file.name or "" for file in files)
    if request.content_type == "application/json":
        yield request.body.decode(errors="replace")


def strings_in(value: Any) -> Iterator[str]:
    """Yield every string of decoded JSON, names included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from strings_in(inner)


def _submitted_pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in NOT_TYPED and "password" not in name:
            yield from ((name, value) for value in values)


def _lists(data: Any) -> Iterator[list[str]]:
    yield from (values for name, values in data.lists() if "password" not in name)


def _as_text(value: str) -> str:
    """Return the text of a field; of rich text (the editor's JSON), its paragraphs."""
    if not value.startswith(("{", "[")):
        return value.strip()
    try:
        return "\n".join(_paragraphs(json.loads(value)))
    except (ValueError, RecursionError):
        return value.strip()


def _paragraphs(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _paragraphs(item)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from _paragraphs(inner)
