"""Registry row of a municipality: its administrator corrects the address of its site, the state approves.

The state alone writes the name, the code and what the documents say. Address, telephone, mailbox and privacy
notice are fields of the start page, which the municipality edits.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.errors import NotAllowed
from abierto.approval.review.submission import start_review
from abierto.registry.models import Municipality
from abierto.tenancy.access import own_people

from .models import MunicipalitySpace
from .team import check_administers

OWN_FIELDS = ("external_site_url", "external_site_source")


@tree_lock()
def submit_row(town: MunicipalitySpace, values: dict[str, str], by: User) -> WorkflowState:
    """Send the own fields of a municipality's row to the review of the state.

    Raises:
        NotAllowed: with the sentence for the user.
        ReviewRefused: if the version is not valid.
    """
    check_administers(town.holder, by)
    row = Municipality.objects.get(pk=town.municipality_id)
    if reason := find_row_error(row, town):
        raise NotAllowed(reason)
    draft = row.get_latest_revision_as_object()
    for name in OWN_FIELDS:
        setattr(draft, name, values[name])
    draft.save_revision(user=by, log_action=True)
    state: WorkflowState = start_review(row, by)
    return state


def find_row_error(row: Municipality, town: MunicipalitySpace) -> str:
    """Return why the people of ``town`` cannot change their row now; an empty string if they can."""
    if not row.live:
        return _("Tu municipio está suspendido en el registro. Pregunta al equipo estatal.")
    if row.workflow_in_progress:
        return _("Ya hay un cambio de esta ficha en revisión. Espera a que el equipo estatal decida.")
    if row.has_unpublished_changes and not is_written_by(row, town):
        return _("El equipo estatal tiene un borrador de esta ficha. Pídele que lo termine antes.")
    return ""


def is_written_by(row: Municipality, town: MunicipalitySpace) -> bool:
    """Check that the last version of ``row`` is of the people of ``town``: one that the state returned."""
    author = row.latest_revision.user_id if row.latest_revision is not None else None
    return author is not None and User.objects.filter(own_people([town.holder]), pk=author).exists()


def load_own_values(row: Municipality) -> dict[str, str]:
    """Return the own fields as the last version has them."""
    draft = row.get_latest_revision_as_object()
    return {name: getattr(draft, name) for name in OWN_FIELDS}
