"""The forms of a review."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abierto.text import VisibleCharField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: To whoever approves with open comments and does not say that she knows.
OPEN_COMMENTS_ERROR = _("Quedan comentarios abiertos. Resuélvelos o confirma que apruebas así.")


class BaseApprovalForm(forms.Form):
    """What somebody says when she approves."""

    comment = VisibleCharField(label=_("Comentario"), required=False, widget=forms.Textarea({"rows": 3}))
    #: Who reads it.
    comment_help: "StrOrPromise" = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].help_text = self.comment_help


class ApprovalForm(BaseApprovalForm):
    """Approve what was read. The template prints the token: Wagtail builds the form without the task."""

    comment_help = _("Se publica en la página junto a tu nombre o tu cargo. Puedes dejarlo vacío.")
    token = forms.CharField(widget=forms.HiddenInput)


class StepForm(ApprovalForm):
    """Approve a step after which somebody else decides: what is said stays among those who review."""

    comment_help = _("Lo lee quien decide después. No se publica. Puedes dejarlo vacío.")


class ReturnForm(forms.Form):
    """Send back to whoever wrote, with reasons."""

    comment = VisibleCharField(
        label=_("Qué falta o qué hay que corregir"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Escribe qué debe cambiar para que se pueda aprobar.")},
    )
