"""The columns of the reviewer's queue."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.coreutils import get_content_type_label
from wagtail.models import TaskState

from .queries import count_days_waiting, is_late, review_url


def review_title(review: TaskState) -> str:
    """Return the title at the time of submission."""
    return review.revision.object_str or gettext("Sin título")


def review_type(review: TaskState) -> str:
    """Return the label of the content type."""
    # Content types are cached; following the key would query for each row.
    kind = ContentType.objects.get_for_id(review.revision.content_type_id)
    return str(capfirst(get_content_type_label(kind)))


def review_place(review: TaskState) -> str:
    """Return the plan and the commitment, or the space for content outside them."""
    names = (review.plan_name, review.commitment_name)
    return " · ".join(name for name in names if name) or review_space_name(review)


def review_space_name(review: TaskState) -> str:
    space = getattr(review.workflow_state.workflow, "space", None)
    return space.name if space else ""


def sender_name(review: TaskState) -> str:
    sender = review.workflow_state.requested_by or review.revision.user
    return sender.public_name if sender else ""


def note_text(review: TaskState) -> str:
    return review.note or ""


def step_text(review: TaskState) -> str:
    """Return the current step and the next one; empty for a single step."""
    if review.step_total < 2:
        return ""
    numbers = {"number": review.step_number, "total": review.step_total, "next": review.step_next}
    if review.step_next:
        return gettext("%(number)d de %(total)d; sigue «%(next)s»") % numbers
    return gettext("%(number)d de %(total)d, el último") % numbers


def waiting_text(review: TaskState) -> str:
    """Return the waiting time, marked when late."""
    days = count_days_waiting(review)
    sentence = ngettext("%(days)d día", "%(days)d días", days) % {"days": days}
    return gettext("Atrasada: %(days)s") % {"days": sentence} if is_late(review) else sentence


class ReviewTitleColumn(TitleColumn):
    """Link the title to the review screen."""

    def get_link_url(self, instance: TaskState, parent_context: dict[str, Any]) -> str:
        return review_url(instance)


QUEUE_COLUMNS = [
    ReviewTitleColumn("title", label=_("Título"), accessor=review_title, width="22%"),
    Column("kind", label=_("Tipo"), accessor=review_type),
    Column("place", label=_("Plan y compromiso"), accessor=review_place),
    Column("sender", label=_("Envió"), accessor=sender_name),
    Column("note", label=_("Nota"), accessor=note_text, width="20%"),
    Column("step", label=_("Paso"), accessor=step_text),
    DateColumn("started_at", label=_("Desde")),
    StatusTagColumn("waited", label=_("Espera"), accessor=waiting_text, primary=is_late, width="12%"),
]
