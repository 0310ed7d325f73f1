"""The indicators that a commitment and its actions point at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from pages.core.translation import get_source_page
from pages.matrices.queries import find_indicators


def find_indicator_errors(commitment: Any) -> dict[str, str]:
    """Return, by content path, the error of each key that is no indicator of the plan of a commitment.

    A key that the public version has stays valid; the keys of a translation are those of its source.
    """
    chosen = {"indicator_key": commitment.indicator_key} | {
        f"actions.{action.translation_key}.indicator_key": action.indicator_key
        for action in commitment.actions.all()
    }
    chosen = {path: key for path, key in chosen.items() if key is not None}
    place = commitment if commitment.path else commitment.parent
    if not chosen or place is None or get_source_page(commitment).pk != commitment.pk:
        return {}
    known = {*find_indicators(place).values_list("translation_key", flat=True), *read_public_keys(commitment)}
    message = _("Este indicador no es de una matriz pública de este plan. Elige otro o ninguno.")
    return {path: message for path, key in chosen.items() if key not in known}


def read_public_keys(commitment: Any) -> set[UUID]:
    """Return the indicators that the public version of a commitment points at."""
    public = type(commitment).objects.filter(pk=commitment.pk, live=True)
    pairs = public.values_list("indicator_key", "actions__indicator_key")
    return {key for pair in pairs for key in pair if key is not None}
