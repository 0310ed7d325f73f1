"""Find what prevents the undo of a batch: queries about its drafts that every kind of batch needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, WorkflowState

from abierto.approval.models import Approval
from abierto.tenancy.tree_paths import parent_path


@dataclass(frozen=True)
class Obstacle:
    """A page or registry row that prevents the undo of a batch; ``row`` is its row in the spreadsheet."""

    subject: Any
    row: int
    reason: str

    @property
    def title(self) -> str:
        return _("%(title)s (renglón %(row)s)") % {
            "title": visible_title(self.subject),
            "row": self.row,
        }

    @property
    def edit_url(self) -> str | None:
        """Return the address of its edit view, which checks the permission."""
        url: str | None = AdminURLFinder().get_edit_url(self.subject)
        return url


def visible_title(subject: Any) -> str:
    """Return the title of the draft of a page, or the name of a row of the registry."""
    return str(subject.get_admin_display_title() if isinstance(subject, Page) else subject)


def describe_obstacles(obstacles: Sequence[Obstacle]) -> str:
    """Return why a batch cannot be undone: the first obstacle with its reason, and their number."""
    first = obstacles[0]
    sentence = _("No se puede deshacer: «%(title)s». %(reason)s En total lo impiden %(number)s.")
    return sentence % {"title": first.title, "reason": first.reason, "number": len(obstacles)}


def find_in_review(keys: Collection[str], model: type[Model] = Page) -> set[str]:
    """Return which of the pages, or rows of ``model``, with these keys are in review."""
    kind = ContentType.objects.get_for_model(model)
    active = WorkflowState.objects.active().filter(base_content_type=kind, object_id__in=keys)
    return set(active.values_list("object_id", flat=True))


def find_decided(keys: Collection[str], model: type[Model] = Page) -> set[str]:
    """Return which of the pages, or rows of ``model``, with these keys have a decision in the ledger."""
    kind = ContentType.objects.get_for_model(model)
    approvals = Approval.objects.filter(content_type=kind, object_id__in=keys)
    return set(approvals.values_list("object_id", flat=True))


def find_grown(pages: Iterable[Page]) -> set[str]:
    """Return the tree paths of the pages with a child page that is not among ``pages``."""
    children = {page.path: page.numchild for page in pages}
    own = dict.fromkeys(children, 0)
    for path in children:
        if parent_path(path) in own:
            own[parent_path(path)] += 1
    return {path for path, count in children.items() if count > own[path]}


def find_named_from_outside(keys: Collection[str], references: QuerySet[Any]) -> set[str]:
    """Return which of the pages with these keys other pages refer to, according to ``references``."""
    found = references.filter(to_object_id__in=keys)
    types = ContentType.objects.filter(app_label="pages").values("pk")
    named = found.filter(to_content_type__in=types) | found.filter(
        to_content_type=ContentType.objects.get_for_model(Page)
    )
    return set(named.exclude(object_id__in=keys).values_list("to_object_id", flat=True))
