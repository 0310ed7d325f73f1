"""What may be observed, and the observations about a page."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page

from abierto.tenancy.visibility import filter_public
from pages.roadmaps.models import RoadmapStep

#: What is joined to a page that may be an observation or an answer.
JOINED = ("observationpage__institution", "observationpage__step", "observationanswerpage__observation")


def find_subjects(labels: Iterable[str]) -> QuerySet[Page]:
    """Return the public pages of these types («pages.RoadmapPage»)."""
    types = ContentType.objects.get_for_models(*(apps.get_model(label) for label in labels)).values()
    return filter_public(Page.objects.filter(content_type__in=types))


def has_step(subject: int | None, step: int | None) -> bool:
    """Check that the page ``subject`` is a roadmap with this step of a list."""
    return RoadmapStep.objects.filter(page=subject, step=step).exists()


def is_about(page: Page) -> Q:
    """Return the condition on pages: observations about a page in any language, and their answers."""
    key = page.translation_key
    return Q(observationpage__subject__translation_key=key) | Q(
        observationanswerpage__observation__subject__translation_key=key
    )
