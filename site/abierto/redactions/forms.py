"""The forms of the two steps of a redaction: the text, and the choice of what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from abierto.privacy.extraction.parts import Reason
from abierto.privacy.redaction.docx import MAX_DOCX
from abierto.privacy.redaction.texts import Item
from abierto.scanning import check_virus
from abierto.tenancy.models import Space
from abierto.text import split_lines

from .labels import READING_PROBLEMS

MAX_TEXT = 200_000
MAX_WORDS = 200
LONGEST_WORD = 200


class TextForm(forms.Form):
    """A pasted text, or a DOCX file."""

    space = forms.ModelChoiceField(Space.objects.none(), label=_("Espacio"))
    text = forms.CharField(
        label=_("Texto"),
        required=False,
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "true"}),
        help_text=_("Pégalo aquí antes de ponerlo en una página: así nunca se guarda en ella tal como está."),
    )
    file = forms.FileField(
        label=_("O un archivo .docx"),
        required=False,
        help_text=_(
            "El archivo nuevo no lleva comentarios, cambios, propiedades ni archivos incrustados. Sus "
            "imágenes no se leen: revísalas."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args: Any, spaces: Sequence[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["space"])
        field.queryset = Space.objects.filter(pk__in=[space.pk for space in spaces])
        if len(spaces) == 1:
            field.initial, field.disabled = spaces[0], True
            field.widget = forms.HiddenInput()

    def clean_file(self) -> bytes | None:
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > MAX_DOCX:
            raise ValidationError(READING_PROBLEMS[Reason.TOO_LARGE])
        check_virus(file)
        content: bytes = file.read()
        return content

    def clean(self) -> dict[str, Any]:
        """Require either a text or a file."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_file = cleaned.get("file") is not None
        if not self.errors and has_file == bool(cleaned["text"].strip()):
            raise ValidationError(_("Pega un texto o sube un archivo: uno de los dos."))
        return cleaned


class ChoiceForm(forms.Form):
    """The findings and other words to hide."""

    keys = forms.MultipleChoiceField(
        label=_("Qué se oculta"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("Otras palabras que ocultar"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-redaction-words": ""}),
        help_text=_(
            "Una por renglón. Un nombre con mayúsculas cuenta como persona; lo demás queda como "
            "[dato oculto]."
        ),
    )

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.MultipleChoiceField, self.fields["keys"])
        field.choices = [(item.key, item.value) for item in items]
        field.initial = [item.key for item in items]

    def clean_words(self) -> list[str]:
        words = split_lines(self.cleaned_data["words"])
        if len(words) > MAX_WORDS or any(len(word) > LONGEST_WORD for word in words):
            raise ValidationError(
                _("Escribe a lo más %(most)s renglones de %(longest)s letras.")
                % {"most": MAX_WORDS, "longest": LONGEST_WORD}
            )
        return list(dict.fromkeys(words))
