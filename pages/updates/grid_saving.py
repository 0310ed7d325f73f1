"""Save the updates of the grid as drafts, with the rules of «Reportar avance» and of the editor."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.review.submission import check_may_submit, start_review
from pages.admin.draft_views import may_start_draft

from .drafts import build_update
from .grid import GridCommitment
from .models import ProgressUpdatePage


class GridRefused(Exception):
    """A commitment has errors, which are on its forms; nothing was saved."""


def save_drafts(
    chosen: Iterable[GridCommitment], user: User, *, is_complete: bool
) -> list[ProgressUpdatePage]:
    """Save the drafts of ``chosen``, all or none; ``is_complete`` requires what a review requires.

    Raises:
        GridRefused: with the errors on the forms and commitments.
    """
    chosen = list(chosen)
    for entry in chosen:
        check_entry(entry, user, is_complete=is_complete)
    if any(entry.has_errors for entry in chosen):
        raise GridRefused
    saved = []
    with transaction.atomic():
        for entry in chosen:
            try:
                saved.append(write_draft(entry, user))
            except ValidationError as error:
                add_errors(entry, error)
        if any(entry.has_errors for entry in chosen):
            raise GridRefused
    return saved


def send_update(entry: GridCommitment, user: User, note: str) -> ProgressUpdatePage:
    """Save the update of one commitment and send it to review.

    Raises:
        GridRefused: with the errors; nothing was saved.
    """
    try:
        with transaction.atomic():
            update = save_drafts([entry], user, is_complete=True)[0]
            check_may_submit(update, user)
            start_review(update, user, note)
    except ReviewRefused as refusal:
        entry.errors.append(refusal.sentence)
        raise GridRefused from refusal
    return update


def check_entry(entry: GridCommitment, user: User, *, is_complete: bool) -> None:
    """Add the errors of one commitment to its fields, or the reason why the user may not write to it."""
    refusal = find_refusal(entry, user)
    if refusal:
        entry.errors.append(refusal)
        return
    for form in entry.forms:
        form.is_valid()
    if is_complete:
        for row in entry.rows:
            row.form.require_value()


def find_refusal(entry: GridCommitment, user: User) -> str:
    """Return why ``user`` may not write the update here; empty if allowed."""
    if entry.taken is not None:
        return _("No se guardó: este compromiso ya tiene un avance. Ábrelo para ver qué dice.")
    if entry.opened != entry.current_version:
        return _("No se guardó: el borrador cambió mientras escribías. Ábrelo para ver qué dice.")
    if entry.draft is None:
        return "" if may_start_draft(entry.commitment, user) else _("Este compromiso no es de tu espacio.")
    permissions = entry.draft.permissions_for_user(user)
    if not permissions.can_edit():
        return _("Este compromiso no es de tu espacio.")
    return (
        _("El borrador está bloqueado. Pide a quien lo bloqueó que lo abra.")
        if permissions.page_locked()
        else ""
    )


def write_draft(entry: GridCommitment, user: User) -> ProgressUpdatePage:
    """Save the typed values as one new version of the draft."""
    update = find_or_build_update(entry, user)
    typed = {row.key: row.form for row in entry.rows}
    rows = list(update.rows.all())
    for row in rows:
        if row.action_key in typed:
            typed[row.action_key].fill_row(row)
    update.rows.set(rows)
    if update.pk is None:
        entry.commitment.add_child(instance=update)
        update.save_revision(user=user, log_action=True)
    else:
        update.save_draft(user)
    return update


def find_or_build_update(entry: GridCommitment, user: User) -> ProgressUpdatePage:
    if entry.draft is not None:
        update: ProgressUpdatePage = entry.draft.get_latest_revision_as_object()
        update.add_missing_rows(entry.commitment)
        return update
    days = entry.period.cleaned_data if entry.period is not None else {}
    return build_update(entry.commitment, days["period_start"], days["period_end"], user)


def add_errors(entry: GridCommitment, error: ValidationError) -> None:
    """Add the errors of a page to the fields of the period, else to the commitment."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in by_field.items():
        if entry.period is not None and name in entry.period.fields:
            entry.period.add_error(name, messages)
        else:
            entry.errors += messages
