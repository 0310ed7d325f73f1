"""The first partial report of the 2022–2024 plan, August to November 2023, as published."""

from __future__ import annotations

from decimal import Decimal

import pytest

from abierto.progress.enums import NodeLevel
from abierto.progress.figures import Value
from abierto.progress.rollup import Node

NOTE = "El informe anuncia una nota aclaratoria, pero no trae su texto."

# Figures as printed: percentages, "*" where the report announces a note, or a stage.
SURVEYS = "En etapa de diseño de las encuestas"
PROGRAMME = "En etapa de diseño del programa"
TABLES = "En etapa de diseño de las mesas"

PLAN_DECLARED = 42
AXES = {
    1: (
        51,
        {
            "1.1": (30, ["60", SURVEYS]),
            "1.2": (None, [PROGRAMME]),
            "1.3": (100, ["100", "100"]),
            "1.4": (100, ["100"]),
            "1.5": (23, ["35", "10", "100", TABLES]),
        },
    ),
    2: (35, {"2.1": (35, ["30", "37"])}),
    3: (
        65,
        {
            "3.1": (34, ["34", "34"]),
            "3.2": (61, ["100*", "50", "33"]),
            "3.3": (100, ["100*", "100", "100"]),
        },
    ),
    4: (33, {"4.1": (33, ["33*", "33", "34*"])}),
    5: (42, {"5.1": (42, ["25", "20", "70", "70*"])}),
    6: (30, {"6.1": (30, ["30", "30", "30"])}),
    7: (56, {"7.1": (56, ["45*", "43*", "80"])}),
}


def action(code: str, printed: str) -> Node:
    figure = printed.rstrip("*")
    value = Value(percent=Decimal(figure)) if figure.isdigit() else Value(stage=printed)
    note = NOTE if printed.endswith("*") else ""
    return Node(NodeLevel.ACTION, code, code, f"Acción {code}", value=value, note=note)


def commitment(code: str, declared: int | None, printed: list[str]) -> Node:
    return Node(
        NodeLevel.COMMITMENT,
        code,
        code,
        f"Compromiso {code}",
        declared=None if declared is None else Decimal(declared),
        children=tuple(action(f"{code}.{number}", text) for number, text in enumerate(printed, 1)),
    )


@pytest.fixture(scope="session")
def first_report() -> Node:
    """The plan with the declared figures of the report, from the plan down to its 33 actions."""
    axes = tuple(
        Node(
            NodeLevel.AXIS,
            f"eje-{number}",
            str(number),
            f"Eje {number}",
            declared=Decimal(declared),
            children=tuple(commitment(code, *figures) for code, figures in commitments.items()),
        )
        for number, (declared, commitments) in AXES.items()
    )
    return Node(
        NodeLevel.PLAN, "pal-2022-2024", "", "Plan 2022-2024", declared=Decimal(PLAN_DECLARED), children=axes
    )
