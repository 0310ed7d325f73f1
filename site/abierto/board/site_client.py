"""HTTP client for the sites of municipalities that never connects to a private address.

A name is resolved once, every address it has must be public, and the connection goes to one of those
addresses (pinned), whatever the name resolves to later. A redirect is checked like the first address. Time
and size are limited. Makes no database query.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from .models import SiteState

#: Seconds for a visit with all its redirects, and bytes that are read of the last answer.
MAX_SECONDS = 15.0
MAX_BYTES = 64 * 1024
MAX_REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
FIRST_ERROR = 400
REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Ranges that Python calls global although they embed an IPv4 address, which may be private: NAT64, 6to4.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))

Resolve = Callable[[str, int], Sequence[str]]


class PrivateAddress(Exception):
    """The address, or one that it leads to, is not public."""


class VisitFailed(Exception):
    """The site did not answer; the message says how, in Spanish."""


@dataclass(frozen=True)
class SiteVisit:
    """The state of a site after a visit, with a detail in Spanish."""

    state: SiteState
    detail: str = ""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name.

    Raises:
        VisitFailed: if it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise VisitFailed(_("No existe el nombre del sitio.")) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public_address(address: str) -> bool:
    """Check that an IP address is reachable on the public internet and maps to no other address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in _TRANSLATED):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


@dataclass(frozen=True)
class SiteResponse:
    """The answer of one address; ``target`` is where it redirects to."""

    status: int
    target: str
    body: bytes


@dataclass(frozen=True)
class SiteVisitor:
    """How addresses are visited; tests give another resolver, other ports and a shorter time."""

    resolve: Resolve = resolve
    is_public: Callable[[str], bool] = is_public_address
    ports: frozenset[int] = frozenset(PORTS.values())
    max_seconds: float = MAX_SECONDS
    max_bytes: int = MAX_BYTES

    def visit(self, url: str) -> SiteVisit:
        """Visit ``url`` and return its state; a failure is a state, too."""
        until = monotonic() + self.max_seconds
        try:
            last, answer = self._follow(url, until)
        except PrivateAddress:
            return SiteVisit(SiteState.REFUSED)
        except VisitFailed as error:
            return SiteVisit(SiteState.UNREACHABLE, str(error))
        if answer.status >= FIRST_ERROR:
            return SiteVisit(SiteState.ERROR, _("Código %(status)s.") % {"status": answer.status})
        if urlsplit(last).hostname != urlsplit(url).hostname:
            return SiteVisit(SiteState.MOVED, last[:250])
        return SiteVisit(SiteState.ANSWERS)

    def download(self, url: str) -> bytes:
        """Return the body of ``url``, of ``max_bytes`` at most.

        Raises:
            PrivateAddress: if it, or an address that it redirects to, is not public.
            VisitFailed: if it does not answer in time, answers with an error, or is longer.
        """
        _last, answer = self._follow(url, monotonic() + self.max_seconds)
        if answer.status >= FIRST_ERROR:
            raise VisitFailed(_("Código %(status)s.") % {"status": answer.status})
        if len(answer.body) > self.max_bytes:
            raise VisitFailed(_("Pasa de %(size)s KB.") % {"size": self.max_bytes // 1024})
        return answer.body

    def _follow(self, url: str, until: float) -> tuple[str, SiteResponse]:
        """Return the last address and its answer, after the redirects.

        Raises:
            PrivateAddress: if one of the addresses is not public.
            VisitFailed: if one does not answer in time, or there are too many.
        """
        current = url
        for _hop in range(MAX_REDIRECTS + 1):
            answer = self._fetch(current, until)
            if answer.status not in REDIRECTS or not answer.target:
                return current, answer
            current = urljoin(current, answer.target)
        raise VisitFailed(_("Redirige demasiadas veces."))

    def _fetch(self, url: str, until: float) -> SiteResponse:
        """Return the answer of one address.

        Raises:
            PrivateAddress: if any of its addresses is not public, or its port is not one of the web.
            VisitFailed: if it does not answer in time.
        """
        parts, port = self._split(url)
        addresses = self.resolve(parts.hostname or "", port)
        if not addresses or not all(self.is_public(address) for address in addresses):
            raise PrivateAddress
        left = until - monotonic()
        if left <= 0:
            raise VisitFailed(_("No respondió a tiempo."))
        connection = open_connection(parts, addresses[0], port, left)
        try:
            connection.connect()
            with limit_duration(connection.sock, until):
                return read_answer(connection, parts, self.max_bytes)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            late = monotonic() >= until
            message = _("No respondió a tiempo.") if late else _("No se pudo leer la respuesta.")
            raise VisitFailed(message) from error
        finally:
            connection.close()

    def _split(self, url: str) -> tuple[SplitResult, int]:
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise PrivateAddress from error
        if parts.scheme not in PORTS or not parts.hostname or parts.username or port not in self.ports:
            raise PrivateAddress
        return parts, port


def open_connection(parts: SplitResult, address: str, port: int, seconds: float) -> HTTPConnection:
    """Return a connection to the pinned ``address``; the certificate must be of the name."""
    if parts.scheme == "http":
        return HTTPConnection(address, port, timeout=seconds)
    return HTTPSConnection(
        address,
        port,
        timeout=seconds,
        ssl_context=ssl.create_default_context(),
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
    )


def read_answer(connection: HTTPConnection, parts: SplitResult, max_bytes: int) -> SiteResponse:
    """Request the page, and read at most one byte more than ``max_bytes``."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.netloc, "User-Agent": "Abierto/1.0", "Accept": "text/html,*/*;q=0.1"}
    connection.request("GET", path, headers=headers, preload_content=False, decode_content=False)
    response = connection.getresponse()
    body = response.read(max_bytes + 1, decode_content=False)
    return SiteResponse(response.status, response.headers.get("Location", ""), body)


@contextmanager
def limit_duration(sock: socket.socket, until: float) -> Iterator[None]:
    """Shut a connection down at ``until`` (monotonic seconds), from another thread, so that its read ends.

    A server that sends a byte now and then would never reach the timeout of a single read. The socket is a
    parameter because the connection drops its own reference once the answer begins.
    """
    timer = threading.Timer(max(until - monotonic(), 0), shut_down, [sock])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if monotonic() >= until:
        raise TimeoutError


def shut_down(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
