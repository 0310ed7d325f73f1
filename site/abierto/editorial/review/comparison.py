"""What a reviewer is shown: the public version beside the new one, field by field, figures as figures.

Asks for no request: the public page shows with it what changed between two published versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Revision

from .blockwise import block_groups
from .evidence import attachment_of
from .gathered import Gathered
from .rows import Pair, paired, row_path, title_of
from .sides import ADDED, REMOVED, Change, Group, Same, Side, plain_side, text_sides
from .words import is_empty, nothing, of_field


@dataclass(frozen=True)
class Comparison:
    """All that changes, and beside it, folded away, what stays."""

    groups: tuple[Group, ...]
    #: The rows that the new version names and that are not public.
    unseen: tuple[Any, ...] = ()

    @property
    def changed(self) -> list[Group]:
        """The groups in which something happens."""
        return [group for group in self.groups if not group.is_same]

    @property
    def same(self) -> list[Group]:
        """The groups in which nothing happens."""
        return [group for group in self.groups if group.is_same and group.same]

    @property
    def fields(self) -> list[Change]:
        """Every change, one after the other."""
        return [change for group in self.groups for change in group.changes]

    @property
    def paths(self) -> set[str]:
        """The content paths of all that is shown as changed."""
        return {path for group in self.groups for path in _paths_of(group)}


def _paths_of(group: Group) -> Iterator[str]:
    yield group.path
    for change in group.changes:
        yield change.path
        for block in change.blocks:
            yield from _paths_of(block)


@dataclass(frozen=True)
class _Told:
    """One field of the editing form, or two that say one figure."""

    field: models.Field
    label: str
    instead: models.Field | None = None


class _Versions:
    """Two versions of one object and all that is needed to tell them."""

    def __init__(self, old: Any | None, new: Any) -> None:
        self.old, self.new = old, new
        self.fields = list(_told(type(new)))
        self.gathered = Gathered()
        self.names: Mapping[str, str] = getattr(new, "names_for_review", dict)()
        # Of what was never public the public may have had another figure, from an earlier report.
        known = getattr(new, "figures_before", dict) if old is None else dict
        self.known: Mapping[str, str] = known()
        self.unseen: dict[Any, None] = {}
        self.gathered.read([one for one in (old, new) if one is not None], [one.field for one in self.fields])

    def groups(self) -> Iterator[Group]:
        """Yield the object's own fields, then its rows, relation by relation."""
        yield self.group(Pair("", self.old, self.new), self.fields, _("Datos generales"), "")
        for panel in _panels(type(self.new), InlinePanel):
            yield from self.rows(panel)

    def rows(self, panel: Any) -> Iterator[Group]:
        """Yield the rows of one relation, matched by their keys."""
        told = list(_told(panel.db_field.related_model, panel.child_edit_handler))
        pairs = list(paired(self.old, self.new, panel.relation_name))
        self.gathered.read([row for pair in pairs for row in pair.both], [one.field for one in told])
        label = capfirst(panel.label or panel.heading)
        for pair in pairs:
            title = title_of(pair, str(label), self.names)
            yield self.group(pair, told, title, row_path(panel.relation_name, pair.key))

    def group(self, pair: Pair, told: Sequence[_Told], title: str, path: str) -> Group:
        """Return what happens to the fields of the object, or of one of its rows."""
        changes: list[Change] = []
        same: list[Same] = []
        if pair.new is not None:
            self.unseen |= dict.fromkeys(self.gathered.unseen(pair.new, [one.field for one in told]))
        for one in told:
            own_path = f"{path}.{one.field.name}" if path else one.field.name
            if pair.new is None:
                own_path = ""  # nobody can comment on what is no longer there
            found = self.change(pair, one, own_path)
            if isinstance(found, Change):
                changes.append(found)
            elif found is not None:
                same.append(found)
        return Group(title, path, self.status(pair), pair.moved, tuple(changes), tuple(same))

    def status(self, pair: Pair) -> str:
        """Say whether a row comes or goes; while nothing is public all of it comes."""
        if pair.new is None:
            return REMOVED
        return ADDED if pair.old is None and self.old is not None else ""

    def change(self, pair: Pair, told: _Told, path: str) -> Change | Same | None:
        """Return one field as it changes, as it stays, or nothing if nobody ever wrote it."""
        if isinstance(told.field, StreamField):
            return self.stream(pair, told, path)
        before, after = self.said(pair.old, told), self.said(pair.new, told)
        if pair.old is None and pair.new is not None:
            before = self.known.get(path, "")
        files = [self.files(one, told.field) for one in (pair.old, pair.new)]
        if self.is_equal(pair, told, before, after):
            return Same(told.label, after, files[1]) if after else None
        missing = nothing(told.field)
        # What comes or goes whole needs no marks in it.
        left, right = (
            text_sides(before, after, missing)
            if before and after
            else (plain_side(before, missing), plain_side(after, missing))
        )
        return Change(
            told.label,
            path,
            Side(left.html, files[0]) if pair.old is not None or before else None,
            Side(right.html, files[1]) if pair.new is not None else None,
            is_figure=bool(getattr(told.field, "unit", "")),
            note=_("Cambia el formato, no las palabras.") if before == after and pair.is_whole else "",
        )

    def is_equal(self, pair: Pair, told: _Told, before: str, after: str) -> bool:
        """Say whether a field stays as it was."""
        own = [told.field, *([told.instead] if told.instead else [])]
        if not pair.is_whole:
            one = pair.old if pair.old is not None else pair.new
            return all(is_empty(_value(field, one)) for field in own) or (before == after != "")
        return all(_is_same(_value(field, pair.old), _value(field, pair.new)) for field in own)

    def said(self, one: Any | None, told: _Told) -> str:
        """Return what one version says in a field."""
        if one is None:
            return ""
        if told.field.many_to_one or told.field.one_to_one:
            found = self.gathered.related(told.field, one)
            return str(found) if found is not None else ""
        value = _value(told.field, one)
        if is_empty(value) and told.instead is not None:
            return of_field(told.instead, _value(told.instead, one))
        text = of_field(told.field, value)
        return self.names.get(text, text)

    def files(self, one: Any | None, field: models.Field) -> tuple[Any, ...]:
        """Return what there is to open of a field."""
        if one is None:
            return ()
        is_key = field.many_to_one or field.one_to_one
        found = attachment_of(self.gathered.related(field, one) if is_key else _value(field, one))
        return (found,) if found else ()

    def stream(self, pair: Pair, told: _Told, path: str) -> Change | Same | None:
        """Return a body of blocks, block by block."""
        old, new = (
            self.gathered.stream(told.field, one) if one is not None else [] for one in (pair.old, pair.new)
        )
        blocks = block_groups(old, new, path, self.names)
        if not blocks:
            return None
        if all(block.is_same for block in blocks):
            text = "\n".join(one.text for block in blocks for one in block.same)
            files = tuple(found for block in blocks for one in block.same for found in one.attachments)
            return Same(told.label, text, files)
        return Change(told.label, path, None, None, blocks=blocks)


