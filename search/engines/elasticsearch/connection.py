"""Connections to the servers: short timeouts, one retry on another server, the project's own errors."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import urllib3
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, TransportError, Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch

from search.engines.base import EngineError, EngineUnreachable, IndexBroken, IndexMissing

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 1.0
READ_SECONDS = 5.0
WRITE_SECONDS = 30.0
BACKOFF_SECONDS = 5.0  # after a server did not answer
MAX_RETRIES = 2
NOT_FOUND = 404
LONGEST = 300  # of an error message, without the stack trace
BUSY = frozenset({408, 429, 502, 503, 504})


class ShortConnectNode(Urllib3HttpNode):
    """A server with a connect timeout of one second and a longer read timeout."""

    def perform_request(
        self, method: str, target: str, body: Any = None, headers: Any = None, request_timeout: Any = None
    ) -> Any:
        """Send the request. A refused connection may be retried on another server."""
        seconds = request_timeout if isinstance(request_timeout, int | float) else READ_SECONDS
        wait: Any = urllib3.Timeout(connect=CONNECT_SECONDS, read=seconds)
        try:
            return super().perform_request(method, target, body, headers, wait)
        except ConnectionTimeout as error:
            if any(isinstance(cause, urllib3.exceptions.ConnectTimeoutError) for cause in error.errors):
                raise NoConnection(error.message, errors=error.errors) from error
            raise


class Connection:
    """The connection to a list of servers. After a failed call, calls fail at once for a while."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.client = Elasticsearch(
            list(urls),
            node_class=ShortConnectNode,
            max_retries=max(1, min(len(urls) - 1, MAX_RETRIES)),
            retry_on_timeout=False,
            retry_on_status=(),
        )
        self.writer = self.client.options(request_timeout=WRITE_SECONDS)
        self._retry_after = 0.0

    @contextmanager
    def short_call_client(self) -> Iterator[Elasticsearch]:
        """Yield the client for short calls; raise at once during the back-off."""
        if time.monotonic() < self._retry_after:
            raise EngineUnreachable("the servers did not answer the last call")
        try:
            with engine_errors():
                yield self.client
        except EngineUnreachable as error:
            if isinstance(error.__cause__, TransportError):
                self._retry_after = time.monotonic() + BACKOFF_SECONDS
                logger.warning("The search servers do not answer: %s", error)
            raise


@contextmanager
def engine_errors() -> Iterator[None]:
    """Convert the client's errors to the engine's errors."""
    try:
        yield
    except ApiError as error:
        raise _kind(error)(f"{error}"[:LONGEST]) from error
    except TransportError as error:
        raise EngineUnreachable(f"{type(error).__name__}: {error.message}") from error


def _kind(error: ApiError) -> type[EngineError]:
    """Return our error class for a refusal. A multi-search response reports refusals in its body."""
    reported = error.body.get("status") if isinstance(error.body, dict) else None
    status = reported if isinstance(reported, int) else error.status_code
    if status == NOT_FOUND:
        return IndexMissing
    return EngineUnreachable if status in BUSY else IndexBroken


def connection(urls: Sequence[str]) -> Connection:
    """Return the connection of this process: a connection opened before a fork is not reused."""
    try:
        return _connection(tuple(urls), os.getpid())
    except ValueError as error:
        raise EngineUnreachable(f"the address of a server is incomplete: {error}") from error


@lru_cache(maxsize=8)
def _connection(urls: tuple[str, ...], process: int) -> Connection:
    return Connection(urls)
