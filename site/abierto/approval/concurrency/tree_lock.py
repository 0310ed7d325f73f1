"""A lock on the page tree: concurrent changes of pages run one after the other.

Publishing writes the tree position of a page from an object that was read before another user moved it. So
the lock is taken before the first read and released after the last write::

    with tree_lock():
        page = Page.objects.get(...)
        page.move(...)
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, IntegrityError, OperationalError, connections, transaction
from django.db.transaction import TransactionManagementError

from abierto.approval.guard.triggers.base import is_trigger_error

ATTEMPTS = 3
PAUSE_SECONDS = 0.05

# Any number that is unique in this database: the letters of «arbol».
LOCK_KEY = 0x6172626F6C
LOCK_TIMEOUT = "20s"
# set_config first: the wait for the lock itself is bounded too.
LOCK_SQL = "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)"

# Serialisation failure, deadlock, lock not available.
TRANSIENT_SQLSTATES = frozenset({"40001", "40P01", "55P03"})


@contextmanager
def tree_lock(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Lock the page tree, in one transaction, until the block ends.

    SQLite needs only the transaction: the project opens it with the write lock (``IMMEDIATE``).
    """
    with transaction.atomic(using=using):
        connection = connections[using]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(LOCK_SQL, [LOCK_TIMEOUT, LOCK_KEY])
        yield


def run_with_tree_lock[Result](
    work: Callable[[], Result], prepare: Callable[[], bool] = lambda: True, using: str = DEFAULT_DB_ALIAS
) -> Result:
    """Run ``work`` under the lock; repeat it from the start after a transient database error.

    ``prepare`` runs before each repetition and returns whether it is possible.

    Raises:
        DatabaseError: the last error, when all the attempts failed.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with tree_lock(using):
                return work()
        except (OperationalError, IntegrityError, TransactionManagementError) as error:
            # Inside an outer transaction there is nothing to start again from.
            is_outermost = not connections[using].in_atomic_block
            if attempt == ATTEMPTS or not is_outermost or not is_transient(error) or not prepare():
                raise
            time.sleep(PAUSE_SECONDS * attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


def is_transient(error: BaseException | None) -> bool:
    """Check whether an error comes from concurrent access and may not happen again.

    Wagtail's immediate tasks swallow errors and leave a broken transaction: then the cause counts.
    """
    while isinstance(error, TransactionManagementError):
        error = error.__cause__
    if isinstance(error, IntegrityError):
        return not is_trigger_error(error)
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return (
        state in TRANSIENT_SQLSTATES or "database is locked" in str(error) or "table is locked" in str(error)
    )
