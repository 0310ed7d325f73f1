"""Whether the closed list of goals is the one that the product ships."""

from collections.abc import Iterator

from abierto.registry.models import SDGGoal, SDGTarget
from abierto.registry.sdg import goals

from .findings import Finding

FIX = "Ejecuta: manage.py shell -c «from abierto.registry.sdg import load_sdg; load_sdg()»"


def changed_goals() -> Iterator[Finding]:
    """Yield goals and targets whose title is not the shipped one, and those that the list does not have."""
    shipped = {str(goal.number): goal.title for goal in goals()}
    targets = {code: title for goal in goals() for code, title in goal.targets.items()}
    stored = {str(number): title for number, title in SDGGoal.objects.values_list("number", "title")}
    stored |= dict(SDGTarget.objects.values_list("code", "title"))
    for code, title in sorted(stored.items()):
        if (shipped | targets).get(code) != title:
            yield Finding(f"El objetivo o la meta {code} de los ODS dice «{title}» y no es de la lista.", FIX)
