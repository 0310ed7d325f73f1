"""What a commitment may not be. Each rule says on which field it speaks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from pages.updates.inlines import UpdateRow

from .inlines import CommitmentAction

if TYPE_CHECKING:
    from .commitments import CommitmentPage


def commitment_errors(page: "CommitmentPage") -> dict[str, Any]:
    """Return the errors of ``page``, by field; an empty dictionary when there are none."""
    errors: dict[str, Any] = {}
    if page.start and page.end and page.end < page.start:
        errors["end"] = _("La conclusión es anterior al inicio. Corrige una de las dos fechas.")
    if page.code and is_commitment_code_taken(page):
        errors["code"] = _("Otro compromiso de este plan ya tiene la clave %(code)s. Escribe otra.") % {
            "code": page.code
        }
    if page.path and missing_reported_actions(page):
        errors["__all__"] = _("Falta una acción que ya tiene avance reportado. Recupérala antes de publicar.")
    return errors


def is_commitment_code_taken(page: "CommitmentPage") -> bool:
    """Say whether another commitment of the same plan has the code of ``page``."""
    axis = page.parent
    plan = axis.get_parent() if axis is not None else None
    if plan is None:
        return False
    return page.others_of_type().descendant_of(plan).filter(code=page.code).exists()


def reported_actions(keys: Iterable[UUID]) -> set[UUID]:
    """Return those of ``keys`` that a live update has reported on."""
    return set(
        UpdateRow.objects.filter(action_key__in=list(keys), page__live=True)
        .exclude(percent__isnull=True, stage="")
        .values_list("action_key", flat=True)
    )


def missing_reported_actions(page: "CommitmentPage") -> set[UUID]:
    """Return the stored actions of ``page`` that have reported progress and that it no longer holds."""
    stored = set(CommitmentAction.objects.filter(page_id=page.pk).values_list("translation_key", flat=True))
    held = {action.translation_key for action in page.actions.all()}
    return reported_actions(stored - held)
