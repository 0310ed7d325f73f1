"""The outline of a plan: its axes, commitments and actions as rows of one form.

The rows are in the order of the plan, and the kind of a row gives its level: a commitment belongs to the axis
above it, an action to the commitment above it. This module only reads; ``outline_saving`` writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from wagtail.models import Page

from .commitments import CommitmentPage
from .models import AxisPage, PlanPage

#: A limit against abuse; plans have far fewer rows.
MAX_ROWS = 1000


class OutlineRowKind(StrEnum):
    AXIS = "axis"
    COMMITMENT = "commitment"
    ACTION = "action"

    @property
    def level(self) -> int:
        """Return 0 for an axis, 1 for a commitment, 2 for an action."""
        return list(OutlineRowKind).index(self)


@dataclass
class OutlineRow:
    """One line of the outline, as typed; ``was_code`` and ``was_title`` are what the form showed."""

    kind: OutlineRowKind
    #: The id of a page, or the translation key of an action; empty for a new row.
    key: str = ""
    code: str = ""
    title: str = ""
    was_code: str = ""
    was_title: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)
    #: Why the row may not be changed here; empty when it may.
    locked: str = ""
    can_move: bool = True
    #: Whether the row may be taken out although it is saved: a draft that the user may delete.
    can_remove: bool = False

    @property
    def is_changed(self) -> bool:
        return (self.code, self.title) != (self.was_code, self.was_title)

    def add_error(self, name: str, *messages: str) -> None:
        """Add messages about ``code``, ``title`` or the whole row."""
        self.errors.setdefault(name if name in ("code", "title") else "row", []).extend(messages)


@dataclass
class OutlineNode:
    """A row with the rows below it."""

    row: OutlineRow
    children: list[OutlineNode] = field(default_factory=list)

    def flatten(self) -> Iterator[OutlineRow]:
        yield self.row
        for child in self.children:
            yield from child.flatten()


def build_tree(rows: Sequence[OutlineRow]) -> list[OutlineNode]:
    """Return the axes with what is below them.

    Raises:
        ValueError: for a row without the row that it belongs to.
    """
    roots: list[OutlineNode] = []
    above: list[OutlineNode] = []
    for row in rows:
        del above[row.kind.level :]
        if len(above) != row.kind.level:
            raise ValueError(f"A row of level {row.kind.level} has nothing above it.")
        node = OutlineNode(row)
        (above[-1].children if above else roots).append(node)
        above.append(node)
    return roots


def flatten(nodes: Sequence[OutlineNode]) -> list[OutlineRow]:
    return [row for node in nodes for row in node.flatten()]


def find_siblings(nodes: list[OutlineNode], row: OutlineRow) -> tuple[list[OutlineNode], int]:
    """Return the list of siblings that contains ``row``, and its index there."""
    for place, node in enumerate(nodes):
        if node.row is row:
            return nodes, place
        if row in node.flatten():
            return find_siblings(node.children, row)
    raise ValueError("The row is not in the outline.")


# --- Changes of the form that save nothing -------------------------------------------------------------


def move_row(rows: Sequence[OutlineRow], number: int, step: int) -> list[OutlineRow]:
    """Move the row with what is below it by one place among its siblings: up (-1) or down (1)."""
    tree, row = build_tree(rows), rows[number]
    siblings, place = find_siblings(tree, row)
    other = place + step
    if 0 <= other < len(siblings) and row.can_move and siblings[other].row.can_move:
        siblings[place], siblings[other] = siblings[other], siblings[place]
    return flatten(tree)


def remove_row(rows: Sequence[OutlineRow], number: int) -> tuple[list[OutlineRow], list[str]]:
    """Remove a row with what is below it; one that is saved only if all of it may be removed.

    Return the rows and the keys of the saved ones that were removed.
    """
    tree, row = build_tree(rows), rows[number]
    siblings, place = find_siblings(tree, row)
    branch = list(siblings[place].flatten())
    if any(below.key and not below.can_remove for below in branch):
        return list(rows), []
    del siblings[place]
    return flatten(tree), [below.key for below in branch if below.key]


def add_row(
    rows: Sequence[OutlineRow], kind: OutlineRowKind, under: int | None = None
) -> tuple[list[OutlineRow], int]:
    """Add an empty row with a proposed code at the end of the rows under row ``under``; an axis at the end.

    Return the rows and the number of the new one.
    """
    tree = build_tree(rows)
    parent = find_node(tree, rows[under]) if under is not None else None
    siblings = parent.children if parent is not None else tree
    code = propose_code([node.row for node in siblings], parent.row if parent is not None else None)
    new = OutlineRow(kind, code=code)
    siblings.append(OutlineNode(new))
    flat = flatten(tree)
    return flat, next(number for number, row in enumerate(flat) if row is new)


def find_node(nodes: list[OutlineNode], row: OutlineRow) -> OutlineNode:
    siblings, place = find_siblings(nodes, row)
    return siblings[place]


def propose_code(siblings: Sequence[OutlineRow], parent: OutlineRow | None) -> str:
    """Return the code after the highest of ``siblings``: «3», «2.4» under axis 2, an action's number."""
    prefix = (
        f"{parent.code}." if parent is not None and parent.kind is OutlineRowKind.AXIS and parent.code else ""
    )
    numbers = [row.code.removeprefix(prefix) for row in siblings]
    highest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return f"{prefix}{highest + 1}"


# --- What is stored ------------------------------------------------------------------------------------


def load_pages(plan: PlanPage) -> list[AxisPage | CommitmentPage]:
    """Return the latest versions of the axes and commitments of a plan, in the order of the tree."""
    pages = Page.objects.descendant_of(plan).type(AxisPage, CommitmentPage).filter(alias_of__isnull=True)
    return [page.get_latest_revision_as_object() for page in pages.order_by("path").specific()]


def describe_page(page: AxisPage | CommitmentPage) -> Iterator[OutlineRow]:
    """Yield the row of a page and those of its actions, as they are stored."""
    kind = OutlineRowKind.AXIS if isinstance(page, AxisPage) else OutlineRowKind.COMMITMENT
    yield OutlineRow(kind, str(page.pk), page.code, page.title, page.code, page.title)
    if isinstance(page, CommitmentPage):
        for action in page.actions.all():
            number, key = str(action.number), str(action.translation_key)
            yield OutlineRow(OutlineRowKind.ACTION, key, number, action.title, number, action.title)
