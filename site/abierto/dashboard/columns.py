"""The columns of the reviewer's queue."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.coreutils import get_content_type_label
from wagtail.models import TaskState

from .queue import days_waiting, is_late, review_address


def title_of(review: TaskState) -> str:
    """Name what is reviewed as it was called when it was sent."""
    return review.revision.object_str or gettext("Sin título")


def kind_of(review: TaskState) -> str:
    """Name the type of what is reviewed."""
    # Types are kept in memory; following the key would ask for each row.
    kind = ContentType.objects.get_for_id(review.revision.content_type_id)
    return str(capfirst(get_content_type_label(kind)))


def place_of(review: TaskState) -> str:
    """Name the plan and the commitment, or the space of what belongs to neither."""
    names = (review.plan_name, review.commitment_name)
    return " · ".join(name for name in names if name) or space_of_review(review)


def space_of_review(review: TaskState) -> str:
    """Name the space whose review it is."""
    space = getattr(review.workflow_state.workflow, "space", None)
    return space.name if space else ""


def sender_of(review: TaskState) -> str:
    """Name who sent it."""
    sender = review.workflow_state.requested_by or review.revision.user
    return sender.public_name if sender else ""


def note_of(review: TaskState) -> str:
    """Return the note that came with it."""
    return review.note or ""


def step_of_review(review: TaskState) -> str:
    """Say which step waits, where there is more than one, and who comes next."""
    if review.step_total < 2:
        return ""
    numbers = {"number": review.step_number, "total": review.step_total, "next": review.step_next}
    if review.step_next:
        return gettext("%(number)d de %(total)d; sigue «%(next)s»") % numbers
    return gettext("%(number)d de %(total)d, el último") % numbers


def waited(review: TaskState) -> str:
    """Say how long it has waited, and that it is late."""
    days = days_waiting(review)
    sentence = ngettext("%(days)d día", "%(days)d días", days) % {"days": days}
    return gettext("Atrasada: %(days)s") % {"days": sentence} if is_late(review) else sentence


class ReviewTitleColumn(TitleColumn):
    """Leads to the review's own page."""

    def get_link_url(self, instance: TaskState, parent_context: dict[str, Any]) -> str:
        """Return the review's address."""
        return review_address(instance)


QUEUE_COLUMNS = [
    ReviewTitleColumn("title", label=_("Título"), accessor=title_of, width="22%"),
    Column("kind", label=_("Tipo"), accessor=kind_of),
    Column("place", label=_("Plan y compromiso"), accessor=place_of),
    Column("sender", label=_("Envió"), accessor=sender_of),
    Column("note", label=_("Nota"), accessor=note_of, width="20%"),
    Column("step", label=_("Paso"), accessor=step_of_review),
    DateColumn("started_at", label=_("Desde")),
    StatusTagColumn("waited", label=_("Espera"), accessor=waited, primary=is_late, width="12%"),
]
