"""All the questions, in the order in which they are asked."""

from collections.abc import Callable, Iterable

from . import access, machine, portal
from .diagnosis import Diagnosis

QUESTIONS: tuple[Callable[[], Iterable[Diagnosis]], ...] = (
    machine.python,
    machine.data_folder,
    machine.database,
    portal.production,
    portal.accounts,
    access.access,
    portal.content,
    portal.search,
    portal.catalogues,
    portal.mail,
)


def examine() -> list[Diagnosis]:
    """Ask everything."""
    return [diagnosis for question in QUESTIONS for diagnosis in question()]
