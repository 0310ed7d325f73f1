"""Import a whole plan from one workbook: axes, commitments, actions, parties and SDG targets, a sheet each.

Rows are matched by code within the plan. Content that is not in the workbook is not changed or deleted. The
parties or SDG targets of a commitment are replaced as a whole if their sheet has a row of that commitment.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.spreadsheets.rows import Sheet, build_error
from abierto.tenancy.access import own_pages, scope, space_of
from pages.plans.commitments import CommitmentPage
from pages.plans.copying import add_draft
from pages.plans.inlines import CommitmentParty
from pages.plans.models import AxisPage, PlanPage

from .kinds import Book, CheckedImport, ImportKind, Progress, Target, Written, find_writable_spaces
from .plan_checks import PlanCheck, PlanItem
from .plan_columns import (
    ACTION_FIELDS,
    AXIS_FIELDS,
    COMMITMENT_FIELDS,
    PARTY_FIELDS,
    build_sheets,
    write_means,
)


class PlanImportKind(ImportKind):
    """Import the axes, commitments and actions of a plan."""

    name = "plan"
    label = gettext_lazy("Un plan completo")
    help_text = gettext_lazy(
        "Un libro con una hoja para ejes, compromisos, acciones, partes y metas de los ODS. No borra nada."
    )
    most_rows = 6_000

    def build_sheets(self) -> tuple[Sheet, ...]:
        """Return the five sheets of the workbook, axes first."""
        return tuple(build_sheets().values())

    def find_targets(self, user: User) -> list[Target]:
        """Return the plans in the source language of the spaces in which ``user`` writes."""
        spaces = find_writable_spaces(user)
        plans = PlanPage.objects.source_language().filter(own_pages(spaces), closed_on=None).order_by("path")
        found = []
        for plan in plans:
            space = space_of(plan)
            if space is not None and space in spaces and plan.permissions_for_user(user).can_add_subpage():
                found.append(Target(space, plan))
        return found

    def read_current(self, target: Target, user: User) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of the latest versions that ``user`` may see."""
        sheets = build_sheets()
        rows: dict[str, list[dict[str, Any]]] = {sheet.key: [] for sheet in sheets.values()}
        axis = ""
        for page in load_pages(PlanPage.objects.get(pk=target.page_key), user):
            if isinstance(page, AxisPage):
                axis = page.code
                rows[sheets["axes"].key].append({"code": axis, **read_fields(page, AXIS_FIELDS)})
                continue
            code = page.code
            fields = read_fields(page, COMMITMENT_FIELDS)
            rows[sheets["commitments"].key].append({"axis": axis, "code": code, **fields})
            rows[sheets["actions"].key] += [
                {
                    "commitment": code,
                    "number": action.number,
                    "means": write_means(action),
                    **read_fields(action, ACTION_FIELDS),
                }
                for action in page.actions.all()
            ]
            rows[sheets["parties"].key] += [
                {"commitment": code, **read_party(party)} for party in page.parties.all()
            ]
            targets = sorted(page.sdg_targets.all(), key=lambda row: (row.goal_id, row.order))
            rows[sheets["targets"].key] += [{"commitment": code, "target": row.code} for row in targets]
        return rows

    def check(self, target: Target, user: User, book: Book, progress: Progress) -> CheckedImport:
        """Check the rows as the forms do. The number of queries grows with the pages, not with their rows."""
        plan = PlanPage.objects.get(pk=target.page_key)
        return PlanCheck(plan, user, load_pages(plan, user), build_sheets()).run(book, progress)

    def write(self, checked: CheckedImport, user: User) -> list[Written]:
        """Save the axes, then the commitments."""
        written = []
        for item in checked.items:
            is_new, before = item.page.pk is None, item.page.latest_revision_id
            try:
                write_item(item, user)
            except ValidationError as error:
                raise build_error(f"{item.name}: {' '.join(error.messages)}", item.row) from error
            written.append(Written(Page.objects.get(pk=item.page.pk), item.row, before, is_new))
        return written


class PartiesImportKind(PlanImportKind):
    """Import only the sheet of parties: with one sheet, the file may be a CSV."""

    name = "partes"
    label = gettext_lazy("Partes de los compromisos de un plan")
    help_text = gettext_lazy(
        "Un renglón por institución o persona. Un compromiso que se nombra queda con las partes de la hoja."
    )

    def build_sheets(self) -> tuple[Sheet, ...]:
        """Return the sheet of parties."""
        return (build_sheets()["parties"],)

    def read_current(self, target: Target, user: User) -> dict[str, list[dict[str, Any]]]:
        """Return the parties of the latest versions that ``user`` may see."""
        key = self.build_sheets()[0].key
        return {key: super().read_current(target, user)[key]}


def load_pages(plan: Page, user: User) -> list[AxisPage | CommitmentPage]:
    """Return the axes and commitments of a plan: drafts in scope of ``user``, what is public of others."""
    pages = Page.objects.descendant_of(plan).type(AxisPage, CommitmentPage).filter(alias_of__isnull=True)
    own = set(scope(pages, user).values_list("pk", flat=True))
    found: list[AxisPage | CommitmentPage] = []
    for page in pages.order_by("path").specific():
        if page.pk in own:
            found.append(page.get_latest_revision_as_object())
        elif page.live:
            found.append(page)
    return found


def read_fields(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def read_party(party: CommitmentParty) -> dict[str, Any]:
    """Return the values of a party by column."""
    return {
        "role": party.get_role_display(),
        "institution": party.institution.name,
        "person": party.person.name if party.person is not None else "",
        **read_fields(party, PARTY_FIELDS),
    }


def write_item(item: PlanItem, user: User) -> None:
    """Save one axis or commitment as a draft."""
    page = item.page
    if page.pk is None:
        parent = type(item.parent).objects.get(pk=item.parent.pk)
        add_draft(parent, page, parent, user)
        return
    page.save_draft(user)
