"""What the ruling desk of a space has: rulings in draft, a batch and the count of a month."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Model
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.imports.batches import BatchState
from abierto.ruling_desk.models import MonthlyCount, RulingBatch
from abierto.tenancy.models import Space
from pages.rulings.index import RulingIndexPage
from tests import factories
from tests.factories import published
from tests.ruling_factories import RulingIndexPageFactory, RulingPageFactory


def make_ruling_desk(space: Space, word: str, rows: dict[str, Any], editor: User) -> dict[str, Model]:
    """Create a list of rulings with a draft, a batch that waits and the count of a month."""
    index = RulingIndexPage.objects.child_of(rows["root"]).first() or make_list(space, rows["root"])
    RulingPageFactory(parent=index, title=f"{word}sentencia", decision=f"{word}decision", owner=editor)
    batch = RulingBatch.objects.create(
        space=space,
        index=index,
        created_by=editor,
        name=f"{word}.xlsx",
        state=BatchState.CHECKED,
        notes=[{"row": 2, "column": "", "message": f"{word}aviso"}],
    )
    count = MonthlyCount.objects.create(
        space=space,
        index=index,
        month=datetime.date(2024, 1 + MonthlyCount.objects.count(), 1),
        decided=12,
        source=f"{word}fuente",
        declared_by=editor,
    )
    return {"batch": batch, "count": count, "ruling_list": index}


def make_list(space: Space, root: Page) -> RulingIndexPage:
    """Create the public list of a tribunal, which is a public institution."""
    name = f"Tribunal {RulingIndexPage.objects.count()} de {space.slug}"
    tribunal = factories.InstitutionFactory(name=name)
    return published(RulingIndexPageFactory(parent=root, tribunal=tribunal, title=f"Lista {tribunal.pk}"))
