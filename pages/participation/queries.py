"""What the pages of taking part read of other pages."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from abierto.tenancy.declared_reads import declared_reads
from pages.plans.commitments import CommitmentPage

from .gatherings import CoCreationTablePage


def read_origins(commitment: Page) -> list[CoCreationTablePage]:
    """Return the public co-creation tables that gave rise to a commitment, in any language, with one query.

    Their pages change rarely and then every cached page is dropped (``is_found_by_key``).
    """
    kinds = ContentType.objects.get_for_models(Page, CommitmentPage, CoCreationTablePage)
    same = Page.objects.filter(translation_key=commitment.translation_key).annotate(
        number=Cast("pk", CharField())
    )
    references = ReferenceIndex.objects.filter(
        base_content_type=kinds[Page],
        content_type=kinds[CoCreationTablePage],
        object_id=Cast(OuterRef("pk"), CharField()),
        to_content_type__in=(kinds[Page], kinds[CommitmentPage]),
        to_object_id__in=same.values("number"),
        model_path__startswith="commitments.",
    )
    tables = CoCreationTablePage.objects.public().in_active_language().filter(Exists(references))
    with declared_reads():
        return list(tables.order_by("starts_on", "path"))
