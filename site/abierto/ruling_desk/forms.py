"""Forms of the ruling desk: upload of a batch, monthly count, evidence."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from abierto.accounts.models import User
from abierto.form_fields.fields import CountField, DayField
from abierto.form_fields.texts import WebAddressField
from abierto.spreadsheets.attachments import pack_files
from abierto.spreadsheets.fields import SheetField

from .models import MonthlyCount
from .queries import loadable_lists

MAX_ARCHIVE = 1024 * 1024 * 1024


class ListField(forms.ModelChoiceField):
    """A choice of ruling lists, labelled with their admin titles."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_admin_display_title())


class FolderInput(forms.FileInput):
    """A file input for all files of a folder."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FolderField(forms.FileField):
    """A field for any number of files."""

    widget = FolderInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FolderField, self).clean(file, initial) for file in data or []]


class RulingUploadForm(forms.Form):
    """A spreadsheet of rulings with its files, in a ZIP or as a folder."""

    index = ListField(queryset=None, label=_("Lista de sentencias"), empty_label=None)
    sheet = SheetField(
        label=_("Hoja de cálculo"),
        help_text=_("Un renglón por sentencia, en .xlsx o .csv, con los encabezados de la plantilla."),
        error_messages={"required": _("Elige la hoja con las sentencias.")},
    )
    archive = forms.FileField(
        label=_("Archivos en un ZIP"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=_("Los PDF o DOCX que la hoja nombra. Si no hay archivos, déjalo vacío."),
    )
    folder = FolderField(
        label=_("O una carpeta"),
        required=False,
        widget=FolderInput(attrs={"webkitdirectory": True, "multiple": True}),
        help_text=_("Se suben los archivos que tiene dentro."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["index"].queryset = loadable_lists(by)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse both a ZIP and a folder, and more than ``MAX_ARCHIVE`` bytes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        archive, folder = cleaned.get("archive"), cleaned.get("folder") or []
        if archive and folder:
            raise ValidationError(_("Sube el ZIP o la carpeta: uno de los dos."))
        if sum(file.size or 0 for file in [*folder, *filter(None, [archive])]) > MAX_ARCHIVE:
            raise ValidationError(_("Los archivos pasan de 1 GB. Divide el lote en varios."))
        return cleaned

    def open_archive(self) -> IO[bytes] | None:
        """Return the uploaded ZIP, or a new one with the files of the folder; None without files."""
        folder = self.cleaned_data["folder"]
        if not folder:
            archive: IO[bytes] | None = self.cleaned_data["archive"]
            return archive
        packed = TemporaryFile()  # noqa: SIM115 (the caller stores it; it goes with its last reference)
        pack_files(((file.name or "", file.file) for file in folder), packed)
        packed.seek(0)
        return packed


class CountForm(forms.ModelForm):
    """The number of rulings that a tribunal decided in a month, with its source."""

    index = ListField(queryset=None, label=_("Lista de sentencias"), empty_label=None)

    class Meta:
        model = MonthlyCount
        fields = ["index", "month", "decided", "source", "source_url"]
        field_classes = {"month": DayField, "decided": CountField, "source_url": WebAddressField}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["index"].queryset = loadable_lists(by)  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """The action of a commitment to which the coverage of a month is added as evidence."""

    action = forms.ChoiceField(
        label=_("Acción"),
        error_messages={"required": _("Elige la acción.")},
        help_text=_("Las de los compromisos que tu espacio reporta."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = choices  # type: ignore[attr-defined]
