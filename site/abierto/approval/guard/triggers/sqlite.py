"""The triggers in the SQL of SQLite."""

from collections.abc import Iterable

from .base import APPEND_ONLY, NOT_APPROVED, PREFIX, GuardedTable, TriggerDialect, TriggerTables

# SQLite's REPLACE deletes a row without firing the delete triggers.
EVENTS = {
    "update": ("UPDATE", ""),
    "delete": ("DELETE", ""),
    "replace": ("INSERT", 'WHERE EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id)'),
}

NEWEST = """
    SELECT 1 FROM approval_approval AS decision
    WHERE decision.id = (
        SELECT max(id) FROM approval_approval
        WHERE object_id = CAST(NEW."{key}" AS TEXT) AND content_type_id = (
            SELECT id FROM django_content_type WHERE app_label = '{app_label}' AND model = '{model}'
        )
    )
    AND decision.kind NOT IN ('withdrawn', 'step')
    AND (
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id
    )
"""

ON_LIVE = """
CREATE TRIGGER "{trigger}" AFTER {event} ON "{table}"
WHEN NEW.live AND ({condition})
BEGIN
    SELECT RAISE(ABORT, '{message}') WHERE NOT EXISTS ({newest});
END
"""

ON_LEDGER = """
CREATE TRIGGER "{trigger}" BEFORE {event} ON "{table}"
BEGIN
    SELECT RAISE(ABORT, '{message}') {condition};
END
"""


def create(tables: TriggerTables) -> list[str]:
    """Return the statements that drop and create every trigger."""
    ledgers = [statement for table in tables.ledgers for statement in _on_ledger(table)]
    return [
        *drop(names(tables)),
        *ledgers,
        *(statement for table in tables.guarded for statement in _on_live(table)),
    ]


def _on_ledger(table: str) -> list[str]:
    return [
        ON_LEDGER.format(
            trigger=f"{PREFIX}{table}_{name}",
            event=event,
            table=table,
            condition=condition.format(table=table),
            message=APPEND_ONLY,
        )
        for name, (event, condition) in EVENTS.items()
    ]


def _on_live(table: GuardedTable) -> list[str]:
    on_insert, on_update = table.triggers
    newest = NEWEST.format(key=table.key, app_label=table.app_label, model=table.model)
    # Deleting a version sets the column to NULL: nothing new becomes visible.
    another = "NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS NOT OLD.live_revision_id"
    moments = (
        (on_insert, "INSERT", "1"),
        (on_update, "UPDATE OF live, live_revision_id", f"NOT OLD.live OR ({another})"),
    )
    return [
        ON_LIVE.format(
            trigger=trigger,
            event=event,
            condition=condition,
            table=table.name,
            newest=newest,
            message=NOT_APPROVED,
        )
        for trigger, event, condition in moments
    ]


def drop(triggers: Iterable[str]) -> list[str]:
    """Return the statements that drop these triggers."""
    return [f'DROP TRIGGER IF EXISTS "{trigger}"' for trigger in triggers]


def names(tables: TriggerTables) -> list[str]:
    """Return the names of all triggers."""
    ledgers = [f"{PREFIX}{table}_{event}" for table in tables.ledgers for event in EVENTS]
    return [*ledgers, *(name for table in tables.guarded for name in table.triggers)]


DIALECT = TriggerDialect(
    create=create,
    drop=drop,
    names=names,
    listing=f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{PREFIX}%'",
    must_drop_first=True,
)
