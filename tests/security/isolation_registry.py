"""Rows of the registry of a space and an import, for the tests of isolation."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.imports.batches import BatchState
from abierto.imports.models import ImportBatch
from abierto.tenancy.models import Space
from search.promotions.models import PromotedResult
from tests import factories
from tests.municipal_factories import (
    DeclaredFigureFactory,
    ListedStepFactory,
    OfficialContactFactory,
    StepListFactory,
)


def make_registry(space: Space, word: str, rows: dict[str, Any], editor: User) -> dict[str, Model]:
    """Create one draft row of each kind of the registry, and a promoted result."""
    institution = factories.InstitutionFactory(name=f"{word}institucion", space=space, live=False)
    someone = factories.PersonFactory(name=f"{word}persona", space=space, live=False)
    secretariat = factories.SecretariatFactory(name=f"{word}secretariado", space=space, live=False)
    found: dict[str, Any] = {
        "institution": institution,
        "person": someone,
        "secretariat": secretariat,
        "seat": factories.SeatFactory(
            secretariat=secretariat,
            institution=institution,
            person=someone,
            post=f"{word}puesto",
            space=space,
            live=False,
        ),
        "municipality": factories.MunicipalityFactory(name=f"{word}municipio", space=space, live=False),
        "declaredfigure": DeclaredFigureFactory(text=f"{word}cifra", space=space, live=False),
        "steplist": (steps := StepListFactory(name=f"{word}lista", space=space, live=False)),
        "listedstep": ListedStepFactory(step_list=steps, name=f"{word}paso", space=space, live=False),
        "glossaryterm": factories.GlossaryTermFactory(term=f"{word}termino", space=space, live=False),
        "officialcontact": OfficialContactFactory(office=f"{word}oficina", space=space, live=False),
        "promotedresult": PromotedResult.objects.create(
            words=f"{word}palabras", page_id=rows["borrador"].pk, space=space, live=False
        ),
    }
    for row in found.values():
        row.save_revision(user=editor, log_action=True)
        log(instance=row, action="wagtail.edit", user=editor)
    found["row_revision"] = found["promotedresult"].latest_revision
    return found


def make_import(space: Space, word: str, target: Page, editor: User) -> ImportBatch:
    """Create an import that waits and whose changes say the secret word."""
    change = {"row": 2, "thing": f"{word}cosa", "column": "", "old": "", "new": f"{word}valor", "sheet": ""}
    return ImportBatch.objects.create(
        kind="avances",
        space=space,
        target=target,
        created_by=editor,
        name=f"{word}.xlsx",
        state=BatchState.CHECKED,
        changes=[change],
        change_count=1,
    )
