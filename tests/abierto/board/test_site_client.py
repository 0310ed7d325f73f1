"""Visits to the sites of municipalities: never to a private address, and limited in time."""

import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from abierto.board.models import SiteState
from abierto.board.site_client import SiteVisitor, is_public_address

pytestmark = pytest.mark.slow

HERE = "127.0.0.1"


class Site(BaseHTTPRequestHandler):
    """A site with a page, an error, redirects and an answer that never ends."""

    hosts: list[str] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        port = self.server.server_port
        targets = {
            "/inward": "http://169.254.169.254/latest/meta-data/",
            "/named": f"http://inside.example:{port}/",
            "/elsewhere": f"http://other.example:{port}/",
            "/loop": "/loop",
            "/file": "file:///etc/passwd",
        }
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.05)
        target = targets.get(self.path)
        self.send_response(302 if target else 500 if self.path == "/error" else 200)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def site():
    """Serve the site; yield its port and the visitor that takes this machine for the internet."""
    Site.hosts = []
    server = ThreadingHTTPServer((HERE, 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    names = {"town.example": [HERE], "other.example": [HERE], "inside.example": [HERE, "10.0.0.1"]}
    visitor = SiteVisitor(
        resolve=lambda host, port: names.get(host, [host]),
        is_public=lambda address: address == HERE,
        ports=frozenset({server.server_port, 80}),
        max_seconds=2,
    )
    try:
        yield server.server_port, visitor
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("path", "state", "detail"),
    [
        ("/", SiteState.ANSWERS, ""),
        ("/error", SiteState.ERROR, "Código 500."),
        ("/elsewhere", SiteState.MOVED, "http://other.example:{port}/"),
        ("/loop", SiteState.UNREACHABLE, "Redirige demasiadas veces."),
        ("/inward", SiteState.REFUSED, ""),
        ("/named", SiteState.REFUSED, ""),
        ("/file", SiteState.REFUSED, ""),
        ("/slow", SiteState.UNREACHABLE, "No respondió a tiempo."),
    ],
)
def test_the_state_of_an_address_is_returned(path, state, detail):
    with site() as (port, visitor):
        started = time.monotonic()
        found = visitor.visit(f"http://town.example:{port}{path}")

    assert (found.state, found.detail) == (state, detail.format(port=port))
    assert time.monotonic() - started < 10
    assert not [host for host in Site.hosts if host.startswith(("inside", "169"))]


def test_the_name_is_resolved_once_and_the_connection_goes_to_that_address():
    asked = []

    def changing(host, port):
        asked.append(host)
        return [HERE] if len(asked) == 1 else ["10.0.0.1"]

    with site() as (port, visitor):
        found = SiteVisitor(changing, visitor.is_public, visitor.ports, 2).visit(
            f"http://town.example:{port}/"
        )

    assert (found.state, asked) == (SiteState.ANSWERS, ["town.example"])
    assert Site.hosts == [f"town.example:{port}"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "not an address",
    ],
)  # fmt: skip
def test_private_addresses_are_not_public(address):
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_addresses_on_the_internet_are_public(address):
    assert is_public_address(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://127.0.0.1/", "http://2130706433/", "http://[::1]/", "http://0x7f.1/",
        "https://127.0.0.1:8000/", "http://user@example.org/", "ftp://example.org/", "http://[/", "//",
    ],
)  # fmt: skip
def test_no_connection_is_opened_to_a_private_address(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: pytest.fail("connected"))

    assert SiteVisitor().visit(url).state in (SiteState.REFUSED, SiteState.UNREACHABLE)
