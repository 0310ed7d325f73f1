"""What a progress update may not be. Each rule says on which field it speaks."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .page import ProgressUpdatePage


def update_errors(page: "ProgressUpdatePage") -> dict[str, Any]:
    """Return the errors of ``page``, by field; an empty dictionary when there are none."""
    if not (page.period_start and page.period_end):
        return {}
    if page.period_end < page.period_start:
        return {"period_end": _("El periodo termina antes de empezar. Corrige una de las dos fechas.")}
    other = overlapping_update(page)
    if other is not None:
        return {
            "period_start": _("Ya hay un avance del %(start)s al %(end)s: «%(title)s». Elige otro periodo.")
            % {"start": other.period_start, "end": other.period_end, "title": other.title}
        }
    return {}


def overlapping_update(page: "ProgressUpdatePage") -> "ProgressUpdatePage | None":
    """Return an update of the same commitment that shares a day with ``page``, if there is one."""
    commitment = page.parent
    if commitment is None:
        return None
    return (
        type(page)
        .objects.child_of(commitment)
        .filter(period_start__lte=page.period_end, period_end__gte=page.period_start)
        .exclude(translation_key=page.translation_key)
        .order_by("period_start")
        .first()
    )
