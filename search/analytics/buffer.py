"""Writing notes without making anybody wait, and never more than so many.

The row is written when the answer has been sent, by one thread of the process at a time: a database busy
with a long import delays no visitor. What a robot asks beyond the bound is not noted; nor is anything while
the database cannot be written, because a search that answers matters more than its note.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from threading import Lock

from django.db import DatabaseError, close_old_connections, connection

from .models import QueryNote

logger = logging.getLogger(__name__)

NOTES_A_MINUTE = 120


class QueryBuffer:
    """The notes of this process on their way to the database."""

    def __init__(self, most: int = NOTES_A_MINUTE) -> None:
        self.most = most
        self._waiting: deque[QueryNote] = deque(maxlen=most)
        self._writing, self._counting = Lock(), Lock()
        self._minute, self._noted = 0, 0

    def note(self, row: QueryNote) -> bool:
        """Keep a row for writing; False when this minute is full."""
        with self._counting:
            minute = int(time.monotonic() // 60)
            if minute != self._minute:
                self._minute, self._noted = minute, 0
            if self._noted >= self.most:
                return False
            self._noted += 1
        self._waiting.append(row)
        return True

    def write(self) -> None:
        """Write what waits, in one statement, unless another thread is doing it."""
        if not self._waiting or not self._writing.acquire(blocking=False):
            return
        try:
            rows = [self._waiting.popleft() for _ in range(len(self._waiting))]
            # One answer per visit, question and day: the first one stands.
            QueryNote.objects.bulk_create(rows, ignore_conflicts=True)
        except DatabaseError as error:
            logger.warning("Questions could not be noted: %s", error)
        finally:
            self._writing.release()
            if not connection.in_atomic_block:
                # Django has already gone round closing what this request used.
                close_old_connections()


notebook = QueryBuffer()
