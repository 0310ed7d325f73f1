"""The net under the comparison: what would become public and no difference tells is not approved."""

from __future__ import annotations

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from wagtail.models import Revision

from abierto.approval.errors import ReviewRefused
from abierto.approval.ledger.hashing import NOT_CONTENT, canonical

from .comparison import compare_versions, live_version
from .display_values import MISSING, is_same


def check_all_is_shown(revision: Revision) -> None:
    """Refuse a revision with a difference from what is public that its review does not show.

    Raises:
        ReviewRefused: naming the fields.
    """
    names = hidden_names(revision)
    if not names:
        return
    model = revision.content_type.model_class()
    fields = get_text_list(sorted({_label(model, name) for name in names}), _("y"))
    sentence = _("No se puede mostrar lo que cambia en: %(fields)s. Devuélvelo para que lo corrijan.")
    raise ReviewRefused(sentence % {"fields": fields})


def hidden_names(revision: Revision) -> set[str]:
    """Return the names of the stored fields that publishing changes and of which the review shows nothing."""
    draft = revision.as_object()
    comparison = compare_versions(live_version(revision), draft)
    after = canonical(type(draft), revision.content, NOT_CONTENT)
    if comparison.before is None:
        return set() if comparison.fields else set(after)
    before = comparison.before
    differing = {
        name
        for name in before.keys() | after.keys()
        if not is_same(before.get(name, MISSING), after.get(name, MISSING))
    }
    return differing - comparison.shown_names


def _label(model: type, name: str) -> str:
    try:
        field = model._meta.get_field(name)  # type: ignore[attr-defined]
    except FieldDoesNotExist:
        return name
    label = field.related_model._meta.verbose_name_plural if field.auto_created else field.verbose_name
    return str(capfirst(label))
