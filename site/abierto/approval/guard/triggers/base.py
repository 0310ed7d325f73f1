"""The parts that the triggers of both databases share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

PREFIX = "approval_guard_"

#: Tables whose rows are never updated, deleted or replaced.
LEDGERS = (
    "approval_approval",
    "approval_accountrecord",
    "approval_standin",
    "approval_withdrawnfrom",
    "approval_publicrecord",
    "approval_warningconfirmation",
    "approval_ledgerlink",
)

NOT_APPROVED = "approval: public without a decision in the ledger"
APPEND_ONLY = "approval: the ledger is append-only"


def is_trigger_error(error: BaseException) -> bool:
    """Check whether the approval triggers raised the error: a retry would not help."""
    return any(message in str(error) for message in (NOT_APPROVED, APPEND_ONLY))


@dataclass(frozen=True)
class GuardedTable:
    """A table with publishable rows, and the content type under which the ledger files them."""

    name: str
    key: str
    app_label: str
    model: str

    @property
    def triggers(self) -> tuple[str, str]:
        """The names of its two triggers."""
        return f"{PREFIX}{self.name}_insert", f"{PREFIX}{self.name}_update"


@dataclass(frozen=True)
class TriggerTables:
    """The tables that get triggers."""

    guarded: tuple[GuardedTable, ...]
    ledgers: tuple[str, ...]


@dataclass(frozen=True)
class TriggerDialect:
    """The SQL of the triggers for one database."""

    create: Callable[[TriggerTables], list[str]]
    drop: Callable[[Iterable[str]], list[str]]
    names: Callable[[TriggerTables], list[str]]
    listing: str
    must_drop_first: bool
    """Whether the triggers must be dropped before columns are added, not only before they are removed."""
