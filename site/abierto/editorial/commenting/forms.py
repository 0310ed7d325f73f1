"""What is typed in a comment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abierto.text import VisibleCharField

LONGEST = 2000


class CommentForm(forms.Form):
    """A few words on one field, or in answer to others."""

    text = VisibleCharField(
        label=_("Comentario"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Escribe tu comentario."),
            "max_length": _("Son demasiadas letras: usa 2000 como mucho."),
        },
    )
    mention = forms.CharField(label=_("Avisar a"), required=False, max_length=150)

    def clean(self) -> dict[str, Any]:
        """Put whoever was picked among those that the text calls."""
        cleaned: dict[str, Any] = super().clean() or {}
        name = cleaned.get("mention", "").strip().removeprefix("@")
        if name and "text" in cleaned and f"@{name}".casefold() not in cleaned["text"].casefold():
            cleaned["text"] = f"@{name} {cleaned['text']}"
        return cleaned
