"""What a reviewer is shown: the public version beside the new one, field by field, figures as figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import compare
from wagtail.models import Revision
from wagtail.utils.text import text_from_html


@dataclass(frozen=True)
class Change:
    """One field that changes: before and after, or, for a body of blocks, one text with its marks."""

    label: str
    before: str = ""
    after: str = ""
    marked: str = ""


def live_version(revision: Revision) -> Any | None:
    """Return the object as the public sees it now; None when it is not public."""
    row = revision.content_object
    return row if row is not None and row.live else None


@dataclass(frozen=True)
class Comparison:
    """All that changes: first as the type itself tells it, then field by field with nothing left out."""

    told: list[Change]
    fields: list[Change]


def compare_versions(live: Any | None, draft: Any, request: HttpRequest) -> Comparison:
    """Return what publishing ``draft`` would change in public.

    A type that knows better how to tell its figures offers ``describe_changes(live, draft)``, which yields
    (label, before, after).
    """
    describe = getattr(type(draft), "describe_changes", None)
    told = [_told(*change) for change in describe(live, draft)] if describe else []
    before = live if live is not None else type(draft)()
    return Comparison(told, list(_field_changes(before, draft, request)))


def _told(label: str, before: str, after: str) -> Change:
    return Change(label, shown(before), shown(after))


def _field_changes(before: Any, after: Any, request: HttpRequest) -> Iterator[Change]:
    panel = after.get_edit_handler().get_bound_panel(instance=after, request=request, form=None)
    for comparison_class in panel.get_comparison():
        comparison = comparison_class(before, after)
        if not comparison.has_changed():
            continue
        if comparison.is_child_relation:
            yield from _row_changes(comparison)
        else:
            yield field_change(comparison.field_label(), comparison)


def _row_changes(relation: Any) -> Iterator[Change]:
    """Yield the changes of inline rows, each named by its place."""
    for number, row in enumerate(relation.get_child_comparisons(), start=1):
        place = _("%(relation)s %(number)s") % {"relation": relation.field_label(), "number": number}
        fields = row.get_field_comparisons()
        if row.is_addition():
            yield from _alone(_("%(place)s, nueva") % {"place": place}, fields, "after")
        elif row.is_deletion():
            yield from _alone(_("%(place)s, se quita") % {"place": place}, fields, "before")
        else:
            changed = (field for field in fields if field.has_changed())
            yield from (field_change(f"{place}: {field.field_label()}", field) for field in changed)


def _alone(place: str, fields: Iterable[Any], side: str) -> Iterator[Change]:
    """Yield what a row says that only one version has."""
    for field in fields:
        if not field.is_field or field.val_b not in (None, ""):
            yield Change(f"{place}: {field.field_label()}", **{side: field.htmldiff()})


def field_change(label: str, comparison: compare.FieldComparison) -> Change:
    """Return one changed field, in two columns wherever its values are short enough to be read so."""
    before, after = comparison.val_a, comparison.val_b
    if isinstance(comparison, compare.TextFieldComparison):
        return _text_change(label, comparison)
    if isinstance(comparison, compare.ForeignObjectComparison):
        before, after = comparison.get_objects()
    elif isinstance(comparison, compare.ChoiceFieldComparison):
        names = dict(comparison.field.flatchoices)
        before, after = names.get(before, before), names.get(after, after)
    elif type(comparison) is not compare.FieldComparison:
        return Change(label, marked=format_html("{}", comparison.htmldiff()))
    return Change(label, shown(before), shown(after))


def _text_change(label: str, comparison: compare.TextFieldComparison) -> Change:
    """Return a text in two columns, what goes marked in the first and what comes in the second."""
    before, after = comparison.val_a or "", comparison.val_b or ""
    if isinstance(comparison, compare.RichTextFieldComparison):
        before, after = text_from_html(before), text_from_html(after)
    parts = compare.diff_text(before, after).changes
    return Change(label, _side(parts, "deletion"), _side(parts, "addition"))


def _side(parts: Iterable[tuple[str, str]], wanted: str) -> SafeString:
    text = compare.TextDiff([part for part in parts if part[0] in ("equal", wanted)]).to_html()
    return text or escape(shown(None))


def shown(value: Any) -> str:
    """Return a value as a person reads it."""
    if value is None or value == "":
        return _("(vacío)")
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
