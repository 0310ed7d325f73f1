"""The template of the pages of a microsite, which the state edits."""

from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.space_trees import get_space_tree

from .models import TemplatePage

PLACEHOLDER = "{municipio}"
ORDER_STEP = 10


def load_template() -> list[TemplatePage]:
    """Return the pages of the template; add those that a page family registered since."""
    rows = list(TemplatePage.objects.all())
    known = {row.key for row in rows}
    added = [
        TemplatePage(
            key=page.key, title=page.title, slug=page.slug, summary=page.summary, order=number * ORDER_STEP
        )
        for number, page in enumerate(get_space_tree(SpaceKind.MUNICIPALITY).pages, start=1)
        if page.is_default and page.key not in known
    ]
    if not added:
        return rows
    TemplatePage.objects.bulk_create(added)
    return list(TemplatePage.objects.all())


def fill_in(text: str, name: str) -> str:
    """Return ``text`` with the name of the municipality."""
    return text.replace(PLACEHOLDER, name)
