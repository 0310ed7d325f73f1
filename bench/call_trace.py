"""Count the modules and packages that an approval or a search enters, from the request to its answer.

A reader of the code visits a function once: so the trace notes each function of ours the first time it is
entered; consecutive functions of one module are one visit. A *return* is a visit to a module (or package)
that was left before. Two traces are printed: the whole request, and the decision without publication: what
``ReviewTask.on_action`` enters until Wagtail's workflow goes on.

    PYTHONPATH=site:. python -m bench.call_trace [--list] [--without FUNCTION ...]

On a tree with other names, run a copy of this file there with ``--newsroom`` and ``--review``.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path.cwd()
#: Folder of our code in the repository, and the prefix of its modules.
OURS = {ROOT / "site": "", ROOT / "pages": "pages.", ROOT / "search": "search.", ROOT / "blocks": "blocks."}
#: Where the decision ends: the workflow goes on, and after its last step publishes.
WORKFLOWS = "/wagtail/models/workflows.py"
STEPS_OF_A_PACKAGE = 3  # abierto.approval.review, pages.updates, search.indexing


class Trace:
    """The functions of ours that were entered, each once, in the order of their first call."""

    def __init__(self, left_out: frozenset[str]) -> None:
        self.functions: dict[tuple[str, str], None] = {}
        self._left_out = left_out
        self._skipped: FrameType | None = None
        self.decision: dict[tuple[str, str], None] = {}
        self._deciding = False

    def note(self, frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_name == "approve" and code.co_filename.endswith(WORKFLOWS):
            self._deciding = False
        module = module_of(code.co_filename)
        if self._skipped is not None:
            if event == "return" and frame is self._skipped:
                self._skipped = None
            return
        if event != "call" or module is None or code.co_name == "<module>":
            return
        if code.co_name in self._left_out:
            self._skipped = frame
            return
        if code.co_qualname == "ReviewTask.on_action":
            self._deciding = True
        function = (module, code.co_qualname)
        self.functions.setdefault(function)
        if self._deciding:
            self.decision.setdefault(function)


def module_of(file: str) -> str | None:
    """Return the dotted name of a module of ours."""
    for folder, prefix in OURS.items():
        if file.startswith(f"{folder}/"):
            parts = Path(file).relative_to(folder).with_suffix("").parts
            return prefix + ".".join(part for part in parts if part != "__init__")
    return None


def package_of(module: str) -> str:
    """Return the package of a module: abierto.approval.review, pages.updates."""
    steps = STEPS_OF_A_PACKAGE if module.startswith("abierto.") else STEPS_OF_A_PACKAGE - 1
    return ".".join(module.split(".")[:-1][:steps]) or module


@contextmanager
def traced(left_out: frozenset[str]) -> Iterator[Trace]:
    """Trace the functions that the block enters, except those in ``left_out`` and their calls."""
    trace = Trace(left_out)
    sys.setprofile(trace.note)
    try:
        yield trace
    finally:
        sys.setprofile(None)


def fold(names: list[str]) -> list[str]:
    """Return the visits: consecutive equal names once."""
    return [name for name, _same in groupby(names)]


def report(title: str, functions: list[tuple[str, str]], shows_visits: bool) -> None:
    """Print the counts of one trace."""
    modules = fold([module for module, _function in functions])
    packages = fold([package_of(module) for module, _function in functions])
    print(f"{title}: {len(functions)} functions")
    for kind, visits in (("modules", modules), ("packages", packages)):
        print(f"  {len(set(visits)):3} {kind}, {len(visits) - len(set(visits)):3} returns")
    if shows_visits:
        for module, visit in groupby(functions, key=lambda function: function[0]):
            print(f"  {module}: {', '.join(name for _module, name in visit)}")


def approve_by_request(newsroom: Any, review: str, left_out: frozenset[str]) -> Trace:
    """Submit an update, open its review as the reviewer does, and trace the request that approves it."""
    from django.test import Client
    from django.urls import reverse

    room = newsroom.newsroom()
    state = newsroom.submit(newsroom.draft_update(room), room.editor)
    client, address = Client(), reverse(review, args=[state.pk])
    client.force_login(room.reviewer)
    token = re.search('name="token" value="([^"]+)"', client.get(address).content.decode())
    if token is None:
        raise SystemExit("The review shows no form to approve.")
    with traced(left_out) as trace:
        answer = client.post(address, {"action": "approve", "token": token[1], "comment": ""})
    if answer.status_code != 302 or not newsroom.fresh(state.revision.content_object).live:
        raise SystemExit(f"Not approved: {answer.status_code}")
    return trace


def search_by_request(newsroom: Any, left_out: frozenset[str]) -> Trace:
    """Publish and index an update, ask for its commitment, and trace the second request (warm caches)."""
    from django.core.management import call_command
    from django.test import Client

    room = newsroom.newsroom()
    newsroom.approve(newsroom.submit(newsroom.draft_update(room), room.editor), room.reviewer)
    call_command("search", "rebuild", stdout=sys.stderr)
    client, question = Client(), {"q": room.commitment.title}
    if b"<mark>" not in client.get("/buscar/", question).content:
        raise SystemExit("Nothing found.")
    with traced(left_out) as trace:
        client.get("/buscar/", question)
    return trace


def in_test_database(run: Callable[[], Trace]) -> Trace:
    """Run with the settings and in an empty database of the tests."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "abierto.settings.test")
    django.setup()
    from django.test.runner import DiscoverRunner

    from tests import second_factor, static_files

    second_factor.install()
    static_files.install()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        return run()
    finally:
        runner.teardown_databases(databases)
        runner.teardown_test_environment()


def main() -> None:
    """Print how many modules and packages an approval or a search enters."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("request", nargs="?", choices=["approval", "search"], default="approval")
    parser.add_argument("--newsroom", default="tests.abierto.approval.newsroom", help="module with its world")
    parser.add_argument("--review", default="approval:review", help="URL name of the review screen")
    parser.add_argument("--list", action="store_true", help="print each visit and its functions too")
    parser.add_argument("--without", nargs="*", default=[], help="functions left out with all they call")
    options = parser.parse_args()
    left_out = frozenset(options.without)

    def run() -> Trace:
        newsroom = import_module(options.newsroom)
        if options.request == "search":
            return search_by_request(newsroom, left_out)
        return approve_by_request(newsroom, options.review, left_out)

    trace = in_test_database(run)
    report("The whole request", list(trace.functions), options.list)
    if options.request == "approval":
        report("The decision", list(trace.decision), options.list)


if __name__ == "__main__":
    main()
