"""The form of a word list: additions, removals and their source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, ngettext

from abierto.language.word_lists import (
    MAX_LENGTH,
    MAX_LINES,
    LineError,
    LineProblem,
    read_additions,
    read_removals,
    write_additions,
)
from abierto.tenancy.models import Space

from .models import WordListVersion
from .services import known_phrases

LISTED = 5
"""Number of invalid lines in an error message."""

PROBLEMS = {
    LineProblem.NO_SIGN: gettext_lazy("Renglón %(number)s: escribe «frase = palabra llana»."),
    LineProblem.PHRASE: gettext_lazy(
        "Renglón %(number)s: la frase lleva solo palabras, {verbo} o (una|otra); sin otros signos ni cifras."
    ),
    LineProblem.PLAIN: gettext_lazy("Renglón %(number)s: falta qué escribir en su lugar, solo con palabras."),
    LineProblem.TOO_LONG: gettext_lazy("Renglón %(number)s: usa %(longest)s letras como máximo."),
    LineProblem.TWO_MEANINGS: gettext_lazy(
        "Renglón %(number)s: esa frase ya está arriba con otra propuesta. Deja una."
    ),
    LineProblem.KNOWN: gettext_lazy("Renglón %(number)s: esa frase ya está en la lista de todo el portal."),
    LineProblem.UNKNOWN: gettext_lazy("Renglón %(number)s: esa frase no está en la lista."),
    LineProblem.TOO_MANY: gettext_lazy("Son demasiados renglones: el límite es de %(most)s por lista."),
}


class WordListForm(forms.ModelForm):
    class Meta:
        model = WordListVersion
        fields = ["additions", "removals", "source"]
        widgets = {
            "additions": forms.Textarea(attrs={"rows": 12}),
            "removals": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "additions": gettext_lazy(
                "Una por renglón: «frase = palabra llana». {llevar} es cualquier forma del verbo y (a|al) "
                "una de las palabras."
            ),
            "removals": gettext_lazy("Frases de la lista original que ya no se señalan, una por renglón."),
            "source": gettext_lazy("La obra o la decisión en que se basa lo agregado."),
        }

    def __init__(self, *args: Any, word_list: str, space: Space | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = known_phrases(word_list, space)
        self._only_adds = space is not None
        if self._only_adds:
            del self.fields["removals"]

    def clean_additions(self) -> str:
        additions, errors = read_additions(
            self.cleaned_data["additions"], self._known if self._only_adds else None
        )
        self._refuse(errors)
        return write_additions(additions)

    def clean_removals(self) -> str:
        removals, errors = read_removals(self.cleaned_data["removals"], self._known)
        self._refuse(errors)
        return "\n".join(sorted(removals))

    def _refuse(self, errors: list[LineError]) -> None:
        """Raise an error with the first invalid lines and the number of others.

        Raises:
            ValidationError: if there is an invalid line.
        """
        messages = [
            PROBLEMS[error.problem] % {"number": error.number, "longest": MAX_LENGTH, "most": MAX_LINES}
            for error in sorted(errors, key=lambda error: error.problem is not LineProblem.TOO_MANY)[:LISTED]
        ]
        more = len(errors) - LISTED
        if more > 0:
            messages.append(ngettext("Y %(more)s más.", "Y %(more)s más.", more) % {"more": more})
        if messages:
            raise forms.ValidationError(messages)
