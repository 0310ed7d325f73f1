"""A small load client: requests several URLs in turns, so that load of the machine affects all of them."""

import http.client
import itertools
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 30


@dataclass
class Timings:
    """The responses of one URL and their times."""

    seconds: list[float] = field(default_factory=list)
    busy: float = 0.0
    rates: list[float] = field(default_factory=list)

    def add_round(self, seconds: list[float], elapsed: float) -> None:
        """Add the responses of one round and the time it took with all clients at work."""
        self.seconds += seconds
        self.busy += elapsed
        self.rates.append(len(seconds) / elapsed)

    @property
    def rate(self) -> float:
        """Requests per second over all rounds."""
        return len(self.seconds) / self.busy

    def percentile_ms(self, percent: int) -> float:
        """Return a percentile of the response times, in milliseconds."""
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000


def fetch(url: str) -> float:
    """Request a URL once and return the seconds until the last byte.

    Raises:
        RuntimeError: when the status is not 200: a fast error page must not count.
    """
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    began = time.perf_counter()
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", target)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{url}: {answer.status}")
    return time.perf_counter() - began


def always(url: str) -> Iterator[str]:
    """Return the same URL for every request, as visitors request it."""
    return itertools.repeat(url)


def never_twice(url: str) -> Iterator[str]:
    """Return the URL with a new query parameter each time, so that no cache has it."""
    mark = "&" if "?" in url else "?"
    return (f"{url}{mark}vez={number}" for number in itertools.count())


def measure(
    urls: dict[str, Iterator[str]], *, rounds: int, requests: int, clients: int
) -> dict[str, Timings]:
    """Request every URL ``requests`` times per round, in alternating order."""
    timings = {name: Timings() for name in urls}
    with ThreadPoolExecutor(clients) as pool:
        for url in urls.values():
            list(pool.map(fetch, itertools.islice(url, clients * 4)))
        for turn in range(rounds):
            order = list(urls) if turn % 2 == 0 else list(reversed(urls))
            for name in order:
                began = time.perf_counter()
                seconds = list(pool.map(fetch, itertools.islice(urls[name], requests)))
                timings[name].add_round(seconds, time.perf_counter() - began)
    return timings


def slowdown(page: Timings, baseline: Timings) -> float:
    """Return how many times slower a page is: the median of the rounds, robust against outliers."""
    return statistics.median(bare / rate for bare, rate in zip(baseline.rates, page.rates, strict=True))
