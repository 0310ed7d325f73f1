"""The answer to a form about something that is gone, or no longer hers: what was typed comes back."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from abierto.approval.errors import NothingSaved
from abierto.bad_requests.submitted_input import typed_words

from .versions import OPENED


class NothingToSave(NothingSaved):
    """What was sent has nowhere to go; whoever typed it may copy it."""

    def __init__(self, sentence: str, typed: str, status: int) -> None:
        super().__init__(sentence)
        self.typed = typed
        self.status = status
        self.is_final = True


def respond_deleted(request: HttpRequest) -> NothingToSave | None:
    """Return what to answer to whoever typed into what is not there; None when she typed nothing."""
    words = typed_words(request)
    sentence = _("Lo que editabas ya no existe: alguien lo borró mientras escribías.")
    return NothingToSave(sentence, words, 404) if words else None


def respond_forbidden(request: HttpRequest) -> NothingToSave | None:
    """Return what to answer to whoever lost the right to change what she was editing."""
    words = typed_words(request) if OPENED in request.POST else ""
    sentence = _("Ya no puedes cambiar esto. Pide que te den otra vez el papel.")
    return NothingToSave(sentence, words, 403) if words else None
