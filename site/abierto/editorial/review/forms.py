"""The forms of a review."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ApprovalForm(forms.Form):
    """Approve what was read. The template prints the token: Wagtail builds the form without the task."""

    comment = forms.CharField(
        label=_("Comentario"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Se publica en la página junto a tu nombre o tu cargo. Puedes dejarlo vacío."),
    )
    token = forms.CharField(widget=forms.HiddenInput)


class StepForm(ApprovalForm):
    """Approve a step after which somebody else decides: what is said stays among those who review."""

    comment = forms.CharField(
        label=_("Comentario"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Lo lee quien decide después. No se publica. Puedes dejarlo vacío."),
    )


class ReturnForm(forms.Form):
    """Send back to whoever wrote, with reasons."""

    comment = forms.CharField(
        label=_("Qué falta o qué hay que corregir"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Escribe qué debe cambiar para que se pueda aprobar.")},
    )
