"""The form of one action in «Mis compromisos en una tabla»: new figure, note and evidence."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamValue

from abierto.form_fields.texts import TextField, WebAddressField
from blocks.evidence import EvidenceBlock, EvidenceKind
from blocks.validators import validate_web_address

from .action_context import PromisedProof
from .inlines import UpdateRow
from .rules import missing_value_error

#: The fields of the form by those of the evidence block.
EVIDENCE_FIELDS = {"title": "evidence_title", "url": "evidence_url", "means_key": "proof"}
BLOCK = EvidenceBlock()


def find_link(stream: list[dict[str, Any]]) -> int | None:
    """Return the index of the first link in a stored stream of evidence."""
    links = (place for place, child in enumerate(stream) if child["value"].get("kind") == EvidenceKind.LINK)
    return next(links, None)


class GridRowForm(WagtailAdminModelForm):
    """A row of an update, with its first link as evidence; its other evidence stays as it is."""

    evidence_title = TextField(label=_("Prueba: título"), required=False, max_length=200)
    evidence_url = WebAddressField(
        label=_("Prueba: dirección"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        validators=[validate_web_address],
    )
    proof = forms.ChoiceField(label=_("Prueba prometida que cumple"), required=False)

    class Meta(WagtailAdminModelForm.Meta):
        model = UpdateRow
        fields: ClassVar = ["percent", "stage", "note"]
        labels: ClassVar = {"percent": _("Cifra nueva"), "stage": _("o etapa"), "note": _("Nota")}
        help_texts: ClassVar = {"percent": "", "stage": "", "note": ""}
        widgets: ClassVar = {"note": AdminAutoHeightTextInput}

    def __init__(self, *args: Any, proofs: tuple[PromisedProof, ...], **kwargs: Any) -> None:
        row: UpdateRow = kwargs["instance"]
        self.stream: list[dict[str, Any]] = list(row.evidence.get_prep_value())
        self.link = find_link(self.stream)
        shown = self.stream[self.link]["value"] if self.link is not None else {}
        kwargs["initial"] = {field: shown.get(name) or "" for name, field in EVIDENCE_FIELDS.items()}
        super().__init__(*args, **kwargs)
        if proofs:
            choices = [("", _("Ninguna en particular")), *((proof.key, proof.text) for proof in proofs)]
            self.fields["proof"].choices = choices
        else:
            del self.fields["proof"]

    @property
    def other_evidence_count(self) -> int:
        """The pieces of evidence that are edited in the update itself."""
        return len(self.stream) - (self.link is not None)

    def clean(self) -> dict[str, Any]:
        """Check the evidence as the editor of the update does."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("evidence_title") or cleaned.get("evidence_url"):
            try:
                BLOCK.clean(BLOCK.to_python(self.build_evidence(cleaned)))
            except StructBlockValidationError as error:
                self.add_evidence_errors(error)
        elif cleaned.get("proof") and "evidence_url" in cleaned:
            self.add_error("evidence_title", _("Escribe el título y la dirección de la prueba."))
        return cleaned

    def add_evidence_errors(self, error: StructBlockValidationError) -> None:
        for name, problem in error.block_errors.items():
            field = EVIDENCE_FIELDS.get(name, "evidence_url")
            if field in self.fields and field not in self.errors:
                self.add_error(field, ValidationError(problem.messages))

    def build_evidence(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the raw value of the typed evidence."""
        before = (
            self.stream[self.link]["value"] if self.link is not None else {"kind": EvidenceKind.LINK.value}
        )
        typed = {
            name: values.get(field) or "" for name, field in EVIDENCE_FIELDS.items() if field in self.fields
        }
        return before | typed

    def require_value(self) -> None:
        """Require the value, which may be empty in a draft only."""
        values = self.cleaned_data
        error = missing_value_error(
            values.get("percent"), values.get("stage") or "", values.get("note") or ""
        )
        if error and not self.errors:
            self.add_error("percent", error)

    def fill_row(self, row: UpdateRow) -> None:
        """Copy the typed values to ``row``; evidence without title and address is removed."""
        values = self.cleaned_data
        row.percent, row.stage, row.note = values["percent"], values["stage"], values["note"]
        stream = list(self.stream)
        if values["evidence_title"] or values["evidence_url"]:
            if self.link is None:
                stream.append({"type": "evidence", "value": self.build_evidence(values)})
            else:
                stream[self.link] = stream[self.link] | {"value": self.build_evidence(values)}
        elif self.link is not None:
            del stream[self.link]
        row.evidence = read_stream(stream)


def read_stream(stream: list[dict[str, Any]]) -> StreamValue:
    """Return the value of a stored stream of evidence."""
    field: Any = UpdateRow._meta.get_field("evidence")
    value: StreamValue = field.stream_block.to_python(stream)
    return value
