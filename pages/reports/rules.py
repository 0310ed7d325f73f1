"""What a report may not be."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .page import ReportPage
    from .rows import ReportRow


def report_errors(page: "ReportPage") -> dict[str, Any]:
    """Return the errors of ``page``, by field; an empty dictionary when there are none."""
    errors: dict[str, Any] = {}
    if page.period_start and page.period_end and page.period_end < page.period_start:
        errors["period_end"] = _("El periodo termina antes de empezar. Corrige una de las dos fechas.")
    if page.cutoff and page.presented_on and page.presented_on < page.cutoff:
        errors["presented_on"] = _("El informe no pudo presentarse antes de su corte. Corrige una fecha.")
    if number_is_taken(page):
        errors["number"] = _("Este plan ya tiene un informe de este tipo con ese número. Escribe otro.")
    if is_public(page) and frozen_rows_changed(page):
        errors["__all__"] = _(
            "Las cifras de un informe público no cambian. Déjalas como estaban y agrega una fe de erratas."
        )
    return errors


def is_public(page: "ReportPage") -> bool:
    """Say whether the stored report is public: one about to be, for the first time, is not frozen yet."""
    return page.pk is not None and page.live and type(page).objects.filter(pk=page.pk, live=True).exists()


def number_is_taken(page: "ReportPage") -> bool:
    """Say whether another report of the same plan is of the kind and has the number of ``page``."""
    plan = page.parent
    if plan is None or page.number is None:
        return False
    others = type(page).objects.child_of(plan).exclude(translation_key=page.translation_key)
    return others.filter(kind=page.kind, number=page.number).exists()


def frozen_rows_changed(page: "ReportPage") -> bool:
    """Say whether the rows of ``page`` differ from those that are public."""
    stored = {_content(row) for row in type(page).rows.rel.related_model.objects.filter(page_id=page.pk)}
    return stored != {_content(row) for row in page.rows.all()}


def _content(row: "ReportRow") -> tuple[Any, ...]:
    return (row.key, row.declared, row.stage, row.note)
