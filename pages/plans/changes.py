"""What changes between two versions of a commitment's actions: what a reviewer reads first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pages.updates.changes import Change

if TYPE_CHECKING:
    from .parts import CommitmentAction


def describe_actions(
    before: Iterable[CommitmentAction], after: Iterable[CommitmentAction]
) -> Iterator[Change]:
    """Yield the actions that come, go or are promised otherwise, and their promised proofs."""
    old = {action.translation_key: action for action in before}
    new = {action.translation_key: action for action in after}
    for key, action in new.items():
        if key not in old:
            yield Change(_("Acción %(number)s, nueva") % {"number": action.number}, "", action.title)
        else:
            yield from _of(old[key], action)
    for key, action in old.items():
        if key not in new:
            yield Change(_("Acción %(number)s, se quita") % {"number": action.number}, action.title, "")


def _of(old: CommitmentAction, new: CommitmentAction) -> Iterator[Change]:
    name = _("Acción %(number)s") % {"number": new.number}
    if old.title != new.title:
        yield Change(name, old.title, new.title)
    if _proofs(old) != _proofs(new):
        yield Change(_("%(name)s: pruebas prometidas") % {"name": name}, _proofs(old), _proofs(new))


def _proofs(action: CommitmentAction) -> str:
    return "; ".join(block.value["text"] for block in action.means)
