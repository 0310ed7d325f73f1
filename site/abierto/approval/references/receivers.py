"""Check of translation overrides: wagtail-localize stores any value that it receives."""

from collections.abc import Iterator
from typing import Any

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail_localize.models import OverridableSegment, SegmentOverride

from abierto.approval.errors import ReferencesRefused
from abierto.tenancy.reference_policy import space_of_content
from blocks.raw_values import StoredReference, stored_key, typed_key

from .checks import error_messages, find_refused_references
from .extraction import iter_references


def check_override(sender: type[SegmentOverride], instance: SegmentOverride, **kwargs: Any) -> None:
    """Refuse an override that refers to a missing object, or to one that the content may not use.

    Raises:
        ReferencesRefused: with the field.
    """
    written = kwargs.get("update_fields")
    if kwargs.get("raw") or (written is not None and "data_json" not in written):
        return
    for segment in OverridableSegment.objects.filter(context_id=instance.context_id).select_related("source"):
        subject = segment.source.as_instance()
        references = [
            build_override_reference(reference, instance.data)
            for reference in find_source_references(segment, subject)
        ]
        refused = find_refused_references(references, space_of_content(subject), instance.last_translated_by)
        if refused:
            raise ReferencesRefused(error_messages(refused))
        if isinstance(segment.data, int) and not references and not _is_key(instance.data):
            raise ReferencesRefused(_("Lo que elegiste ya no existe. Elige otra vez o déjalo vacío."))


def find_source_references(segment: OverridableSegment, subject: Any) -> Iterator[StoredReference]:
    """Yield the references of the source with the key of the segment; none for an address."""
    if isinstance(segment.data, int):
        for reference in iter_references(subject):
            if reference.pk == segment.data:
                yield reference


def build_override_reference(reference: StoredReference, value: Any) -> StoredReference:
    """Return the reference with the key of the override, which a browser sends as text."""
    key = stored_key(value, reference.model) or typed_key(value, reference.model)
    return StoredReference(reference.model, value if key is None else key, reference.labels)


def _is_key(value: Any) -> bool:
    return typed_key(str(value), OverridableSegment) is not None


def connect() -> None:
    """Connect the receivers; called once, in ``AppConfig.ready``."""
    pre_save.connect(check_override, sender=SegmentOverride, dispatch_uid="abierto.approval.check_override")
