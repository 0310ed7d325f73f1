"""Send reads, approvals and withdrawals to the portal, and record the responses."""

import http.client
import itertools
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from threading import Event, Thread
from urllib.parse import quote, urlencode, urlsplit

from django.urls import reverse

from .content import Public, Waiting
from .portal_server import HOST

TIMEOUT_SECONDS = 60
NO_ANSWER = 0
PAUSE_SECONDS = 0.05
ACKNOWLEDGED = frozenset({HTTPStatus.OK, HTTPStatus.FOUND})


@dataclass
class Log:
    """What the portal answered while a fault lasted."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    approved: dict[int, str] = field(default_factory=dict)
    """Titles of the pages whose approval was acknowledged, by page."""
    withdrawn: dict[int, Public] = field(default_factory=dict)
    visible: set[int] = field(default_factory=set)
    """Pages that were shown after their withdrawal was acknowledged."""


class Visitors:
    """A client of the portal that records every response."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._place = (parts.hostname or "", parts.port)
        self.log = Log()

    def request(
        self,
        path: str,
        cookies: dict[str, str] | None = None,
        form: dict[str, str] | None = None,
        address: str = "127.0.0.1",
    ) -> tuple[int, str]:
        """Send one request as the front server does; return status and body, and count the status."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": address}
        headers["X-Request-Start"] = f"t={time.time():.3f}"
        body = None
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if form is not None and cookies:
            body = urlencode({**form, "csrfmiddlewaretoken": cookies["csrftoken"]})
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"https://{HOST}{path}",
            }
        connection = http.client.HTTPConnection(*self._place, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            answer = connection.getresponse()
            status, text = answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            status, text = NO_ANSWER, ""
        finally:
            connection.close()
        self.log.statuses[status] += 1
        if status in (NO_ANSWER, HTTPStatus.INTERNAL_SERVER_ERROR):
            self.log.failures.append(f"{'POST' if body else 'GET'} {path}: {status}")
        return status, text

    def approve(self, waiting: Waiting) -> bool:
        """Approve a page; record whether the portal acknowledged it."""
        form = {"action": "approve", "token": waiting.token, "comment": ""}
        status, _text = self.request(waiting.address, waiting.cookies, form)
        if status == HTTPStatus.FOUND:
            self.log.approved[waiting.page] = waiting.title
        return status == HTTPStatus.FOUND

    def withdraw(self, public: Public) -> bool:
        """Withdraw a page, and look for it at once if the portal acknowledged it."""
        path = reverse("wagtailadmin_pages:unpublish", args=[public.page])
        status, _text = self.request(path, public.cookies, {"motivo": "Retirada para medir"})
        if status == HTTPStatus.FOUND:
            self.log.withdrawn[public.page] = public
            self.look_for(public)
        return status == HTTPStatus.FOUND

    def look_for(self, public: Public) -> None:
        """Record a withdrawn page that is still shown at its address or in the search."""
        status, _text = self.request(public.path)
        if status == HTTPStatus.OK or public.path in self.search(public.title):
            self.log.visible.add(public.page)

    def search(self, words: str) -> str:
        """Return the page of results."""
        return self.request(f"/buscar/?q={quote(words)}")[1]

    def read(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.request(path)

    @contextmanager
    def reading(self, paths: list[str], readers: int) -> Iterator[None]:
        """Let so many readers open the pages, again and again, for the time of the block."""
        ended = Event()

        def read() -> None:
            for path in itertools.cycle(random.sample(paths, len(paths))):
                self.request(path)
                if ended.wait(PAUSE_SECONDS):
                    return

        threads = [Thread(target=read) for _reader in range(readers)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            ended.set()
            for thread in threads:
                thread.join()

    def work(self, waiting: list[Waiting], public: list[Public], people: int) -> None:
        """Approve and withdraw, with so many people at once."""
        tasks: list[Callable[[], bool]] = [partial(self.approve, one) for one in waiting]
        tasks += [partial(self.withdraw, one) for one in public]
        random.shuffle(tasks)
        with ThreadPoolExecutor(people) as pool:
            for future in [pool.submit(task) for task in tasks]:
                future.result()
