"""Build the steps of publishing a ruling for the panel of its edit form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from .enums import PartRole
from .models import RulingPage
from .part_states import PART_ORDER, PartState, PartStep, read_part_states
from .parts import EasyReadPage, PublicVersionPage, RulingPart

DONE = frozenset({PartStep.PUBLIC, PartStep.IN_REVIEW})


@dataclass(frozen=True)
class Step:
    """A step with its state; ``url`` is empty where nothing can be done yet."""

    title: str
    state: str
    url: str = ""
    is_done: bool = False
    is_optional: bool = False
    is_next: bool = False


def build_steps(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the steps of the ruling of a form, which may be that of a part; none before it is saved."""
    is_part = isinstance(page, RulingPart)
    ruling = page.parent if is_part else page
    if ruling is None or ruling.pk is None:
        return {"steps": []}
    specific = ruling.specific
    if not isinstance(specific, RulingPage):
        return {"steps": []}
    first = specific.get_parent().specific.first_part
    return {"steps": mark_next(list_steps(specific)), "first_part": PartRole(first).label if first else ""}


def list_steps(ruling: RulingPage) -> list[Step]:
    """Return the record, the public version with its two people, and the other parts."""
    states = read_part_states([ruling])[ruling.path]
    steps = [build_step(_("Ficha de la sentencia"), states[RulingPage])]
    for model in PART_ORDER:
        state = states[model]
        is_optional = model is EasyReadPage  # for those who need it
        steps.append(build_step(str(model.part_title), state, is_optional=is_optional))
        if model is PublicVersionPage:
            steps += list_people(state)
    return steps


def build_step(title: str, state: PartState, *, is_optional: bool = False) -> Step:
    return Step(title, state.label, state.url, state.step in DONE, is_optional)


def list_people(state: PartState) -> list[Step]:
    """Return the two steps that name people: the anonymizer and the reviewer of the names."""
    page = PublicVersionPage.objects.filter(pk=state.page_id).first() if state.page_id else None
    draft: Any = page.get_latest_revision_as_object() if page is not None else None
    url = state.url if draft is not None else ""
    found = []
    for title, name in (
        (_("Anonimizada por"), "anonymized_by"),
        (_("Nombres revisados por"), "names_reviewed_by"),
    ):
        person = getattr(draft, name, None)
        label = person.public_name if person is not None else _("Falta decir quién")
        found.append(Step(title, label, url, person is not None))
    return found


def mark_next(steps: list[Step]) -> list[Step]:
    """Mark the first open, required step that has an address."""
    wanted = next((step for step in steps if not step.is_done and not step.is_optional and step.url), None)
    return [replace(step, is_next=step is wanted) for step in steps]
