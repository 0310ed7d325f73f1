"""Laying what one person changed over what another saved meanwhile, field by field.

Works on the content of objects as revisions keep it: plain dictionaries.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models

from abierto.editorial.hashing import NOT_CONTENT, canonical

Content = dict[str, Any]


@dataclass(frozen=True)
class Merged:
    """The result: the content, what was laid over it, and what both had changed."""

    content: Content
    mine: frozenset[str]
    both: frozenset[str]


def changed(model: type[models.Model], before: Content, after: Content) -> frozenset[str]:
    """Return the names of the fields, and of the relations to inline rows, whose content differs."""
    old, new = canonical(model, before, NOT_CONTENT), canonical(model, after, NOT_CONTENT)
    return frozenset(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def merge(model: type[models.Model], base: Content, latest: Content, mine: Content) -> Merged:
    """Return ``latest`` with what ``mine`` changes of ``base``. Where both changed, mine is laid over."""
    own, theirs = changed(model, base, mine), changed(model, base, latest)
    different = changed(model, latest, mine)
    laid = {name: mine[name] for name in own & different if name in mine}
    return Merged({**latest, **laid}, frozenset(laid), own & theirs & different)
