"""The form field of an uploaded spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from abierto.scanning import check_virus

SHEETS = (".xlsx", ".csv", ".txt", ".tsv")
MAX_SHEET = 20 * 1024 * 1024


class SheetField(forms.FileField):
    """A file field that checks extension, size and viruses; the reader checks the content."""

    default_error_messages = {
        "required": _("Elige la hoja de cálculo."),
        "empty": _("La hoja está vacía."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": ",".join(SHEETS)}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse a file with another extension, one that is too large, or one with a virus."""
        sheet: UploadedFile = super().clean(data, initial)
        suffix = Path(sheet.name or "").suffix.lower()
        if suffix == ".xlsm":
            raise ValidationError(_("El libro tiene macros. Guárdalo como .xlsx, que no las lleva."))
        if suffix not in SHEETS:
            raise ValidationError(_("El archivo no es una hoja de cálculo. Súbelo como .xlsx o .csv."))
        if (sheet.size or 0) > MAX_SHEET:
            raise ValidationError(_("La hoja es demasiado grande. Divídela en varias."))
        check_virus(sheet)
        return sheet
