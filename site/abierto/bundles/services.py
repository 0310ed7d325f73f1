"""Sending pages together to review, sending them again, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.review.notes import attach_note
from abierto.approval.roles.grants import runs_the_state
from abierto.tenancy.access import scope

from .models import Bundle, BundleItem, BundleStatus
from .queries import in_review, items_of, task_state_of


@transaction.atomic
def send(bundle: Bundle, pages: Iterable[Page], by: User) -> Bundle:
    """Put ``pages`` into a new bundle and send each to the review of its own space: all, or none.

    Raises:
        ReviewRefused: with the sentence that names the page that cannot go.
    """
    chosen = sorted((page.specific for page in pages), key=lambda page: page.path)
    if not chosen:
        raise ReviewRefused(_("Elige al menos una página para el paquete."))
    check_date(bundle)
    if scope(Page.objects.filter(pk__in=[page.pk for page in chosen]), by).count() != len(chosen):
        raise ReviewRefused(_("Alguna de esas páginas no es de tus espacios. Quítala del paquete."))
    bundle.created_by = by
    bundle.save()
    for page in chosen:
        item = BundleItem(bundle=bundle, page=Page(pk=page.pk))
        hand_in(item, page, by)
    return bundle


@transaction.atomic
def send_again(bundle: Bundle, by: User) -> None:
    """Send a bundle that came back, or some of whose pages were edited meanwhile, to review again."""
    locked = lock(bundle, BundleStatus.RETURNED, BundleStatus.SENT)
    if locked.go_live_at is not None and locked.go_live_at <= timezone.now():
        raise ReviewRefused(
            _("La fecha de publicación ya pasó. Cambia la fecha del paquete y envíalo otra vez.")
        )
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
        draft.save_revision(user=by, log_action=True, clean=False)  # starting the review validates it whole
    fresh = type(page).objects.get(pk=page.pk)
    state = fresh.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    else:
        state = fresh.get_workflow().start(fresh, by)
    item.workflow_state = state
    item.save()
    attach_note(fresh, by, item.bundle.note)


# --- Taking back ---------------------------------------------------------------------------------------


@transaction.atomic
def withdraw(bundle: Bundle, by: User) -> None:
    """Take a bundle back before it is public: its pages are drafts again."""
    locked = lock(bundle, BundleStatus.SENT, BundleStatus.RETURNED, BundleStatus.DONE)
    if not may_withdraw(locked, by):
        raise ReviewRefused(_("Solo retira el paquete quien lo envió, antes de que se publique."))
    for item in items_of(locked):
        if item.workflow_state is not None and item.workflow_state.is_active:
            item.workflow_state.cancel(user=by)
        elif task_state_of(item) is not None:
            take_off_the_date(item, by)
    close(locked, BundleStatus.WITHDRAWN, by, "")


def may_withdraw(bundle: Bundle, user: User) -> bool:
    """Say whether ``user`` may take a bundle back: who sent it; once it has a date, the state's too."""
    if bundle.status == BundleStatus.DONE:
        return is_waiting_for_its_date(bundle) and (bundle.created_by_id == user.pk or runs_the_state(user))
    return bundle.status != BundleStatus.WITHDRAWN and bundle.created_by_id == user.pk


def is_waiting_for_its_date(bundle: Bundle) -> bool:
    """Say whether some page of an approved bundle is still to be published."""
    return bundle.items.filter(
        workflow_state__current_task_state__revision__approved_go_live_at__isnull=False
    ).exists()


def take_off_the_date(item: BundleItem, by: User) -> None:
    """Let an approved version of a page not be published when its day comes."""
    revision = task_state_of(item).revision
    dated = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
    if dated.update(approved_go_live_at=None):
        log(instance=item.page.specific, action="wagtail.schedule.cancel", user=by, revision=revision)


# --- Its state -----------------------------------------------------------------------------------------


def lock(bundle: Bundle, *statuses: BundleStatus) -> Bundle:
    """Return the bundle as it is now, kept from other people; refuse one that is not to be decided on."""
    locked = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if locked.status not in statuses:
        raise ReviewRefused(_("Este paquete ya se resolvió o se retiró. Mira su estado en la lista."))
    return locked


def close(bundle: Bundle, status: BundleStatus, by: User, comment: str) -> None:
    """Write how a bundle ended, for now or for good."""
    bundle.status, bundle.decided_by, bundle.decided_at = status, by, timezone.now()
    bundle.comment = comment
    bundle.save(update_fields=["status", "decided_by", "decided_at", "comment"])
