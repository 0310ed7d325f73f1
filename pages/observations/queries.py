"""What may be observed."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page

from abierto.tenancy.visibility import filter_public
from pages.roadmaps.models import RoadmapStep


def find_subjects(labels: Iterable[str]) -> QuerySet[Page]:
    """Return the public pages of these types («pages.RoadmapPage»)."""
    types = ContentType.objects.get_for_models(*(apps.get_model(label) for label in labels)).values()
    return filter_public(Page.objects.filter(content_type__in=types))


def has_step(subject: int | None, step: int | None) -> bool:
    """Check that the page ``subject`` is a roadmap with this step of a list."""
    return RoadmapStep.objects.filter(page=subject, step=step).exists()
