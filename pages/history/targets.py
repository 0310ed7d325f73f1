"""Which of the objects that old versions name the public may still hear of."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.models import Page

from abierto.media.models.base import OwnedFile
from abierto.tenancy.visibility import filter_public

from .redaction import Keep, named_objects

REGISTRY = "registry"
Named = dict[type[models.Model], set[Any]]


def still_public(page: Page, contents: list[dict[str, Any]]) -> tuple[Keep, Named]:
    """Return what decides which objects versions of ``page`` may name, and those that they may not.

    Rows of the registry as long as they are public; pages that anybody may open now; of files, only those
    that the page itself shows today: another one may have been the reason for the new version.
    """
    model = type(page)
    named = named_objects(model, contents)
    live = named_objects(model, [page.serializable_data()])
    open_ones = {target: _open_among(target, keys, live.get(target, set())) for target, keys in named.items()}
    hidden = {target: keys - open_ones[target] for target, keys in named.items() if keys - open_ones[target]}

    def keep(target: type[models.Model], key: Any) -> bool:
        return str(key) in open_ones.get(target, set())

    return keep, hidden


def _open_among(target: type[models.Model], keys: set[Any], live: set[Any]) -> set[Any]:
    """Return which of the objects of one model are public: of a model that nobody thought of, none."""
    if issubclass(target, OwnedFile):
        return keys & live
    if issubclass(target, Page):
        found = filter_public(Page.objects.filter(pk__in=keys))
    elif target._meta.app_label == REGISTRY:
        found = target._default_manager.filter(pk__in=keys)
        if any(field.name == "live" for field in target._meta.fields):
            found = found.filter(live=True)
    else:
        return set()
    return {str(key) for key in found.values_list("pk", flat=True)}
