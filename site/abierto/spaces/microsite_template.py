"""The template of the pages of a microsite, which the state edits."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.space_trees import get_space_tree

from .models import TemplatePage

PLACEHOLDER = "{municipio}"
ORDER_STEP = 10


def load_template() -> list[TemplatePage]:
    """Return the pages of the template."""
    return list(TemplatePage.objects.all())


def add_registered_pages(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: add the pages that a page family registered since to the template."""
    if TemplatePage._meta.db_table not in connections[using].introspection.table_names():
        return  # migrated back to before the template
    rows = TemplatePage.objects.using(using)
    known = set(rows.values_list("key", flat=True))
    rows.bulk_create(
        TemplatePage(
            key=page.key, title=page.title, slug=page.slug, summary=page.summary, order=number * ORDER_STEP
        )
        for number, page in enumerate(get_space_tree(SpaceKind.MUNICIPALITY).pages, start=1)
        if page.is_default and page.key not in known
    )


def fill_placeholder(text: str, name: str) -> str:
    """Return ``text`` with the name of the municipality."""
    return text.replace(PLACEHOLDER, name)
