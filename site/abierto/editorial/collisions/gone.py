"""The answer to a form about something that is gone, or no longer hers: what was typed comes back."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from abierto.editorial.collisions.versions import OPENED, OPENED_CONTENT
from abierto.editorial.errors import NothingSaved

NOT_WORDS = frozenset({"csrfmiddlewaretoken", OPENED, OPENED_CONTENT})


class NoPlaceForIt(NothingSaved):
    """What was sent has nowhere to go; whoever typed it may copy it."""

    def __init__(self, sentence: str, typed: str, status: int) -> None:
        super().__init__(sentence)
        self.typed = typed
        self.status = status
        self.is_final = True


def gone(request: HttpRequest) -> NoPlaceForIt | None:
    """Return what to answer to whoever typed into what is not there; None when she typed nothing."""
    words = words_in(request)
    sentence = _("Lo que editabas ya no existe: alguien lo borró mientras escribías.")
    return NoPlaceForIt(sentence, words, 404) if words else None


def closed(request: HttpRequest) -> NoPlaceForIt | None:
    """Return what to answer to whoever lost the right to change what she was editing."""
    words = words_in(request) if OPENED in request.POST else ""
    sentence = _("Ya no puedes cambiar esto. Pide que te den otra vez el papel.")
    return NoPlaceForIt(sentence, words, 403) if words else None


def broken(request: HttpRequest) -> NoPlaceForIt:
    """Return what to answer to a form of which a part is missing, or is not what its field sends."""
    sentence = _("El formulario llegó incompleto y nada cambió. Vuelve atrás, recarga y escribe otra vez.")
    return NoPlaceForIt(sentence, words_in(request), 400)


def words_in(request: HttpRequest) -> str:
    """Return the prose that a form brings, one paragraph for each field; a script still has its own form."""
    if request.method != "POST" or not request.accepts("text/html"):
        return ""
    texts = (
        _as_text(value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_WORDS and "password" not in name
    )
    return "\n\n".join(text for text in texts if len(text.split()) > 1)


def _as_text(value: str) -> str:
    """Return what a field says; of rich text, which comes as the editor's own notation, its paragraphs."""
    if not value.startswith(("{", "[")):
        return value.strip()
    try:
        return "\n".join(_paragraphs(json.loads(value)))
    except ValueError:
        return value.strip()


def _paragraphs(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _paragraphs(one)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from _paragraphs(inner)
