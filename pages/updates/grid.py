"""«Mis compromisos en una tabla»: the commitments that a user reports on, with a row for each action.

A commitment has the user's own draft, or a new update with its proposed figures. Drafts of other users and
updates in review are shown without fields.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.tenancy.tree_paths import parent_path
from abierto.tenancy.visibility import filter_public
from pages.admin.draft_views import StartUpdateForm
from pages.core.submissions import find_begun, is_delivered, submission_label
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from pages.plans.models import PlanPage

from .action_context import ActionContext, build_action_context
from .drafts import find_next_period
from .grid_forms import GridRowForm
from .inlines import UpdateRow
from .models import ProgressUpdatePage
from .row_proposal import LastFigure, find_last_figures

#: Sorts after every path step: the end of a range of paths below a page.
AFTER = "z"


@dataclass
class GridRow:
    """One action with its form."""

    action: ActionContext
    key: UUID
    form: GridRowForm


@dataclass
class GridCommitment:
    """One commitment with the form of its next update."""

    commitment: CommitmentPage
    plan: PlanPage
    #: The user's own draft, which is continued.
    draft: ProgressUpdatePage | None
    #: The draft of another user or the submitted update, which makes the commitment read-only here.
    taken: ProgressUpdatePage | None
    period: StartUpdateForm | None
    rows: list[GridRow]
    #: The revision that the form was opened with, if it was sent.
    opened: str | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return f"c{self.commitment.pk}"

    @property
    def name(self) -> str:
        return f"{self.commitment.code} {self.commitment.title}"

    @property
    def version(self) -> str:
        """The revision of the draft, which the form sends back."""
        return self.opened if self.opened is not None else self.current_version

    @property
    def current_version(self) -> str:
        return str(self.draft.latest_revision_id or "") if self.draft is not None else ""

    @property
    def forms(self) -> list[Any]:
        rows = [row.form for row in self.rows]
        return [self.period, *rows] if self.period is not None else rows

    @property
    def is_changed(self) -> bool:
        """Check whether the user typed anything here."""
        return any(form.is_bound and form.has_changed() for form in self.forms)

    @property
    def is_included(self) -> bool:
        """Check whether «send all» includes this commitment: it has a draft of the user, or changes."""
        return (self.draft is not None and self.taken is None) or self.is_changed

    @property
    def has_fields(self) -> bool:
        """Check whether the fields are shown: also if another user began while this one was typing."""
        return self.taken is None or self.is_changed

    @property
    def has_errors(self) -> bool:
        return bool(self.errors) or any(form.is_bound and form.errors for form in self.forms)

    @property
    def taken_label(self) -> str:
        """Write the author of the draft, or the day on which it was sent."""
        if self.taken is None:
            return ""
        label = submission_label(self.taken)
        person = find_author(self.taken)
        if is_delivered(self.taken) or person is None:
            return label
        return _("%(label)s de %(who)s") % {"label": label, "who": person.public_name}

    @property
    def taken_url(self) -> str:
        name = "view_draft" if self.taken is not None and is_delivered(self.taken) else "edit"
        return reverse(f"wagtailadmin_pages:{name}", args=[self.taken.pk]) if self.taken is not None else ""


def find_author(update: ProgressUpdatePage) -> User | None:
    """Return the author of the last version of ``update``."""
    author: User | None = update.latest_revision.user if update.latest_revision else update.owner
    return author


def build_grid(
    promises: Sequence[tuple[CommitmentPage, PlanPage]],
    user: User,
    data: QueryDict | None = None,
    without: frozenset[int] = frozenset(),
) -> list[GridCommitment]:
    """Return the commitments of ``promises``, in the order of the tree, with their forms. Five queries.

    ``data`` binds the forms that were sent, but for the commitments in ``without``.
    """
    if not promises:
        return []
    stored = StoredGrid([commitment for commitment, _plan in promises], user)
    grid = []
    for commitment, plan in promises:
        is_sent = data is not None and commitment.pk not in without and f"c{commitment.pk}-version" in data
        grid.append(stored.describe(commitment, plan, data if is_sent else None))
    return grid


class StoredGrid:
    """The stored drafts and figures of commitments, which are given in tree order."""

    def __init__(self, commitments: Sequence[CommitmentPage], user: User) -> None:
        self.user = user
        below = (commitments[0].path, commitments[-1].path + AFTER)
        self.actions = group_actions(commitments)
        keys = {action.translation_key for actions in self.actions.values() for action in actions}
        public = filter_public(Page.objects.filter(path__range=below))
        self.figures = {key: figure for key, figure in find_last_figures(public).items() if key in keys}
        updates = ProgressUpdatePage.objects.filter(path__range=below, period_end__isnull=False)
        self.last_days: dict[str, datetime.date] = {}
        for path, day in updates.order_by("period_end").values_list("path", "period_end"):
            if day is not None:
                self.last_days[parent_path(path)] = day
        begun = find_begun(ProgressUpdatePage.objects.filter(path__range=below)).order_by("path")
        self.begun: dict[str, list[ProgressUpdatePage]] = defaultdict(list)
        for update in begun.select_related("owner", "latest_revision__user").defer(
            "latest_revision__content"
        ):
            self.begun[parent_path(update.path)].append(update)
        self.rows = read_rows(update for updates in self.begun.values() for update in updates)

    def describe(self, commitment: CommitmentPage, plan: PlanPage, data: QueryDict | None) -> GridCommitment:
        draft, taken = self.find_begun_updates(commitment)
        prefix = f"c{commitment.pk}"
        period = None
        if draft is None:
            start, end = find_next_period(commitment, plan, self.last_days.get(commitment.path))
            initial = {"period_start": start, "period_end": end}
            period = StartUpdateForm(data, prefix=prefix, initial=initial)
        rows = []
        for action in self.actions[commitment.pk]:
            key, last = action.translation_key, self.figures.get(action.translation_key)
            context = build_action_context(action, last)
            row = self.rows.get((draft.pk, key)) if draft is not None else propose_row(key, last)
            form = GridRowForm(
                data,
                instance=row or UpdateRow(action_key=key),
                prefix=f"{prefix}-{key}",
                proofs=context.proofs,
            )
            rows.append(GridRow(context, key, form))
        opened = data.get(f"{prefix}-version", "") if data is not None else None
        return GridCommitment(commitment, plan, draft, taken, period, rows, opened)

    def find_begun_updates(
        self, commitment: CommitmentPage
    ) -> tuple[ProgressUpdatePage | None, ProgressUpdatePage | None]:
        """Return the user's own unsent draft or, without one, the last update of others or in review."""
        begun = self.begun.get(commitment.path, [])
        for update in begun:
            # Set here: the property would query the commitment of each update.
            update.commitment_name = f"{commitment.code} {commitment.draft_title}"
        for update in begun:
            if not is_delivered(update) and find_author(update) == self.user:
                return update, None
        return None, begun[-1] if begun else None


def group_actions(commitments: Iterable[CommitmentPage]) -> dict[int, list[CommitmentAction]]:
    """Return the actions of each commitment by its id. One query."""
    found: dict[int, list[CommitmentAction]] = defaultdict(list)
    keys = [commitment.pk for commitment in commitments]
    for action in CommitmentAction.objects.filter(page__in=keys).order_by("sort_order", "pk"):
        found[action.page_id].append(action)
    return found


def read_rows(updates: Iterable[ProgressUpdatePage]) -> dict[tuple[int, UUID], UpdateRow]:
    """Return the rows of never published drafts by draft and action."""
    rows = UpdateRow.objects.filter(page__in=[update.pk for update in updates])
    return {(row.page_id, row.action_key): row for row in rows}


def propose_row(key: UUID, last: LastFigure | None) -> UpdateRow:
    """Return an unsaved row with the last public figure."""
    if last is None:
        return UpdateRow(action_key=key)
    return UpdateRow(action_key=key, percent=last.value.percent, stage=last.value.stage)
