"""Release bundles: sent together, decided together, public together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from abierto.accounts.models import User
from abierto.editorial.errors import ContentChanged, ReviewRefused
from abierto.editorial.models import ReviewTask
from abierto.editorial.models.task import APPROVE, RETURN
from abierto.tenancy.access import scope

from .models import Bundle, BundleItem, BundleStatus
from .notes import attach_note

_deciding: ContextVar[int | None] = ContextVar("abierto_deciding_bundle", default=None)


# --- Sending -------------------------------------------------------------------------------------------


@transaction.atomic
def send(bundle: Bundle, pages: Iterable[Page], by: User) -> Bundle:
    """Put ``pages`` into a new bundle and send all of them to review: all, or none.

    Raises:
        ReviewRefused: with the sentence that names the page that cannot go.
    """
    chosen = sorted((page.specific for page in pages), key=lambda page: page.path)
    if not chosen:
        raise ReviewRefused(_("Elige al menos una página para el paquete."))
    check_date(bundle)
    if len({page.get_workflow() for page in chosen}) > 1:
        raise ReviewRefused(_("Las páginas de un paquete pasan por la misma revisión. Haz uno por espacio."))
    bundle.created_by = by
    bundle.save()
    for page in chosen:
        item = BundleItem(bundle=bundle, page=Page(pk=page.pk))
        hand_in(item, page, by)
    return bundle


@transaction.atomic
def send_again(bundle: Bundle, by: User) -> None:
    """Send a bundle that came back, or some of whose pages were edited meanwhile, to review again."""
    locked = _locked(bundle, BundleStatus.RETURNED, BundleStatus.SENT)
    check_date(locked)
    for item in items_of(locked):
        if not in_review(item):
            hand_in(item, item.page.specific, by)
    locked.status = BundleStatus.SENT
    locked.save(update_fields=["status"])


def check_date(bundle: Bundle) -> None:
    """Refuse a date that has passed."""
    if bundle.go_live_at is not None and bundle.go_live_at <= timezone.now():
        raise ReviewRefused(_("La fecha de publicación ya pasó. Pon una que esté por venir, o ninguna."))


def hand_in(item: BundleItem, page: Any, by: User) -> None:
    """Send one page of a bundle to review, with the bundle's date as its own."""
    draft = page.get_latest_revision_as_object()
    if not page.permissions_for_user(by).can_submit_for_moderation():
        raise ReviewRefused(
            _("«%(title)s» no se puede enviar: ya está en revisión, o no puedes enviarla.") % {"title": draft}
        )
    if page.latest_revision_id is None or draft.go_live_at != item.bundle.go_live_at:
        draft.go_live_at = item.bundle.go_live_at
        draft.save_revision(user=by, log_action=True)
    fresh = type(page).objects.get(pk=page.pk)
    state = fresh.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        state = fresh.get_workflow().start(fresh, by)
    item.workflow_state = state
    item.save()
    attach_note(fresh, by, item.bundle.note)


# --- Looking -------------------------------------------------------------------------------------------


def items_of(bundle: Bundle) -> list[BundleItem]:
    """Return the pages of a bundle, parents first, with their reviews."""
    items = bundle.items.select_related(
        "page", "workflow_state__workflow", "workflow_state__current_task_state__revision__user"
    )
    return list(items.select_related("workflow_state__requested_by"))


def in_review(item: BundleItem) -> bool:
    """Say whether a page of a bundle still waits for a decision."""
    state = item.workflow_state
    return (
        state is not None
        and state.status == WorkflowState.STATUS_IN_PROGRESS
        and state.current_task_state is not None
    )


def may_see(bundle: Bundle, user: User) -> bool:
    """Say whether ``user`` sees all the pages of a bundle, or reviews it."""
    pages = Page.objects.filter(pk__in=bundle.items.values("page"))
    return not pages.exclude(pk__in=scope(pages, user).values("pk")).exists() or may_decide(bundle, user)


def may_decide(bundle: Bundle, user: User) -> bool:
    """Say whether ``user`` is in the group that reviews every page of a bundle."""
    waiting = [item for item in items_of(bundle) if in_review(item)]
    tasks = {item.workflow_state.current_task_state.task_id for item in waiting}  # type: ignore[union-attr]
    return bool(tasks) and all(task._user_in_groups(user) for task in ReviewTask.objects.filter(pk__in=tasks))


# --- Deciding ------------------------------------------------------------------------------------------


@transaction.atomic
def approve(bundle: Bundle, user: User, tokens: Mapping[int, str], comment: str) -> Bundle:
    """Approve every page of a bundle as it was read; when one cannot be, nothing changes.

    ``tokens`` says, by the number of each item, what was read.

    Raises:
        ReviewRefused: with the sentence that names the page.
    """
    locked = _locked(bundle, BundleStatus.SENT)
    if locked.go_live_at is not None and locked.go_live_at <= timezone.now():
        raise ReviewRefused(_("La fecha del paquete ya pasó. Devuélvelo para que pongan otra."))
    for item in items_of(locked):
        decide(item, user, APPROVE, comment, tokens.get(item.pk, ""))
    if all(item.workflow_state.status == WorkflowState.STATUS_APPROVED for item in items_of(locked)):  # type: ignore[union-attr]
        _close(locked, BundleStatus.DONE, user, comment)
    return locked


