"""Data that a municipality publishes elsewhere, as its page shows them: with their address and age."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from abierto.registry.models import HarvestedRecord, Municipality
from pages.roadmaps.enums import StepStatus


@dataclass(frozen=True)
class ExternalStep:
    """A step of a roadmap as the municipality publishes it."""

    number: int | None
    name: str
    status: str
    done_on: datetime.date | None
    note: str


@dataclass(frozen=True)
class ExternalPlan:
    """A plan as the municipality publishes it: its name, its address there and its period."""

    title: str
    url: str
    start: datetime.date | None
    end: datetime.date | None


@dataclass(frozen=True)
class ExternalRecord:
    """The harvested record of a municipality; nothing of it was approved in this portal."""

    source: str
    age: str
    failed_on: datetime.date | None
    facts: list[str]
    steps: list[ExternalStep]
    plans: list[ExternalPlan]


def read_external_record(town: Municipality, today: datetime.date) -> ExternalRecord | None:
    """Return the last harvested record of a municipality; no query for one without an address."""
    if not town.data_url:
        return None
    record = HarvestedRecord.objects.select_related("municipality").filter(municipality=town).first()
    if record is None or not record.is_shown or record.read_at is None:
        return None
    content = record.content
    failed_on = timezone.localdate(record.failed_at) if record.failed_at is not None else None
    return ExternalRecord(
        source=record.url,
        age=describe_age(timezone.localdate(record.read_at), today),
        failed_on=failed_on,
        facts=list(content["facts"]),
        steps=[build_step(step) for step in content["steps"]],
        plans=[build_plan(plan) for plan in content.get("plans", ())],
    )


def describe_age(day: datetime.date, today: datetime.date) -> str:
    """Write how many days ago a day was."""
    days = (today - day).days
    if days <= 0:
        return _("hoy")
    if days == 1:
        return _("ayer")
    return ngettext("hace %(days)s día", "hace %(days)s días", days) % {"days": days}


def build_step(step: Mapping[str, Any]) -> ExternalStep:
    status = step["status"] or ""
    label = str(StepStatus(status).label) if status in StepStatus.values else status
    day = parse_date(step["done_on"] or "")
    return ExternalStep(step["number"], step["name"] or "", label, day, step["note"] or "")


def build_plan(plan: Mapping[str, Any]) -> ExternalPlan:
    start, end = (parse_date(plan[name] or "") for name in ("period_start", "period_end"))
    return ExternalPlan(plan["title"], plan["url"] or "", start, end)
