"""A reported figure in words."""

from abierto.progress.figures import Value
from pages.presentation.words import percent


def written(value: Value) -> str:
    """Write a value in words: «30 %», «En diseño», or nothing when it is missing."""
    return value.stage if value.percent is None else percent(value.percent)