@transaction.atomic
def give_back(bundle: Bundle, user: User, comment: str) -> None:
    """Return every page of a bundle to whoever wrote it, with the reason."""
    locked = _locked(bundle, BundleStatus.SENT)
    if not comment.strip():
        raise ReviewRefused(_("Escribe qué debe cambiar para que se pueda aprobar."))
    waiting = [item for item in items_of(locked) if in_review(item)]
    if not waiting:
        raise ReviewRefused(_("Ninguna página del paquete espera revisión."))
    for item in waiting:
        decide(item, user, RETURN, comment)
    _close(locked, BundleStatus.RETURNED, user, comment)


@transaction.atomic
def withdraw(bundle: Bundle, by: User) -> None:
    """Take a bundle back before anybody decides: its pages are drafts again."""
    locked = _locked(bundle, BundleStatus.SENT, BundleStatus.RETURNED)
    if locked.created_by_id != by.pk:
        raise ReviewRefused(_("Solo retira el paquete quien lo envió."))
    for item in items_of(locked):
        if item.workflow_state is not None and item.workflow_state.is_active:
            item.workflow_state.cancel(user=by)
    _close(locked, BundleStatus.WITHDRAWN, by, "")


def decide(item: BundleItem, user: User, action: str, comment: str, token: str = "") -> None:
    """Decide on one page of a bundle by its own review task; name the page in whatever is refused."""
    title = item.page.get_admin_display_title()
    if not in_review(item):
        raise ReviewRefused(_whole(title, _("Ya no está en revisión.")))
    state: TaskState = item.workflow_state.current_task_state  # type: ignore[union-attr]
    task = state.task.specific
    try:
        with deciding(item.bundle):
            task.on_action(state, user, action, token=token, comment=comment)
    except ContentChanged as refusal:
        said = _whole(title, refusal.sentence)
        raise ContentChanged(said, refusal.page, refusal.read, refusal.current) from refusal
    except ReviewRefused as refusal:
        raise ReviewRefused(_whole(title, refusal.sentence)) from refusal


def _whole(title: str, sentence: str) -> str:
    return _("«%(title)s»: %(sentence)s Del paquete no cambió nada.") % {"title": title, "sentence": sentence}


def _locked(bundle: Bundle, *statuses: BundleStatus) -> Bundle:
    """Return the bundle as it is now, kept from other people; refuse one that is not to be decided on."""
    locked = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if locked.status not in statuses:
        raise ReviewRefused(_("Este paquete ya se resolvió o se retiró. Mira su estado en la lista."))
    return locked


def _close(bundle: Bundle, status: BundleStatus, by: User, comment: str) -> None:
    bundle.status, bundle.decided_by, bundle.decided_at = status, by, timezone.now()
    bundle.comment = comment
    bundle.save(update_fields=["status", "decided_by", "decided_at", "comment"])


# --- No page of a bundle goes alone --------------------------------------------------------------------


@contextmanager
def deciding(bundle: Bundle) -> Iterator[None]:
    """Mark the bundle whose pages may be decided on now."""
    token = _deciding.set(bundle.pk)
    try:
        yield
    finally:
        _deciding.reset(token)


def check_alone(task_state: TaskState, user: Any, action: str) -> None:
    """Refuse to decide on one page of a bundle apart from the others."""
    held = BundleItem.objects.filter(
        workflow_state_id=task_state.workflow_state_id, bundle__status=BundleStatus.SENT
    )
    item = held.select_related("bundle").first()
    if item is not None and item.bundle_id != _deciding.get():
        raise ReviewRefused(
            _("Va en el paquete «%(name)s» y se decide con él. Ábrelo desde «Por revisar».")
            % {"name": item.bundle.name}
        )


def scheduled_together(revisions: Iterable[int]) -> Iterator[tuple[str, list[int], Any]]:
    """Answer the command that publishes on a date: which of these go together, and what to check first."""
    items = BundleItem.objects.filter(
        bundle__status=BundleStatus.DONE, workflow_state__current_task_state__revision__in=list(revisions)
    )
    for bundle in Bundle.objects.filter(pk__in=items.values("bundle")):
        all_of_it = items_of(bundle)
        numbers = [item.workflow_state.current_task_state.revision_id for item in all_of_it]  # type: ignore[union-attr]
        yield (
            _("paquete «%(name)s»") % {"name": bundle.name},
            numbers,
            lambda whole=all_of_it: check_whole(whole),
        )


def check_whole(items: Iterable[BundleItem]) -> None:
    """Refuse to publish a bundle on its date when one of its pages was taken out of it."""
    for item in items:
        revision = item.workflow_state.current_task_state.revision  # type: ignore[union-attr]
        revision.refresh_from_db(fields=["approved_go_live_at"])
        if revision.approved_go_live_at is None:
            title = item.page.get_admin_display_title()
            raise ValidationError(_("«%(title)s» ya no está programada.") % {"title": title})
