"""Save the outline of a plan as drafts: all rows, or none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.guard.permissions import find_settled_pages
from abierto.tenancy.tree_paths import parent_path
from abierto.text import visible_text
from pages.core.base import BasePage

from .commitments import TITLE_LENGTH, CommitmentPage
from .copying import add_draft
from .inlines import CommitmentAction
from .models import AxisPage, PlanPage
from .outline import OutlineNode, OutlineRow, OutlineRowKind, build_tree, describe_page, load_pages

NUMBER = re.compile(r"[0-9]{1,5}")
MAX_NUMBER = 32767
TITLE_LENGTHS = {
    OutlineRowKind.AXIS: 255,
    OutlineRowKind.COMMITMENT: TITLE_LENGTH,
    OutlineRowKind.ACTION: CommitmentAction._meta.get_field("title").max_length or 0,
}
type OutlinePage = AxisPage | CommitmentPage


class OutlineRefused(Exception):
    """The outline has errors, which are on its rows; nothing was saved."""


@dataclass
class StoredOutline:
    """The stored axes and commitments of a plan, and what the user may do with each."""

    plan: PlanPage
    pages: dict[str, OutlinePage] = field(default_factory=dict)
    #: The rows by key, in the order of the plan.
    rows: dict[str, OutlineRow] = field(default_factory=dict)
    #: The key of the row above each row.
    parents: dict[str, str] = field(default_factory=dict)
    #: The keys of the rows that the user removes.
    removed: set[str] = field(default_factory=set)


def load_outline(plan: PlanPage, user: User) -> StoredOutline:
    """Return the stored outline; ``locked`` of a row is the reason why ``user`` may not change it here."""
    pages = load_pages(plan)
    by_path = {page.path: str(page.pk) for page in pages}
    settled = set(find_settled_pages(plan).values_list("path", flat=True))
    fixed = {parent_path(path) for path in settled}
    stored = StoredOutline(plan, {str(page.pk): page for page in pages})
    for page in pages:
        reason = find_refusal(page, user, is_settled=page.path in settled)
        above = parent_path(page.path)
        is_removable = not reason and is_own_draft(page, user)
        for row in describe_page(page):
            row.locked, row.can_remove = reason, is_removable
            is_action = row.kind is OutlineRowKind.ACTION
            row.can_move = not reason and (is_action or above not in fixed)
            stored.rows[row.key] = row
            stored.parents[row.key] = str(page.pk) if is_action else by_path.get(above, "")
    return stored


def is_own_draft(page: OutlinePage, user: User) -> bool:
    """Check whether ``user`` may delete a page that was never public."""
    if page.live or page.first_published_at is not None:
        return False
    return bool(page.permissions_for_user(user).can_delete())


def find_refusal(page: OutlinePage, user: User, *, is_settled: bool) -> str:
    """Return why ``user`` may not change ``page`` here; empty if allowed."""
    permissions = page.permissions_for_user(user)
    if not permissions.can_edit():
        return _("Es de otro espacio.")
    if is_settled and page.workflow_in_progress:
        return _("Está en revisión.")
    return _("Está bloqueada.") if permissions.page_locked() else ""


def attach_stored(rows: Sequence[OutlineRow], stored: StoredOutline) -> None:
    """Copy to submitted rows whether they may be changed, moved and removed."""
    for row in rows:
        known = stored.rows.get(row.key)
        if known is not None:
            row.locked, row.can_move, row.can_remove = known.locked, known.can_move, known.can_remove


def save_outline(
    plan: PlanPage, rows: Sequence[OutlineRow], user: User, removed: Collection[str] = ()
) -> int:
    """Save the changed rows as drafts of ``user``, delete the ``removed`` ones and return how many they were.

    A removed row that may not be deleted any more stays.

    Raises:
        OutlineRefused: with the errors on the rows.
    """
    stored = load_outline(plan, user)
    stored.removed = {key for key in removed if key in stored.rows and stored.rows[key].can_remove}
    stored.removed -= {row.key for row in rows}
    attach_stored(rows, stored)
    tree = build_tree(drop_empty_rows(rows))
    check_rows(tree, stored)
    if any(row.errors for row in rows):
        raise OutlineRefused
    with transaction.atomic():
        saving = OutlineSaving(stored, user)
        saving.save(tree)
        if any(row.errors for row in rows):
            raise OutlineRefused
    return saving.changed


def drop_empty_rows(rows: Sequence[OutlineRow]) -> list[OutlineRow]:
    """Return the rows without the new ones that have no title and nothing below."""
    titled: list[OutlineRow] = []
    for row in reversed(rows):
        has_children = bool(titled) and titled[-1].kind.level > row.kind.level
        if row.key or visible_text(row.title) or has_children:
            titled.append(row)
    return titled[::-1]


# --- Validation ----------------------------------------------------------------------------------------


def check_rows(tree: Sequence[OutlineNode], stored: StoredOutline) -> None:
    """Add the errors of each row to it: missing, repeated or too long values, and conflicts."""
    commitments = [child for axis in tree for child in axis.children]
    for parent, nodes in [("", tree), *((axis.row.key, axis.children) for axis in tree)]:
        for node in nodes:
            check_row(node.row, parent, stored)
    for commitment in commitments:
        for action in commitment.children:
            check_row(action.row, commitment.row.key, stored)
        refuse_repeated_codes(commitment.children, _("Otra acción de este compromiso ya tiene este número."))
    others = find_other_codes([*tree, *commitments], stored)
    taken = _("Otro eje de este plan ya tiene esta clave.")
    refuse_repeated_codes(tree, taken, others[OutlineRowKind.AXIS])
    taken = _("Otro compromiso de este plan ya tiene esta clave.")
    refuse_repeated_codes(commitments, taken, others[OutlineRowKind.COMMITMENT])


def find_other_codes(nodes: Iterable[OutlineNode], stored: StoredOutline) -> dict[OutlineRowKind, list[str]]:
    """Return the codes of stored pages missing in the form: another user added them meanwhile."""
    submitted = {node.row.key for node in nodes}
    found: dict[OutlineRowKind, list[str]] = {kind: [] for kind in OutlineRowKind}
    for row in stored.rows.values():
        if row.key not in submitted | stored.removed:
            found[row.kind].append(row.code)
    return found


def check_row(row: OutlineRow, parent: str, stored: StoredOutline) -> None:
    """Check one row against its fields and against what is stored."""
    row.code, row.title = visible_text(row.code), visible_text(row.title)
    if row.key:
        check_stored_row(row, parent, stored)
    if not row.title:
        row.add_error("title", _("Escribe el título."))
    if not row.code:
        row.add_error("code", _("Escribe la clave."))
    elif row.kind is OutlineRowKind.ACTION:
        check_number(row)
    else:
        check_code(row)
    longest = TITLE_LENGTHS[row.kind]
    if len(row.title) > longest:
        row.add_error("title", _("Lleva %(max)s caracteres como mucho. Acórtalo.") % {"max": longest})


def check_number(row: OutlineRow) -> None:
    """Check the number of an action."""
    if not NUMBER.fullmatch(row.code) or not 0 < int(row.code) <= MAX_NUMBER:
        row.add_error("code", _("Escribe el número de la acción, por ejemplo 2."))


def check_code(row: OutlineRow) -> None:
    """Check a code with the length and the validators of its column."""
    model = AxisPage if row.kind is OutlineRowKind.AXIS else CommitmentPage
    column = model._meta.get_field("code")
    longest = column.max_length or 0
    if len(row.code) > longest:
        row.add_error("code", _("Lleva %(max)s caracteres como mucho. Acórtala.") % {"max": longest})
        return
    try:
        column.run_validators(row.code)
    except ValidationError as error:
        row.add_error("code", *error.messages)


def check_stored_row(row: OutlineRow, parent: str, stored: StoredOutline) -> None:
    """Refuse a row that was deleted or moved, that may not be changed, or that another user changed."""
    known = stored.rows.get(row.key)
    if known is None or known.kind is not row.kind or stored.parents[row.key] != parent:
        row.add_error("row", _("Ya no está aquí. Abre otra vez el esquema."))
    elif row.is_changed and known.locked:
        row.add_error("row", _("No la puedes cambiar aquí. %(reason)s") % {"reason": known.locked})
    elif row.is_changed and (row.was_code, row.was_title) != (known.code, known.title):
        row.was_code, row.was_title = known.code, known.title
        now = {"code": known.code, "title": known.title}
        row.add_error("row", _("Otra persona la cambió: ahora dice «%(code)s %(title)s».") % now)


def refuse_repeated_codes(nodes: Sequence[OutlineNode], message: str, others: Iterable[str] = ()) -> None:
    """Put ``message`` on the rows whose code another of ``nodes``, or one of ``others``, has."""
    counts = Counter([*(node.row.code for node in nodes), *others])
    for node in nodes:
        if node.row.code and counts[node.row.code] > 1:
            node.row.add_error("code", message)


# --- Writing -------------------------------------------------------------------------------------------


class OutlineSaving:
    """Write the rows of one outline; errors of the pages go onto their rows."""

    def __init__(self, stored: StoredOutline, user: User) -> None:
        self.stored, self.user, self.changed = stored, user, 0

    def save(self, tree: Sequence[OutlineNode]) -> None:
        self.delete_removed()
        axes = [self.save_page(node, self.stored.plan, AxisPage) for node in tree]
        for node, axis in zip(tree, axes, strict=True):
            if axis is not None:
                pages = [self.save_page(child, axis, CommitmentPage) for child in node.children]
                self.order_pages(axis, node.children, pages)
        self.order_pages(self.stored.plan, tree, axes)

    def delete_removed(self) -> None:
        """Delete the removed pages; removed actions are left out of the new version of their commitment."""
        removed = [page for key, page in self.stored.pages.items() if key in self.stored.removed]
        for page in sorted(removed, key=lambda page: -page.depth):
            type(page).objects.get(pk=page.pk).delete(user=self.user)
            self.changed += 1
        if removed:
            # Their number of children has changed in the database.
            for page in [self.stored.plan, *self.stored.pages.values()]:
                if str(page.pk) not in self.stored.removed:
                    page.refresh_from_db(fields=["numchild"])

    def save_page(self, node: OutlineNode, parent: BasePage, model: type[OutlinePage]) -> OutlinePage | None:
        """Return the page of a row, saved if anything of it changed; None when it has errors."""
        row = node.row
        page = self.stored.pages.get(row.key)
        changed = page is None or row.is_changed
        if page is None:
            if not parent.permissions_for_user(self.user).can_add_subpage():
                row.add_error("row", _("No puedes agregar nada aquí: es de otro espacio."))
                return None
            page = model()
        if changed:
            page.code, page.title = row.code, row.title
        if isinstance(page, CommitmentPage):
            changed = self.set_actions(page, node.children) or changed
        if not changed:
            return page
        try:
            with transaction.atomic():
                self.write(page, parent)
        except ValidationError as error:
            by_field = getattr(error, "message_dict", None) or {"row": error.messages}
            for name, messages in by_field.items():
                row.add_error(name, *messages)
            return None
        self.changed += 1
        return page

    def write(self, page: OutlinePage, parent: BasePage) -> None:
        """Save a page as a draft, a new one below ``parent``."""
        if page.pk is None:
            add_draft(parent, page, self.stored.plan, self.user)
            return
        # Without its whole validation: the codes of two rows may be swapped, and the review validates.
        page.save_draft(self.user, clean=False)

    def set_actions(self, page: CommitmentPage, nodes: Sequence[OutlineNode]) -> bool:
        """Set the ordered actions of a commitment and return whether any changed; unsent ones come last."""
        known = {str(action.translation_key): action for action in page.actions.all()}
        before = [(key, action.number, action.title) for key, action in known.items()]
        actions = [known.pop(node.row.key, None) or CommitmentAction() for node in nodes]
        for action, node in zip(actions, nodes, strict=True):
            if node.row.is_changed:
                action.number, action.title = int(node.row.code), node.row.title
        actions += [action for key, action in known.items() if key not in self.stored.removed]
        for order, action in enumerate(actions):
            action.sort_order = order
        after = [(str(action.translation_key), action.number, action.title) for action in actions]
        if after == before:
            return False
        known_row = self.stored.rows.get(str(page.pk))
        if known_row is not None and known_row.locked:
            refusal = _("No la puedes cambiar aquí. %(reason)s") % {"reason": known_row.locked}
            nodes[0].row.add_error("row", refusal)
            return False
        page.actions = actions
        return True

    def order_pages(
        self, parent: BasePage, nodes: Sequence[OutlineNode], pages: Iterable[OutlinePage | None]
    ) -> None:
        """Put the pages below ``parent`` in the order of the rows; only drafts change places."""
        wanted = [page.pk for page in pages if page is not None]
        current = list(Page.objects.child_of(parent).filter(pk__in=wanted).order_by("path"))
        if [page.pk for page in current] == wanted:
            return
        if find_settled_pages(parent).exclude(pk=parent.pk).filter(depth=parent.depth + 1).exists():
            refusal = _("Aquí ya hay páginas públicas o en revisión: su orden no cambia.")
            nodes[0].row.add_error("row", refusal)
            return
        for number in range(1, len(wanted)):
            previous, page = (Page.objects.get(pk=key) for key in wanted[number - 1 : number + 1])
            page.move(previous, pos="right", user=self.user)
        self.changed += 1


def read_rows(lists: dict[str, list[str]]) -> list[OutlineRow]:
    """Return the submitted rows; every list has one value for each row.

    Raises:
        ValueError: when the lists do not match or have an unknown kind.
    """
    names: tuple[str, ...] = ("kind", "key", "code", "title", "was_code", "was_title")
    columns: list[Any] = [lists.get(name, []) for name in names]
    return [OutlineRow(OutlineRowKind(kind), *values) for kind, *values in zip(*columns, strict=True)]
