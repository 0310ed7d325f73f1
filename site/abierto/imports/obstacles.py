"""What keeps a batch from being undone: facts about its pages that every kind of batch asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from abierto.approval.models import Approval
from abierto.tenancy.tree_paths import parent_path


@dataclass(frozen=True)
class Obstacle:
    """A page that keeps a batch from being undone, and why; ``row`` is that of the spreadsheet."""

    page: Page
    row: int
    reason: str

    @property
    def title(self) -> str:
        return _("%(title)s (renglón %(row)s)") % {
            "title": self.page.get_admin_display_title(),
            "row": self.row,
        }


def describe_obstacles(obstacles: Sequence[Obstacle]) -> str:
    """Return why a batch cannot be undone: the first page that stops it, with its reason, and how many do."""
    first = obstacles[0]
    sentence = _("No se puede deshacer: «%(title)s». %(reason)s En total lo impiden %(number)s páginas.")
    return sentence % {"title": first.title, "reason": first.reason, "number": len(obstacles)}


def find_in_review(keys: Collection[str]) -> set[str]:
    """Return which of the pages with these keys are in review."""
    page_type = ContentType.objects.get_for_model(Page)
    active = WorkflowState.objects.active().filter(base_content_type=page_type, object_id__in=keys)
    return set(active.values_list("object_id", flat=True))


def find_decided(keys: Collection[str]) -> set[str]:
    """Return about which of the pages with these keys there is a decision."""
    page_type = ContentType.objects.get_for_model(Page)
    approvals = Approval.objects.filter(content_type=page_type, object_id__in=keys)
    return set(approvals.values_list("object_id", flat=True))


def find_grown(pages: Iterable[Page]) -> set[str]:
    """Return the tree paths of those pages below which there is a page that is not among them."""
    children = {page.path: page.numchild for page in pages}
    own = dict.fromkeys(children, 0)
    for path in children:
        if parent_path(path) in own:
            own[parent_path(path)] += 1
    return {path for path, count in children.items() if count > own[path]}


def find_named_from_outside(keys: Collection[str], references: QuerySet[Any]) -> set[str]:
    """Return which of the pages with these keys are named in ``references`` from outside of them."""
    found = references.filter(to_object_id__in=keys)
    types = ContentType.objects.filter(app_label="pages").values("pk")
    named = found.filter(to_content_type__in=types) | found.filter(
        to_content_type=ContentType.objects.get_for_model(Page)
    )
    return set(named.exclude(object_id__in=keys).values_list("to_object_id", flat=True))
