"""The place of a withdrawn page, recorded for the history of its parent and for its reviewers."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page

from abierto.approval.models import Approval, WithdrawnFrom
from abierto.approval.notifications import state_space
from abierto.tenancy.access import space_of
from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.tree_paths import parent_path

PLACE = "_abierto_place"
"""Attribute with the place of an object that is being deleted, read while its row exists."""


@dataclass(frozen=True)
class WithdrawnPlace:
    """A space and, for a page, its parent and whether it was open to all visitors."""

    space: Space | None
    page_number: int | None = None
    page_type: ContentType | None = None
    was_open: bool = False


def find_responsible_space(subject: Any) -> Space | None:
    """Return the space whose reviewers are responsible for ``subject``; the state's if there is none."""
    space = space_of(subject) if isinstance(subject, Page) else getattr(subject, "space", None)
    return space or state_space()


def find_place(subject: models.Model) -> WithdrawnPlace:
    """Return the place of ``subject``, with five queries for a page."""
    space = find_responsible_space(subject)
    if not isinstance(subject, Page):
        return WithdrawnPlace(space)
    above = Page.objects.filter(path=parent_path(subject.path))
    return WithdrawnPlace(
        space,
        page_number=above.values_list("pk", flat=True).first(),
        page_type=subject.cached_content_type,
        was_open=_is_listed_in_history(subject),
    )


def _is_listed_in_history(page: Page) -> bool:
    """Check whether the withdrawal is listed at the parent: not of aliases, space roots or private pages."""
    if page.alias_of_id or SpaceRoot.objects.filter(page=page.pk).exists():
        return False
    return not page.get_view_restrictions().exists()


def remember_place(subject: models.Model) -> None:
    """Store the place of ``subject`` on it before its deletion."""
    setattr(subject, PLACE, find_place(subject))


def record_place(subject: models.Model, withdrawal: Approval) -> WithdrawnPlace:
    """Record the place of ``subject`` at its withdrawal, and return it."""
    place = subject.__dict__.pop(PLACE, None) or find_place(subject)
    WithdrawnFrom.objects.create(
        approval=withdrawal,
        space_number=place.space.pk if place.space else None,
        page_number=place.page_number,
        page_type=place.page_type,
        was_open=place.was_open,
    )
    return place
