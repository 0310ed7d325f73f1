"""A tribunal with its space, people and list of rulings, and spreadsheets for it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from abierto.accounts.models import User
from abierto.approval.models.task import create_review_workflow
from abierto.imports.batches import BatchState
from abierto.ruling_desk.loading.columns import build_columns
from abierto.ruling_desk.models import RulingBatch
from abierto.ruling_desk.services import WORK, request_load, start_batch
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.rulings.index import RulingIndexPage
from tests.abierto.approval.newsroom import newsroom, person
from tests.abierto.privacy.files import PLAIN as PDF_TEXT
from tests.abierto.privacy.files import make_pdf
from tests.abierto.spreadsheets.books import make_book, make_zip
from tests.factories import InstitutionFactory, published
from tests.ruling_factories import RulingIndexPageFactory
from tests.shared_rows import built_once

HEADINGS = {column.name: column.heading for column in build_columns()}
ROW = {
    "case_number": "1/2024",
    "title": "La multa no decía por qué",
    "decided_on": "14/02/2024",
    "matter": "Administrativa",
    "outcome": "Dio la razón a quien demandó",
}
#: The texts of a plain version, by column.
PLAIN = {
    "what_happened": "La multa llegó sin aviso.\nElla fue al tribunal.",
    "what_was_decided": "La multa no vale.",
    "why": "Antes de una multa te deben oír.",
    "what_next": "Le dan de vuelta su dinero.",
}


@dataclass
class Court:
    """A tribunal with its people."""

    space: Space
    index: RulingIndexPage
    clerk: User
    reviewer: User


def open_court(home: Any, name: str = "Tribunal de prueba", slug: str = "tribunal") -> Court:
    """Return a tribunal whose list of rulings is public and the root of its space."""
    groups = get_or_create_groups(name)
    workflow = create_review_workflow(name, groups.reviewers)
    space = create_space(SpaceKind.INSTITUTION, name, slug, workflow)
    tribunal = InstitutionFactory(name=name, acronym="TJA", space=space)
    index = published(RulingIndexPageFactory(parent=home, tribunal=tribunal, title=f"Sentencias de {name}"))
    assign_root(space, index)
    return Court(
        space,
        RulingIndexPage.objects.get(pk=index.pk),
        person(
            f"{slug}-secretaria", groups.editors, email=f"{slug}-secretaria@example.org", post="Secretaría"
        ),
        person(f"{slug}-revisora", groups.reviewers, email=f"{slug}-revisora@example.org", post="Actuaría"),
    )


@built_once
def open_first_court() -> Court:
    """Return a tribunal below the home page of a newsroom."""
    return open_court(newsroom().home)


def pdf(text: str) -> bytes:
    """Return a PDF that contains ``text``."""
    return make_pdf(PDF_TEXT.format(text=text))


def make_sheet(rows: Sequence[Mapping[str, Any]], change: Any = None) -> io.BytesIO:
    """Return a workbook with the columns that ``rows`` use, each on top of the values of ``ROW``."""
    whole = [{**ROW, **row} for row in rows]
    names = [name for name in HEADINGS if any(name in row for row in whole)]
    return make_book(
        [[HEADINGS[name] for name in names], *([row.get(name) for name in names] for row in whole)], change
    )


def upload_batch(
    court: Court,
    rows: Sequence[Mapping[str, Any]],
    files: Mapping[str, bytes] | None = None,
    by: User | None = None,
) -> RulingBatch:
    """Return a batch whose rows were checked."""
    sheet = ContentFile(make_sheet(rows).getvalue(), name="lote.xlsx")
    batch = start_batch(
        court.index, court.space, by or court.clerk, sheet, make_zip(files) if files is not None else None
    )
    return do_work(batch)


def load_batch(
    court: Court, rows: Sequence[Mapping[str, Any]], files: Mapping[str, bytes] | None = None
) -> RulingBatch:
    """Return a batch that was checked and loaded."""
    batch = upload_batch(court, rows, files)
    assert batch.state == BatchState.CHECKED, batch.problems
    request_load(batch, court.clerk)
    return do_work(batch)


def do_work(batch: RulingBatch) -> RulingBatch:
    """Let the command do what waits, and read the batch again."""
    WORK.run()
    return RulingBatch.objects.get(pk=batch.pk)
