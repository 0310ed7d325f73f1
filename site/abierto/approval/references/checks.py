"""Refuse references to objects that the space or the author may not use, or that do not exist.

Checked in every form and preview, when a revision is saved, when a reviewer approves, and when a row becomes
public (``guard.checks``).
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.errors import ReferencesRefused
from abierto.approval.ledger.hashing import content_hash
from abierto.tenancy.models import Space
from abierto.tenancy.reference_policy import allowed_keys, space_of_content
from blocks.raw_values import StoredReference

from .extraction import iter_data_references, iter_references

ReferenceTarget = tuple[type[models.Model], Any]


def check_references(subject: Any, user: User | None = None, approved: bool = False) -> None:
    """Refuse content with references that its space, or its author ``user`` if known, may not use.

    ``approved`` content may name pages that were withdrawn since: a link to them is not shown.

    Raises:
        ReferencesRefused: with the fields, never with the name of the object.
    """
    references = list(iter_references(subject))
    if not references:
        return
    refused = find_refused_references(references, space_of_content(subject), user)
    if approved:
        refused = [reference for reference in refused if not issubclass(reference.model, Page)]
    refused = exclude_public(refused, subject) if refused else []
    if refused and not _is_public_already(subject):
        raise ReferencesRefused(error_messages(refused))


def check_stored_references(subject: Any, content: dict[str, Any]) -> None:
    """Refuse ``content``, the data of a revision of ``subject``, against the space of ``subject`` only.

    Raises:
        ReferencesRefused: with the fields, never with the name of the object.
    """
    references = list(iter_data_references(type(subject), content))
    refused = find_refused_references(references, space_of_content(subject), None) if references else []
    refused = exclude_public(refused, subject) if refused else []
    if refused:
        raise ReferencesRefused(error_messages(refused))


def find_refused_references(
    references: Iterable[StoredReference], space: Space | None, user: User | None
) -> list[StoredReference]:
    """Return the references that are malformed, to missing objects, or to objects that may not be used."""
    by_model: dict[type[models.Model], list[StoredReference]] = defaultdict(list)
    for reference in references:
        by_model[reference.model].append(reference)
    refused = []
    for model, found in by_model.items():
        keys = {reference.pk for reference in found if reference.pk is not None}
        allowed = allowed_keys(model, keys, space, user) if keys else set()
        refused += [reference for reference in found if reference.pk not in allowed]
    return refused


def exclude_public(refused: Iterable[StoredReference], subject: Any) -> list[StoredReference]:
    """Exclude the references of the public version of ``subject``: this author did not choose them."""
    public = find_public_targets(subject)
    return [
        reference
        for reference in refused
        if reference.pk is None or reference_target(reference) not in public
    ]


def find_public_targets(subject: Any) -> set[ReferenceTarget]:
    """Return the targets of the public version of ``subject``."""
    stored = _stored_if_live(subject)
    return (
        {reference_target(reference) for reference in iter_references(stored)}
        if stored is not None
        else set()
    )


def reference_target(reference: StoredReference) -> ReferenceTarget:
    """Return the object that a reference names; a page by its base model."""
    return (Page if issubclass(reference.model, Page) else reference.model, reference.pk)


def _stored_if_live(subject: Any) -> Any | None:
    if subject.pk is None:
        return None
    return type(subject)._base_manager.filter(pk=subject.pk, live=True).first()


def _is_public_already(subject: Any) -> bool:
    """Check whether exactly this content is public: saving it again changes nothing."""
    stored = _stored_if_live(subject) if subject.live else None
    return stored is not None and content_hash(stored) == content_hash(subject)


def error_messages(refused: Iterable[StoredReference]) -> str:
    """Return one sentence for each field with a refused reference."""
    return " ".join(dict.fromkeys(error_message(reference) for reference in refused))


def error_message(reference: StoredReference) -> str:
    """Return the message for a field, without revealing an object of another space."""
    return _(
        "«%(field)s» apunta a %(what)s que no existe o que aquí no se puede usar. Cámbialo o quítalo."
    ) % {
        "field": " › ".join(str(capfirst(label)) for label in reference.labels),
        "what": describe_kind(reference.model),
    }


def describe_kind(model: type[models.Model]) -> str:
    """Return the kind of a target as text."""
    if issubclass(model, Page):
        return _("una página")
    if issubclass(model, get_document_model()):
        return _("un documento")
    return _("una imagen") if issubclass(model, get_image_model()) else _("una ficha")
