"""Find personal data in all texts of a version with the detectors of ``abierto.privacy``.

What blocks is refused here; what warns must be confirmed (``approval.confirmations``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.models import get_all_child_relations
from wagtail import hooks
from wagtail.fields import StreamField

from abierto.approval.ledger.hashing import NOT_CONTENT, is_content
from abierto.privacy.contacts import normalize_contact
from abierto.privacy.excerpts import SHOWN
from abierto.privacy.findings import Finding, FindingLevel, PersonalDataKind
from abierto.privacy.scanning import scan
from abierto.tenancy.models import Space
from abierto.tenancy.reference_policy import space_of_content

from .inline_rows import row_key
from .rich_text import plain_text

KIND_LABELS = {
    PersonalDataKind.CURP: gettext_lazy("CURP"),
    PersonalDataKind.RFC: gettext_lazy("RFC de una persona"),
    PersonalDataKind.NSS: gettext_lazy("número de seguridad social"),
    PersonalDataKind.CLABE: gettext_lazy("cuenta CLABE"),
    PersonalDataKind.CARD: gettext_lazy("tarjeta bancaria"),
    PersonalDataKind.INE: gettext_lazy("clave de elector"),
    PersonalDataKind.EMAIL: gettext_lazy("correo personal"),
    PersonalDataKind.PHONE: gettext_lazy("teléfono personal"),
    PersonalDataKind.PASSPORT: gettext_lazy("pasaporte"),
    PersonalDataKind.PLATE: gettext_lazy("placas de un vehículo"),
    PersonalDataKind.ADDRESS: gettext_lazy("domicilio"),
    PersonalDataKind.MINOR: gettext_lazy("nombre de una niña o un niño"),
    PersonalDataKind.PERSON: gettext_lazy("nombre de una persona"),
    PersonalDataKind.SENSITIVE: gettext_lazy(
        "dato sensible: salud, origen, creencias, sindicato o vida sexual"
    ),
}

#: What the contacts of an office are; no other kind can be allowed.
KINDS_OF_AN_OFFICE = frozenset({PersonalDataKind.EMAIL, PersonalDataKind.PHONE, PersonalDataKind.ADDRESS})

REMEMBERED_TEXTS = 256


@dataclass(frozen=True)
class PlacedFinding:
    """A finding in the text at one content path of a version."""

    path: str
    text: str
    finding: Finding
    neighbours: tuple[Finding, ...]
    """Every finding of the text, this one included."""

    @property
    def words(self) -> str:
        return self.text[self.finding.start : self.finding.end]


def find_private_data(findings: Iterable[PlacedFinding]) -> Iterator[tuple[str, str]]:
    """Yield the path and the message of each personal datum that may never be public."""
    for placed in findings:
        if placed.finding.level == FindingLevel.BLOCK:
            yield placed.path, describe(placed.text, placed.finding)


def iter_findings(subject: models.Model, contacts: Callable[[], set[str]]) -> Iterator[PlacedFinding]:
    """Yield the findings in every text of ``subject``, without its official ``contacts``."""
    for path, text in iter_texts(subject):
        findings = scan_without_official_contacts(text, contacts)
        for finding in findings:
            if finding.type not in KINDS_OF_AN_OFFICE or not is_contact_field(subject, path):
                yield PlacedFinding(path, text, finding, findings)


def is_contact_field(subject: models.Model, path: str) -> bool:
    """Check whether the model declares the field as a contact of an office, which is public."""
    return path in getattr(subject, "official_contact_fields", ())


def scan_without_official_contacts(text: str, contacts: Callable[[], set[str]]) -> tuple[Finding, ...]:
    """Return the personal data in ``text``; the official ``contacts`` are read only if there is a contact."""
    findings = scan_text(text)
    if any(finding.type in KINDS_OF_AN_OFFICE for finding in findings):
        findings = scan_text(text, frozenset(contacts()))
    return findings


@lru_cache(maxsize=REMEMBERED_TEXTS)
def scan_text(text: str, allowed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Scan a text; cached, because one version is validated several times before publication."""
    return tuple(scan(text, allowed))


def official_contacts(space: Space | None) -> set[str]:
    """Return the contacts that are public by office in texts of ``space``.

    Higher layers list them in the hook ``official_contacts``.
    """
    return {
        normalized
        for list_contacts in hooks.get_hooks("official_contacts")
        for contact in list_contacts(space)
        if contact and (normalized := normalize_contact(contact))
    }


def contacts_for(subject: models.Model) -> Callable[[], set[str]]:
    """Return the function that reads, once, the official contacts in the space of ``subject``."""
    return cache(lambda: official_contacts(space_of_content(subject)))


def describe(text: str, finding: Finding) -> str:
    return _("Quita el dato personal que empieza con «%(start)s» (%(kind)s): no se puede publicar.") % {
        "start": text[finding.start : finding.start + SHOWN],
        "kind": KIND_LABELS[finding.type],
    }


# --- Texts ---------------------------------------------------------------------------------------------


def iter_texts(subject: models.Model) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each field of ``subject`` and of its inline rows."""
    yield from iter_field_texts(subject)
    for relation in get_all_child_relations(subject):
        name = relation.get_accessor_name()
        if name in NOT_CONTENT:
            continue
        for row in getattr(subject, name).all():
            for path, text in iter_field_texts(row):
                yield f"{name}.{row_key(row)}.{path}", text


def iter_field_texts(subject: models.Model) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each field that an author fills, but for official mailboxes."""
    for field in subject._meta.fields:
        if field.name in NOT_CONTENT or not is_content(field) or isinstance(field, models.EmailField):
            continue
        text = "\n".join(iter_words(read_value(field, subject)))
        if text:
            yield field.name, text


def read_value(field: models.Field, subject: models.Model) -> Any:
    """Return the stored form of a field's value: texts, or lists and dictionaries of them."""
    if isinstance(field, StreamField):
        return field.get_prep_value(field.value_from_object(subject))
    if isinstance(field, models.FileField):
        return str(field.value_from_object(subject))
    return None if field.is_relation else field.value_from_object(subject)


def iter_words(value: Any) -> Iterator[str]:
    """Yield the texts in a stored value, those of rich text without their markup."""
    if isinstance(value, str):
        yield plain_text(value) if "<" in value else value
    elif isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        for inner in [value["value"]] if is_block else value.values():
            yield from iter_words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from iter_words(inner)
