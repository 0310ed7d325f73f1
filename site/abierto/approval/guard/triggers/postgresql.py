"""The triggers in the SQL of PostgreSQL."""

from collections.abc import Iterable

from .base import APPEND_ONLY, NOT_APPROVED, PREFIX, GuardedTable, TriggerDialect, TriggerTables

EVENTS = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}

# Both raise a violated constraint, as SQLite does: Django makes an IntegrityError of it.
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION {PREFIX}live() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision record;
BEGIN
    SELECT kind, revision_number INTO decision FROM approval_approval
    WHERE object_id = to_jsonb(NEW) ->> TG_ARGV[2] AND content_type_id = (
        SELECT id FROM django_content_type WHERE app_label = TG_ARGV[0] AND model = TG_ARGV[1]
    )
    ORDER BY id DESC LIMIT 1;
    IF NOT FOUND OR decision.kind IN ('withdrawn', 'step') OR NOT coalesce(
        decision.kind = 'inherited'
        OR decision.revision_number IS NULL
        OR decision.revision_number = NEW.live_revision_id, false
    ) THEN
        RAISE EXCEPTION '{NOT_APPROVED}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION {PREFIX}append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{APPEND_ONLY}' USING ERRCODE = 'check_violation';
END $$;
"""


DROP = """
DO $$ DECLARE
    one record;
BEGIN
    FOR one IN SELECT tgname, tgrelid::regclass AS place FROM pg_trigger WHERE tgname IN ({names}) LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.place);
    END LOOP;
END $$;
"""


def create(tables: TriggerTables) -> list[str]:
    """Return the statements that create or replace every trigger."""
    ledgers = [
        f'CREATE OR REPLACE TRIGGER "{PREFIX}{table}_{event}" BEFORE {event.upper()} ON "{table}"'
        f" FOR EACH {each} EXECUTE FUNCTION {PREFIX}append_only()"
        for table in tables.ledgers
        for event, each in EVENTS.items()
    ]
    return [FUNCTIONS, *ledgers, *(statement for table in tables.guarded for statement in _on_live(table))]


def _on_live(table: GuardedTable) -> list[str]:
    on_insert, on_update = table.triggers
    # Deleting a version sets the column to NULL: nothing new becomes visible.
    another = (
        "NEW.live_revision_id IS NOT NULL AND NEW.live_revision_id IS DISTINCT FROM OLD.live_revision_id"
    )
    moments = (
        (on_insert, "INSERT", "NEW.live"),
        (on_update, "UPDATE OF live, live_revision_id", f"NEW.live AND (NOT OLD.live OR ({another}))"),
    )
    arguments = f"'{table.app_label}', '{table.model}', '{table.key}'"
    return [
        f'CREATE OR REPLACE TRIGGER "{trigger}" AFTER {event} ON "{table.name}"'
        f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {PREFIX}live({arguments})"
        for trigger, event, condition in moments
    ]


def drop(triggers: Iterable[str]) -> list[str]:
    """Return the statement that drops these triggers from every table."""
    listed = ", ".join(f"'{name}'" for name in triggers)
    return [DROP.format(names=listed)] if listed else []


def names(tables: TriggerTables) -> list[str]:
    """Return the names of all triggers."""
    ledgers = [f"{PREFIX}{table}_{event}" for table in tables.ledgers for event in EVENTS]
    return [*ledgers, *(name for table in tables.guarded for name in table.triggers)]


DIALECT = TriggerDialect(
    create=create,
    drop=drop,
    names=names,
    listing=f"SELECT tgname FROM pg_trigger WHERE tgname LIKE '{PREFIX}%' AND tgenabled <> 'D'",
    must_drop_first=False,
)