def live_version(revision: Revision) -> Any | None:
    """Return the object as the public sees it now; None when it is not public."""
    row = revision.content_object
    return row if row is not None and row.live else None


def compare_versions(old: Any | None, new: Any) -> Comparison:
    """Return what changes from ``old`` (None: nothing was there) to ``new``, field by field.

    A type may help with what only it knows: ``names_for_review()`` (what keys are called by people),
    ``figures_before()`` (what the public knew before anything of this was public).
    """
    versions = _Versions(old, new)
    return Comparison(groups=tuple(versions.groups()), unseen=tuple(versions.unseen))


def _panels(model: Any, kind: type, handler: Any = None) -> Iterator[Any]:
    """Yield the panels of one kind from the editing form of a model, in the order of the screen."""
    handler = model.get_edit_handler() if handler is None else handler
    for panel in getattr(handler, "children", ()):
        if isinstance(panel, kind):
            yield panel
        else:
            yield from _panels(model, kind, panel)


def _told(model: Any, handler: Any = None) -> Iterator[_Told]:
    """Yield the fields of a form that are stored, those that say one figure together."""
    as_one = getattr(model, "figure_as_one", {})
    left_out = {name for name, _label in as_one.values()} | {getattr(model, "matched_by", "")}
    for panel in _panels(model, FieldPanel, handler):
        try:
            field = panel.db_field
        except FieldDoesNotExist:
            continue
        if field.name in left_out:
            continue
        label = panel.heading or getattr(field, "verbose_name", field.name)
        instead = None
        if field.name in as_one:
            name, label = as_one[field.name]
            instead = model._meta.get_field(name)
        yield _Told(field, str(capfirst(label)), instead)
    for name in getattr(model, "reviewed_too", ()):
        field = model._meta.get_field(name)
        yield _Told(field, str(capfirst(field.verbose_name)))


def _value(field: models.Field, one: Any) -> Any:
    return field.value_from_object(one)


def _is_same(before: Any, after: Any) -> bool:
    return before == after or (is_empty(before) and is_empty(after))
