"""Write query records after the response, in bounded number, so that no visitor waits for the database.

One thread of the process writes at a time. Records beyond the limit, and records that the database refuses,
are dropped.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from threading import Lock

from django.db import DatabaseError, close_old_connections, connection

from .models import QueryNote

logger = logging.getLogger(__name__)

MAX_PER_MINUTE = 120


class QueryBuffer:
    """The queue of query records of this process that are not written yet."""

    def __init__(self, most: int = MAX_PER_MINUTE) -> None:
        self.most = most
        self._waiting: deque[QueryNote] = deque(maxlen=most)
        self._writing, self._counting = Lock(), Lock()
        self._minute, self._noted = 0, 0

    def add(self, row: QueryNote) -> bool:
        """Add a row; return False when the limit of this minute is reached."""
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
        """Insert the waiting rows with one statement, unless another thread is doing it."""
        if not self._waiting or not self._writing.acquire(blocking=False):
            return
        try:
            rows = [self._waiting.popleft() for _ in range(len(self._waiting))]
            # One feedback per session, query and day: the first is stored.
            QueryNote.objects.bulk_create(rows, ignore_conflicts=True)
        except DatabaseError as error:
            logger.warning("Query records could not be written: %s", error)
        finally:
            self._writing.release()
            if not connection.in_atomic_block:
                # Django has already closed the connections that the request used.
                close_old_connections()


query_buffer = QueryBuffer()
