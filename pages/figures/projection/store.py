"""Store the live figures, and find those that differ from the pages."""

from __future__ import annotations

import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from abierto.progress.enums import NodeLevel
from abierto.progress.rollup import Result, roll_up
from abierto.progress.rounding import half_up
from abierto.tenancy.visibility import is_public
from pages.figures.models import ProgressFigure
from pages.plans.models import PlanPage

from .sources import read_declared, read_sources
from .tree import ProofCount, Tree, build_tree

PLACES = 6
_WRITTEN = [field.name for field in ProgressFigure._meta.concrete_fields if field.name not in ("id", "key")]


def compute_figures(plan: PlanPage) -> list[ProgressFigure]:
    """Return the figures of ``plan`` as the public pages give them, unsaved, plan first."""
    if not plan.measures_progress or not is_public(plan):
        return []
    sources = read_sources(plan)
    read_declared(sources)
    tree = build_tree(sources)
    figures: list[ProgressFigure] = []
    _collect(roll_up(tree.root, plan.rules), None, plan.translation_key, tree, figures)
    return figures


def project_plan(plan: PlanPage) -> None:
    """Replace the stored figures of ``plan`` in one transaction; figures of deleted parts are deleted."""
    figures = compute_figures(plan)
    with transaction.atomic():
        current_keys = [figure.key for figure in figures]
        ProgressFigure.objects.filter(plan_key=plan.translation_key).exclude(key__in=current_keys).delete()
        ProgressFigure.objects.bulk_create(
            figures, update_conflicts=True, unique_fields=["key"], update_fields=_WRITTEN
        )


def find_drift() -> list[str]:
    """Return, in Spanish, every place where the stored figures are not those of the live pages."""
    findings: list[str] = []
    known: set[UUID] = set()
    for plan in PlanPage.objects.public().source_language():
        expected = {figure.key: _comparable(figure) for figure in compute_figures(plan)}
        figures = ProgressFigure.objects.of_plan(plan.translation_key)
        stored = {figure.key: _comparable(figure) for figure in figures}
        known |= set(stored)
        findings.extend(
            f"{plan.title}: la cifra de {(expected.get(key) or stored[key])[0]} no es la de las páginas."
            for key in sorted(expected.keys() | stored.keys(), key=str)
            if expected.get(key) != stored.get(key)
        )
    orphans = ProgressFigure.objects.exclude(key__in=known).count()
    if orphans:
        findings.append(f"Hay {orphans} cifras de planes que no son públicos.")
    return findings


def _comparable(figure: ProgressFigure) -> tuple[object, ...]:
    return (
        f"{figure.level} {figure.code}",
        *(_plain(getattr(figure, name)) for name in _WRITTEN if name not in ("level", "code")),
    )


def _plain(value: object) -> object:
    return value.normalize() if isinstance(value, Decimal) else value


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value, PLACES)


def _reported_on(result: Result) -> datetime.date | None:
    own = [result.node.reported_on] if result.node.reported_on else []
    below = [day for child in result.children if (day := _reported_on(child)) is not None]
    return max([*own, *below], default=None)


def _collect(
    result: Result, parent: UUID | str | None, plan_key: UUID, tree: Tree, figures: list[ProgressFigure]
) -> None:
    node = result.node
    proof = tree.proof.get(node.key, ProofCount())
    is_action = node.level is NodeLevel.ACTION
    figures.append(
        ProgressFigure(
            plan_key=plan_key,
            level=str(node.level),
            key=node.key,
            parent_key=parent,
            code=node.code,
            label=node.label,
            order=len(figures),
            declared=node.value.percent if is_action else node.declared,
            declared_on=node.reported_on if is_action else node.declared_on,
            declared_counts=node.value.percent is not None if is_action else result.declared_counts,
            computed=_rounded(result.computed),
            effective=_rounded(result.effective),
            stage=result.stage,
            rule=str(result.rule),
            differs=result.differs,
            weight=node.weight,
            note=node.note,
            reported_on=_reported_on(result),
            means_count=proof.promised,
            pending_count=proof.pending,
            evidence_count=proof.shown,
        )
    )
    for child in result.children:
        _collect(child, node.key, plan_key, tree, figures)
