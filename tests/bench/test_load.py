"""The load client of the benchmarks: it counts correctly and refuses error pages."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bench.load import Timings, always, fetch, measure, never_twice, slowdown


class Answers(BaseHTTPRequestHandler):
    """Respond 200 to every path but /roto/."""

    asked: list[str]

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(500 if self.path == "/roto/" else 200)
        self.end_headers()
        self.wfile.write(b"listo")

    def log_message(self, *args):
        """Log nothing."""


@pytest.fixture
def server():
    httpd = HTTPServer(("127.0.0.1", 0), Answers)
    httpd.asked = []
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield httpd
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def address(server, path):
    return f"http://127.0.0.1:{server.server_port}{path}"


def timings(*rates):
    made = Timings()
    for rate in rates:
        made.add_round([1 / rate] * 10, 10 / rate)
    return made


def test_every_url_is_requested_equally_often_in_turns(server):
    urls = {"una": always(address(server, "/una/")), "otra": always(address(server, "/otra/?q=a"))}

    measured = measure(urls, rounds=2, requests=3, clients=1)

    warm, counted = server.asked[:8], server.asked[8:]
    assert sorted(set(warm)) == ["/otra/?q=a", "/una/"]
    assert counted == ["/una/"] * 3 + ["/otra/?q=a"] * 6 + ["/una/"] * 3
    assert [len(timings.seconds) for timings in measured.values()] == [6, 6]


def test_an_error_page_is_refused(server):
    with pytest.raises(RuntimeError, match="500"):
        fetch(address(server, "/roto/"))


def test_slowdown_ignores_a_single_bad_round():
    assert slowdown(timings(50, 50, 2), timings(100, 100, 100)) == pytest.approx(2)


def test_rate_and_percentile():
    measured = timings(10, 10)
    assert measured.rate == pytest.approx(10)
    assert measured.percentile_ms(95) == pytest.approx(100)


def test_an_uncached_url_is_new_each_time():
    addresses = never_twice("http://x/buscar/?q=a")
    assert next(addresses) == "http://x/buscar/?q=a&vez=0"
    assert next(addresses) == "http://x/buscar/?q=a&vez=1"
