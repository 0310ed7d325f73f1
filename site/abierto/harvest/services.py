"""Read the open data that municipalities publish on their own sites, and store it apart from the pages.

A document is the record of a municipality in the API of this portal, with its plans. The fields are those of
the API (``abierto.opendata.resources``), so that another portal of this kind can give the address of its
municipality there. ``plans`` may be left out, and so may the hash of a record.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, Any

from django.core.exceptions import ValidationError as FieldProblem
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError, create_model
from pydantic import Field as Limits

from abierto.approval.review.private_data import describe
from abierto.board.site_client import PrivateAddress, SiteVisitor, VisitFailed
from abierto.opendata.fields import Field, FieldKind
from abierto.opendata.resource import HASH
from abierto.opendata.resources.plans import PlanResource
from abierto.opendata.resources.registry import MunicipalityResource
from abierto.privacy.findings import FindingLevel
from abierto.privacy.scanning import scan
from abierto.registry.models import HarvestedRecord, Municipality
from blocks.validators import validate_web_address

MAX_BYTES = 2 * 1024 * 1024
"""Bytes of a document: a record with all its plans is some hundred kilobytes."""
LONGEST_TEXT = 20_000
MOST_ROWS = 500
MOST_PLANS = 20
MOST_PROBLEMS = 5


# --- Reading and storing ---------------------------------------------------------------------------------


def harvest_all(visitor: SiteVisitor) -> Iterator[tuple[Municipality, HarvestedRecord]]:
    """Read the data address of each public municipality; yield each record as soon as it is stored.

    Records of addresses that were removed from the registry are deleted.
    """
    has_moved = ~Q(url=F("municipality__data_url")) & Q(read_at__isnull=False)
    gone = Q(municipality__data_url="") | Q(municipality__live=False)
    HarvestedRecord.objects.filter(gone | has_moved).delete()
    for town in Municipality.objects.public().exclude(data_url="").order_by("name"):
        yield town, harvest(town, visitor)


def harvest(town: Municipality, visitor: SiteVisitor) -> HarvestedRecord:
    """Read the address of one municipality; after a failure the earlier record stays, with its date."""
    record, _is_new = HarvestedRecord.objects.get_or_create(municipality=town)
    now = timezone.now()
    try:
        content = read_document(visitor.download(town.data_url), town.code)
    except PrivateAddress:
        record.failed_at, record.failure = now, _("No se visitó: la dirección no es pública.")
    except (VisitFailed, DocumentRefused) as error:
        record.failed_at, record.failure = now, str(error)
    else:
        record.url, record.content, record.read_at = town.data_url, content, now
        record.failed_at, record.failure = None, ""
    record.save()
    return record


# --- The document ----------------------------------------------------------------------------------------


class DocumentRefused(Exception):
    """A document that cannot be stored; the message lists its problems with their JSON paths, in Spanish."""


def check_address(value: str) -> str:
    """Return a web address or an empty text.

    Raises:
        ValueError: for any other address.
    """
    if value:
        try:
            validate_web_address(value)
        except FieldProblem as error:
            raise ValueError(" ".join(error.messages)) from error
    return value


TEXT = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
TYPES: dict[FieldKind, Any] = {
    FieldKind.TEXT: TEXT,
    FieldKind.ADDRESS: Annotated[TEXT, AfterValidator(check_address)],
    FieldKind.INTEGER: int,
    FieldKind.NUMBER: float,
    FieldKind.DAY: datetime.date,
    FieldKind.MOMENT: datetime.datetime,
    FieldKind.YES_NO: bool,
    FieldKind.LIST: Annotated[list[TEXT], Limits(max_length=MOST_ROWS)],
}
#: Exactly the fields of the schema, with the types of JSON: a number in quotes is refused.
STRICT = ConfigDict(extra="forbid", strict=True)


def build_model(name: str, fields: Iterable[Field], **more: Any) -> type[BaseModel]:
    """Return a Pydantic model with the rules of the record's JSON Schema (``fields.object_schema``)."""
    known: dict[str, Any] = {}
    for field in fields:
        if field.kind is FieldKind.ROWS:
            row = build_model(f"{name}_{field.name}", field.items)
            known[field.name] = (Annotated[list[row], Limits(max_length=MOST_ROWS)], ...)  # type: ignore[valid-type]
            continue
        kind = TYPES[field.kind]
        if field.kind is not FieldKind.LIST and not field.is_required:
            kind = kind | None
        is_free = field.only_alone or field.name == HASH.name
        known[field.name] = (kind | None, None) if is_free else (kind, ...)
    return create_model(name, __config__=STRICT, **known, **more)


@cache
def document_model() -> type[BaseModel]:
    """Return the Pydantic model of a whole document: a municipality with its plans."""
    plan = build_model("plan", PlanResource().fields)
    plans = Annotated[list[plan], Limits(max_length=MOST_PLANS)]  # type: ignore[valid-type]
    return build_model("municipality", MunicipalityResource().fields, plans=(plans, []))


def read_document(text: bytes, code: str) -> dict[str, Any]:
    """Return the record of the municipality with this INEGI code as JSON values.

    Raises:
        DocumentRefused: if the schema does not allow it, if it is of another municipality, or if it has
            personal data of the level ``BLOCK``.
    """
    try:
        record = document_model().model_validate_json(text)
    except ValidationError as error:
        raise DocumentRefused(describe_errors(error)) from error
    content: dict[str, Any] = record.model_dump(mode="json")
    if content["id"] != code:
        message = _("Es de otro municipio: su clave es %(found)s y se espera %(code)s.")
        raise DocumentRefused(message % {"found": content["id"][:20], "code": code})
    for place, words in iter_texts(content):
        for finding in scan(words):
            if finding.level == FindingLevel.BLOCK:
                raise DocumentRefused(f"{place}: {describe(words, finding)}")
    return content


def describe_errors(error: ValidationError) -> str:
    """Return the first problems with their places."""
    sentences = {
        "missing": _("falta"),
        "extra_forbidden": _("no es un campo de la API"),
        "json_invalid": _("no es JSON"),
    }
    other = _("no tiene el tipo o el tamaño que pide la API")
    found = error.errors(include_url=False, include_input=False)
    lines = []
    for problem in found[:MOST_PROBLEMS]:
        place = " › ".join(str(part) for part in problem["loc"]) or _("El documento")
        lines.append(f"{place}: {sentences.get(problem['type'], other)}.")
    if len(found) > MOST_PROBLEMS:
        lines.append(_("Y %(count)s problemas más.") % {"count": len(found) - MOST_PROBLEMS})
    return " ".join(lines)


def iter_texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a JSON value with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from iter_texts(part, f"{place} › {name}" if place else name)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from iter_texts(part, f"{place} › {number}")
