"""The forms of a review."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abierto.text import VisibleCharField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: The error for an approval with open comments that the reviewer did not confirm.
OPEN_COMMENTS_ERROR = _("Quedan comentarios abiertos. Resuélvelos o confirma que apruebas así.")


class BaseApprovalForm(forms.Form):
    """The comment of an approval."""

    comment = VisibleCharField(label=_("Comentario"), required=False, widget=forms.Textarea({"rows": 3}))
    #: The help text: the readers of the comment.
    comment_help: "StrOrPromise" = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].help_text = self.comment_help


class ApprovalForm(BaseApprovalForm):
    """Approve the version that was read; the template adds the token: Wagtail builds the form without it."""

    comment_help = _("Se publica en la página junto a tu nombre o tu cargo. Puedes dejarlo vacío.")
    token = forms.CharField(widget=forms.HiddenInput)


class StepForm(ApprovalForm):
    """Approve a step before the last one: the comment is for the next reviewers only."""

    comment_help = _("Lo lee quien decide después. No se publica. Puedes dejarlo vacío.")


class ReturnForm(forms.Form):
    """Return to the author, with reasons."""

    comment = VisibleCharField(
        label=_("Qué falta o qué hay que corregir"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Escribe qué debe cambiar para que se pueda aprobar.")},
    )
