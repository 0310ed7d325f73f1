"""What may be on the list of official contacts."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from abierto.approval.review.private_data import KIND_LABELS, KINDS_OF_AN_OFFICE, scan_text
from abierto.privacy.contacts import EXTENSION, normalize_address
from abierto.privacy.excerpts import SHOWN
from abierto.registry.enums import ContactKind


def find_contact_problem(kind: str, value: str) -> str | None:
    """Return what is wrong with a contact of ``kind``; None if it may be on the list.

    A CURP, an account or any other kind of personal data is refused: only contacts can be allowed.
    """
    for finding in scan_text(value):
        if finding.type not in KINDS_OF_AN_OFFICE:
            return _(
                "«%(start)s…» parece otro dato (%(kind)s), que nunca se puede permitir. Aquí solo van "
                "contactos de la oficina."
            ) % {"start": value[finding.start : finding.start + SHOWN], "kind": KIND_LABELS[finding.type]}
    if kind == ContactKind.PHONE and not is_phone(value):
        return _("Escribe un solo teléfono de diez cifras, como «473 102 27 00» o «473 102 27 00 ext. 12».")
    if kind == ContactKind.EMAIL and not is_email(value):
        return _("Escribe un solo correo, como «transparencia@coroneo.gob.mx».")
    if kind == ContactKind.ADDRESS and not normalize_address(value):
        return _("Escribe la calle y el número, como «Paseo de la Presa 103»; sin número, «s/n».")
    return None


def is_phone(value: str) -> bool:
    """Check for one Mexican number, with or without an extension."""
    written = EXTENSION.sub("", value.lower())
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, "MX"))
    except phonenumbers.NumberParseException:
        return False


def is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True
