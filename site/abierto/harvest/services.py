"""Read what municipalities publish elsewhere, and store it apart from all content of the portal."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.board.visits import InwardAddress, VisitFailed, Visitor
from abierto.registry.models import HarvestedRecord, Municipality

from .documents import DocumentRefused, read_document

MAX_BYTES = 2 * 1024 * 1024
"""Bytes of a document: a record with all its plans is some hundred kilobytes."""


def harvest_all(visitor: Visitor) -> Iterator[tuple[Municipality, HarvestedRecord]]:
    """Read the address of each public municipality that has one; yield each as soon as it is stored.

    What is left of addresses that the registry no longer has is deleted.
    """
    has_moved = ~Q(url=F("municipality__data_url")) & Q(read_at__isnull=False)
    gone = Q(municipality__data_url="") | Q(municipality__live=False)
    HarvestedRecord.objects.filter(gone | has_moved).delete()
    for town in Municipality.objects.public().exclude(data_url="").order_by("name"):
        yield town, harvest(town, visitor)


def harvest(town: Municipality, visitor: Visitor) -> HarvestedRecord:
    """Read the address of one municipality; a failure leaves what was read before, with its date."""
    record, _is_new = HarvestedRecord.objects.get_or_create(municipality=town)
    now = timezone.now()
    try:
        content = read_document(visitor.download(town.data_url), town.code)
    except InwardAddress:
        record.failed_at, record.failure = now, _("No se visitó: la dirección no es pública.")
    except (VisitFailed, DocumentRefused) as error:
        record.failed_at, record.failure = now, str(error)
    else:
        record.url, record.content, record.read_at = town.data_url, content, now
        record.failed_at, record.failure = None, ""
    record.save()
    return record
