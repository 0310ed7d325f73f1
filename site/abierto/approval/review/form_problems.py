"""Show the problems of a refused version on the form that submitted it, with all its input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from .inline_rows import row_key
from .validation import Problem, describe_problem


@dataclass
class ShownProblems:
    """The problems that the next valid form of the request shows instead of being saved."""

    places: Sequence[Problem]
    are_shown: bool = False


_shown: ContextVar[ShownProblems | None] = ContextVar("abierto_shown_problems", default=None)


@contextmanager
def show_problems(places: Sequence[Problem]) -> Iterator[ShownProblems]:
    """Let the form of the view called inside show these problems."""
    problems = ShownProblems(places)
    token = _shown.set(problems)
    try:
        yield problems
    finally:
        _shown.reset(token)


class ProblemsForm:
    """Content form mixin that shows beside its fields the problems of a refused submission."""

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()  # type: ignore[misc]
        problems = _shown.get()
        if not valid or problems is None or problems.are_shown:
            return valid
        problems.are_shown = True
        for path, message in problems.places:
            self._add_problem(path, message)
        return False

    def _add_problem(self, path: str, message: str) -> None:
        """Add the message to the field at ``path``, or to the whole form where it has none."""
        place, *labels = path.split(" › ")
        form, name = self._find_form(place)
        if form is not None and name in form.fields:
            form.add_error(name, ": ".join([*labels, message]))
        else:
            self.add_error(None, describe_problem(self.instance, path, message))  # type: ignore[attr-defined]

    def _find_form(self, place: str) -> tuple[Any, str]:
        """Return the form with the field at ``place``: this one, or that of an inline row."""
        name, _dot, rest = place.partition(".")
        formset = self.formsets.get(name)  # type: ignore[attr-defined]
        if formset is None:
            return self, name
        key, _dot, field = rest.partition(".")
        return next((form for form in formset.forms if row_key(form.instance) == key), None), field
