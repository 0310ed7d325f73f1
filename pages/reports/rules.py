"""What a report may not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.progress.rollup import Rules
from abierto.text import visible_text
from pages.core.formatting import percent
from pages.core.translation import get_source_page

from .inlines import ReportRow
from .proposal import recompute

if TYPE_CHECKING:
    from .models import ReportPage


def report_errors(page: ReportPage) -> dict[str, Any]:
    """Return the errors of ``page``, by field; an empty dictionary when there are none."""
    errors: dict[str, Any] = {}
    if page.period_start and page.period_end and page.period_end < page.period_start:
        errors["period_end"] = _("El periodo termina antes de empezar. Corrige una de las dos fechas.")
    if page.cutoff and page.presented_on and page.presented_on < page.cutoff:
        errors["presented_on"] = _("El informe no pudo presentarse antes de su corte. Corrige una fecha.")
    if is_number_taken(page):
        errors["number"] = _("Este plan ya tiene un informe de este tipo con ese número. Escribe otro.")
    if is_published(page) and has_changed_frozen_rows(page):
        errors["__all__"] = _(
            "Las cifras de un informe público no cambian. Déjalas como estaban y agrega una fe de erratas."
        )
    return errors


def is_published(page: ReportPage) -> bool:
    """Say whether the stored report is public: one about to be, for the first time, is not frozen yet."""
    return page.pk is not None and page.live and Page.objects.filter(pk=page.pk, live=True).exists()


def is_number_taken(page: ReportPage) -> bool:
    """Say whether another report of the same plan is of the kind and has the number of ``page``."""
    plan = page.parent
    if plan is None or page.number is None:
        return False
    return page.others_of_type().child_of(plan).filter(kind=page.kind, number=page.number).exists()


def has_changed_frozen_rows(page: ReportPage) -> bool:
    """Say whether the rows of ``page`` differ from those that are public."""
    stored = {_frozen_values(row) for row in ReportRow.objects.filter(page_id=page.pk)}
    return stored != {_frozen_values(row) for row in page.rows.all()}


def _frozen_values(row: ReportRow) -> tuple[Any, ...]:
    return (row.key, row.declared, row.stage, row.note)


# --- What a draft may leave for later ------------------------------------------------------------------


def publication_errors(page: ReportPage) -> dict[str, Any]:
    """Return, by content path, what keeps ``page`` from being public.

    The figures of a public report are frozen, and those of a translation are its source's.
    """
    plan = page.parent
    if plan is None or is_published(page) or get_source_page(page).pk != page.pk:
        return {}
    rows = list(page.rows.all())
    if not rows:
        return {"__all__": no_figures_error()}
    fresh = [copy(row) for row in rows]
    errors = {
        f"rows.{row.key}.note": message for row, message in unexplained_rows(fresh, plan.specific.rules)
    }
    for row, again in zip(rows, fresh, strict=True):
        if _computed_values(row) != _computed_values(again):
            errors[f"rows.{row.key}.computed"] = _(
                "Ya no es lo que da la cuenta. Guarda el borrador otra vez."
            )
    return errors


def no_figures_error() -> str:
    """Return what to ask for where a report has no figures."""
    return _("El informe no tiene cifras. Guarda el borrador para proponerlas.")


def unexplained_rows(rows: Iterable[ReportRow], rules: Rules) -> Iterator[tuple[ReportRow, str]]:
    """Work ``rows`` out again in place; yield those that declare something else and do not say why."""
    rows = list(rows)
    recompute(rows, rules)
    for row in rows:
        if row.differs and not visible_text(row.note):
            said = {"declared": percent(row.declared), "computed": percent(row.computed)}
            sentence = _("El informe dice %(declared)s y la cuenta da %(computed)s. Explica por qué.")
            yield row, sentence % said


def _computed_values(row: ReportRow) -> tuple[Any, ...]:
    return (row.computed, row.effective, row.differs, row.rule)
