"""Factories of results matrices and of trees of problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import factory

from pages.matrices.models import MatrixRow, ResultsMatrixPage
from pages.matrices.trees import ProblemTreePage

from .factories import DraftPageFactory, PlanPageFactory


class ResultsMatrixPageFactory(DraftPageFactory):
    """A matrix; ``rows`` are the fields of each indicator."""

    parent = factory.SubFactory(PlanPageFactory)
    title = factory.Sequence(lambda number: f"Matriz {number}")

    class Meta:
        model = ResultsMatrixPage
        skip_postgeneration_save = True

    @factory.post_generation
    def rows(
        page: ResultsMatrixPage, create: bool, rows: Iterable[Mapping[str, Any]] | None, **kwargs: Any
    ) -> None:
        """Add the indicators, one where nothing else is given."""
        for order, fields in enumerate([{}] if rows is None else rows):
            row = {"objective": "La gente decide", "indicator": f"Indicador {order + 1}", **fields}
            page.rows.add(MatrixRow(sort_order=order, **row))
        if create:
            page.save()


class ProblemTreePageFactory(DraftPageFactory):
    parent = factory.SubFactory(PlanPageFactory)
    title = factory.Sequence(lambda number: f"Árbol {number}")
    problem = "La gente no conoce el gasto"
    causes = "No se publica\n- No hay quien lo haga"

    class Meta:
        model = ProblemTreePage
