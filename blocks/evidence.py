"""Evidence of a promise, and the promised means of verification."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from blocks.base import DATA, PortalBlock
from blocks.choosers import DocumentChoice
from blocks.fields import DayBlock, KeyBlock, LineBlock, LinesBlock, WebAddressBlock
from blocks.media import site_name
from blocks.visibility import document_url


class EvidenceKind(models.TextChoices):
    """The kinds of evidence by how it is accessed."""

    LINK = "link", _("Enlace")
    DOCUMENT = "document", _("Documento")
    IMAGE = "image", _("Imagen")
    CITED = "cited", _("Mencionada, sin enlace")


class MeansKind(models.TextChoices):
    """The kinds of promised proof."""

    PUBLICATION = "publication", _("Publicación")
    DOCUMENT = "document", _("Documento")
    WEBSITE = "website", _("Sitio web")
    SURVEY = "survey", _("Encuesta")
    MINUTES = "minutes", _("Minuta o acta")
    DATASET = "dataset", _("Datos abiertos")
    OTHER = "other", _("Otro")


class MeansCadence(models.TextChoices):
    """How often the proof was promised."""

    ONCE = "once", _("Una vez")
    MONTHLY = "monthly", _("Cada mes")
    BIMONTHLY = "bimonthly", _("Cada dos meses")
    QUARTERLY = "quarterly", _("Cada tres meses")
    SEMIANNUAL = "semiannual", _("Cada seis meses")
    ANNUAL = "annual", _("Cada año")
    UNKNOWN = "unknown", _("El documento no dice cada cuánto")


class EvidenceValue(blocks.StructValue):
    """One piece of evidence with its address."""

    @property
    def kind_label(self) -> str:
        """Return the kind as text."""
        return _choice_label(EvidenceKind, self.get("kind"))

    @property
    def is_cited(self) -> bool:
        """Check whether a source cites the evidence and no link exists."""
        return self.get("kind") == EvidenceKind.CITED

    @property
    def address(self) -> str:
        """Return its URL: that of the uploaded file, which is permanent, else the external one."""
        document, url = self.get("document"), self.get("url") or ""
        if self.get("kind") == EvidenceKind.LINK or document is None:
            return url
        return document_url(document)

    @property
    def site(self) -> str:
        """Return the site that the address belongs to, empty for our own files."""
        url = self.get("url") or ""
        return site_name(url) if url and self.address == url else ""


class EvidenceBlock(PortalBlock):
    """Evidence of an action: a link, a file, or evidence that a source only cites."""

    title = LineBlock(label=_("Título"), max_length=200)
    kind = blocks.ChoiceBlock(
        label=_("Tipo"), choices=EvidenceKind.choices, default=EvidenceKind.LINK.value, search_index=False
    )
    url = WebAddressBlock(label=_("Dirección"), required=False)
    document = DocumentChoice(label=_("Documento"), required=False)
    published_on = DayBlock(label=_("Fecha de publicación"), required=False)
    description = LinesBlock(label=_("Qué demuestra"), required=False, max_length=500)
    means_key = KeyBlock(
        label=_("Prueba prometida que cumple"),
        required=False,
        help_text=_("Identificador de la prueba prometida. Déjalo como está si no lo conoces."),
    )

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        kind, url, document = value["kind"], value["url"], value["document"]
        if kind == EvidenceKind.CITED:
            return _cited_evidence_errors(url, document)
        if self.is_deferred_validation:
            return {}
        if kind == EvidenceKind.LINK and not url:
            return {"url": ValidationError(_("Escribe la dirección, o elige «Mencionada» si no la tienes."))}
        if kind == EvidenceKind.DOCUMENT and not document:
            return {"document": ValidationError(_("Elige el documento, o cambia el tipo."))}
        if kind == EvidenceKind.IMAGE and not (url or document):
            return {"document": ValidationError(_("Elige el archivo de la imagen o escribe su dirección."))}
        return {}

    class Meta:
        icon = "doc-full-inverse"
        label = _("Evidencia")
        group = DATA
        description = _("Lo que prueba el avance: enlace, documento o cita.")
        template = "blocks/evidence.html"
        value_class = EvidenceValue
        label_format = "{title}"
        form_layout = BlockGroup(
            children=["title", "kind", "url", "document", "published_on", "description"],
            settings=["means_key"],
        )
        preview_value: dict[str, Any] = {
            "title": _("Buscador de resoluciones electorales"),
            "kind": "link",
            "url": "https://www.example.org/buscador",
            "document": None,
            "published_on": datetime.date(2023, 10, 2),
            "description": _("El buscador funciona y permite filtrar por año."),
            "means_key": "",
        }


def _cited_evidence_errors(url: str, document: Any) -> dict[str, ValidationError]:
    """Return the errors of evidence that is only cited in a source."""
    problems = {}
    if url:
        problems["url"] = ValidationError(_("Borra la dirección, o cambia el tipo a «Enlace»."))
    if document:
        problems["document"] = ValidationError(_("Quita el documento, o cambia el tipo a «Documento»."))
    return problems


class MeansValue(blocks.StructValue):
    """A promised proof with its labels."""

    @property
    def kind_label(self) -> str:
        """Return the kind as text."""
        return _choice_label(MeansKind, self.get("kind"))

    @property
    def cadence_label(self) -> str:
        """Return the cadence as text."""
        return _choice_label(MeansCadence, self.get("cadence"))


class MeansBlock(PortalBlock):
    """A promised means of verification; evidence refers to the id of the block."""

    text = LineBlock(label=_("Qué se prometió mostrar"), max_length=300)
    kind = blocks.ChoiceBlock(
        label=_("Tipo"), choices=MeansKind.choices, default=MeansKind.PUBLICATION.value, search_index=False
    )
    cadence = blocks.ChoiceBlock(
        label=_("Cada cuánto"),
        choices=MeansCadence.choices,
        default=MeansCadence.UNKNOWN.value,
        search_index=False,
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Prueba prometida")
        group = DATA
        description = _("Lo que el plan prometió mostrar para probar el avance.")
        template = "blocks/means.html"
        value_class = MeansValue
        label_format = "{text}"
        preview_value = {
            "text": _("Informe publicado en la página del tribunal"),
            "kind": "publication",
            "cadence": "quarterly",
        }


def _choice_label(choices: type[models.TextChoices], value: str | None) -> str:
    """Return the label of a stored choice; a removed choice is shown as stored."""
    return str(choices(value).label) if value in choices.values else (value or "")


EVIDENCE_BLOCKS = [("evidence", EvidenceBlock())]
MEANS_BLOCKS = [("means", MeansBlock())]
