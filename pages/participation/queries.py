"""What the pages of taking part read of other pages."""

from __future__ import annotations

from django.db.models import CharField, Exists
from django.db.models.functions import Cast
from wagtail.models import Page

from pages.plans.chosen import references_from
from pages.plans.commitments import CommitmentPage

from .gatherings import CoCreationTablePage


def is_origin_of(commitment: Page) -> Exists:
    """Return the condition on pages: co-creation tables that gave rise to a commitment in any language.

    Their pages change rarely and then every cached page is dropped (``is_found_by_key``).
    """
    same = Page.objects.filter(translation_key=commitment.translation_key).annotate(
        number=Cast("pk", CharField())
    )
    return Exists(references_from(CoCreationTablePage, "commitments", CommitmentPage, same.values("number")))
