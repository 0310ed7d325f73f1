"""Matrices, trees and commitments with indicators, with lists of a given size, for the budgets of queries."""

import datetime

from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    ProgressUpdatePageFactory,
    published,
)
from tests.matrix_factories import ProblemTreePageFactory, ResultsMatrixPageFactory

DAY = datetime.date(2023, 6, 30)


def measured_commitment(size: int):
    """A commitment whose actions have an indicator each, measured by as many updates."""
    matrix = published(ResultsMatrixPageFactory(rows=[{"target": 40 + number} for number in range(size)]))
    keys = [row.translation_key for row in matrix.rows.order_by("sort_order")]
    page = CommitmentPageFactory(
        parent=AxisPageFactory(parent=matrix.get_parent().specific),
        actions=[{"indicator_key": key} for key in keys],
        indicator_key=keys[0],
        responsible=InstitutionFactory(),
    )
    published(page)
    for year in range(size):
        day = DAY.replace(year=2010 + year)
        update = ProgressUpdatePageFactory(
            parent=page, period_start=day, period_end=day, rows=dict.fromkeys(range(1, size + 1), 10)
        )
        rows = list(update.rows.all())
        for row, key in zip(rows, keys, strict=True):
            row.indicator_key, row.measured = key, 20 + year
            row.measured_on, row.measured_source = day, "Registro"
        update.rows = rows
        update.save()
        published(update)
    return type(page).objects.get(pk=page.pk)


def matrix_page(size: int):
    commitment = measured_commitment(size)
    return (
        commitment.get_parent()
        .get_parent()
        .get_children()
        .type(ResultsMatrixPageFactory._meta.model)
        .get()
        .specific
    )


def tree_page(size: int):
    return published(ProblemTreePageFactory(causes="\n".join(f"Causa {number}" for number in range(size))))
