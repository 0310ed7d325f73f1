"""Send the probes inside savepoints, and record server errors."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.db import Error, transaction
from django.test import Client

from tests.security.fuzzing.requests import Pairs, Probe, Target, replaced

#: Deliberate 503s: the index is missing, or too many users save at once.
BUSY = 503


@dataclass
class Fault:
    """A response with a server error."""

    person: str
    probe: Probe
    error: str
    place: str

    @property
    def kind(self) -> str:
        """Return the kind of error and its place: many probes show the same fault."""
        return f"{self.error[:90]} @ {self.place}"


@dataclass
class Report:
    """The results of a round."""

    requests: int = 0
    views: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def table(self) -> str:
        """Return the faults by kind with one example each, and the count as the last line."""
        kinds: dict[str, list[Fault]] = {}
        for fault in self.faults:
            kinds.setdefault(fault.kind, []).append(fault)
        lines = [
            f"{self.requests} requests to {len(self.views)} views: {dict(sorted(self.statuses.items()))}"
        ]
        for kind, faults in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
            example = faults[0]
            lines.append(f"{len(faults):5}  {kind}")
            probe = example.probe
            lines.append(f"       {example.person}: {probe.method} {probe.path[:90]} ({probe.what})")
        return "\n".join([*lines, f"errors 500: {len(self.faults)}"])


class Browser:
    """A user's client; changes of its session by a probe are reverted."""

    def __init__(self, person: str, user: Any = None) -> None:
        self.person = person
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def send(self, probe: Probe) -> Any:
        """Send a probe and undo its changes; return the response."""
        with transaction.atomic():
            try:
                with transaction.atomic():
                    return self.answer(probe)
            finally:
                transaction.set_rollback(True)
                self.client.cookies = SimpleCookie(self.cookies)

    def answer(self, probe: Probe) -> Any:
        """Send a probe as it is and read the whole response."""
        more = {"headers": probe.headers} if probe.headers else {}
        response = self.client.generic(probe.method, probe.address, probe.body, probe.content_type, **more)
        if response.streaming:
            b"".join(response.streaming_content)
        return response


def show(browser: Browser, view: str, path: str, everywhere: Pairs, report: Report) -> Target:
    """Open a URL and return it with the form that it shows."""
    response = send(browser, Probe(view, path, "as it is"), report)
    shown = Fields()
    if response is not None and response.headers.get("Content-Type", "").startswith(
        ("text/html", "application/json")
    ):
        shown.feed(response.content.decode(errors="replace").replace("\\u003C", "<").replace('\\"', '"'))
    form = list(everywhere)
    for name, value in shown.values.items():
        form = replaced(form, name, value.encode("utf-8", "surrogatepass"))
    return Target(view, path, form, sorted(shown.names))


def send(browser: Browser, probe: Probe, report: Report) -> Any:
    """Send a probe and record its result."""
    report.requests += 1
    report.views.add(probe.view)
    try:
        response = browser.send(probe)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, Error) as error:
        report.statuses[599] += 1
        report.faults.append(fault_of(browser.person, probe, error))
        return None
    report.statuses[response.status_code] += 1
    if response.status_code >= 500 and response.status_code != BUSY:
        error = (
            response.exc_info[1] if getattr(response, "exc_info", None) else Exception(response.status_code)
        )
        report.faults.append(fault_of(browser.person, probe, error))
    return response


def fault_of(person: str, probe: Probe, error: BaseException) -> Fault:
    """Return a fault with the innermost frames of its traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames[-2:])]
    return Fault(person, probe, f"{type(error).__name__}: {str(error)[:200]}", " < ".join(places))


def short(filename: str) -> str:
    """Return the path of a module inside its package or the project."""
    return filename.rpartition("site-packages/")[2].removeprefix(f"{settings.ROOT}/")


class Fields(HTMLParser):
    """Parse the fields of a screen with the values that it would submit."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.values: dict[str, str] = {}
        self.select = ""
        self.textarea = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Read the name of a field, and its value if it has one."""
        known = dict(attributes)
        name = known.get("name") or ""
        if tag == "option" and self.select and "selected" in known:
            self.values[self.select] = known.get("value") or ""
        if tag not in ("input", "select", "textarea") or not name or name == "csrfmiddlewaretoken":
            return
        self.names.add(name)
        self.select = name if tag == "select" else self.select
        self.textarea = name if tag == "textarea" else ""
        if tag == "input" and (known.get("type") not in ("checkbox", "radio") or "checked" in known):
            self.values[name] = known.get("value") or ""

    def handle_data(self, data: str) -> None:
        """Read the text of a text area."""
        if self.textarea:
            self.values[self.textarea] = data.removeprefix("\n")
            self.textarea = ""
