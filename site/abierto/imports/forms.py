"""The upload of an import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from abierto.spreadsheets.fields import SheetField

from .kinds import Target


class UploadForm(forms.Form):
    """For which plan or space the spreadsheet is, and the spreadsheet."""

    target = forms.ChoiceField(label=_("Para"), error_messages={"required": _("Elige para qué es.")})
    sheet = SheetField(
        label=_("Hoja de cálculo"), help_text=_("En .xlsx o .csv, con los encabezados de la plantilla.")
    )

    def __init__(self, *args: Any, targets: Iterable[Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = {target.key: target for target in targets}
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            (key, target.title) for key, target in self.targets.items()
        ]
