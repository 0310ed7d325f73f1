"""Submit, resubmit, withdraw, approve and return bundles.

The reviewer of a page's last step decides on exactly the version that she read. When every page has such a
decision, all of them are approved in one transaction, each in the name of its reviewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState

from abierto.accounts.models import User
from abierto.approval.errors import ContentChanged, InvalidContent, ReviewRefused
from abierto.approval.models import ReviewTask
from abierto.approval.models.task import APPROVE, RETURN
from abierto.approval.notifications import EmailText, notify
from abierto.approval.reader_links import build_admin_url
from abierto.approval.review import decisions
from abierto.approval.review.eligibility import find_approval_refusal
from abierto.approval.review.submission import check_may_submit, start_review
from abierto.approval.roles.grants import is_state_administrator
from abierto.tenancy.access import scope
from abierto.text import visible_text
from abierto.translations.services import prepare_translation

from .locks import allow_decisions
from .models import OPEN_STATUSES, Bundle, BundleDecision, BundleItem, BundleStatus
from .queries import (
    current_task_state,
    find_reviewable_items,
    find_undecided_items,
    is_in_review,
    load_decisions,
    load_items,
    visible_title,
)


@transaction.atomic
def submit_bundle(bundle: Bundle, pages: Iterable[Page], by: User) -> Bundle:
    """Put ``pages`` into a new bundle and submit each to the review of its own space: all, or none.

    Raises:
        ReviewRefused: naming the page that cannot be submitted.
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
        submit_item(item, page, by)
    return bundle


@transaction.atomic
def prepare_bundle(bundle: Bundle, pages: Iterable[Page], by: User) -> Bundle:
    """Put drafts into a new bundle without submitting it; sending it validates each page.

    The caller made the drafts, so that they are in the scope of ``by``.
    """
    bundle.created_by, bundle.status = by, BundleStatus.PREPARED
    bundle.save()
    BundleItem.objects.bulk_create(BundleItem(bundle=bundle, page_id=page.pk) for page in pages)
    return bundle


@transaction.atomic
def resubmit_bundle(bundle: Bundle, by: User) -> None:
    """Submit a prepared or returned bundle, or one with edited pages, again."""
    locked = lock_bundle(bundle, BundleStatus.PREPARED, BundleStatus.RETURNED, BundleStatus.SENT)
    if locked.go_live_at is not None and locked.go_live_at <= timezone.now():
        raise ReviewRefused(
            _("La fecha de publicación ya pasó. Cambia la fecha del paquete y envíalo otra vez.")
        )
    for item in load_items(locked):
        if not is_in_review(item):
            submit_item(item, item.page.specific, by)
    locked.status = BundleStatus.SENT
    locked.save(update_fields=["status"])


def check_date(bundle: Bundle) -> None:
    """Refuse a date in the past."""
    if bundle.go_live_at is not None and bundle.go_live_at <= timezone.now():
        raise ReviewRefused(_("La fecha de publicación ya pasó. Pon una que esté por venir, o ninguna."))


def submit_item(item: BundleItem, page: Any, by: User) -> None:
    """Submit one page of a bundle with the bundle's date."""
    draft = page.get_latest_revision_as_object()
    check_may_submit(page, by, draft)
    if prepare_translation(page, by):
        page = type(page).objects.get(pk=page.pk)
        draft = page.get_latest_revision_as_object()
    if has_shared_step(page):
        raise ReviewRefused(
            _("Mientras revisa otro municipio no se envían paquetes. Envía cada página por separado.")
        )
    if page.latest_revision_id is None or draft.go_live_at != item.bundle.go_live_at:
        draft.go_live_at = item.bundle.go_live_at
        draft.save_revision(user=by, log_action=True, clean=False)  # starting the review validates it whole
    item.workflow_state = start_review(page, by, item.bundle.note)
    item.save()


def has_shared_step(page: Page) -> bool:
    """Check whether the reviewers of another space decide about ``page``: they may not see a whole bundle."""
    workflow = page.get_workflow()
    steps = ReviewTask.objects.filter(workflow_tasks__workflow=workflow, lender__isnull=False)
    return workflow is not None and steps.exists()


# --- Withdrawing ---------------------------------------------------------------------------------------


@transaction.atomic
def withdraw_bundle(bundle: Bundle, by: User) -> None:
    """Withdraw a bundle before it is public: its pages become drafts."""
    locked = lock_bundle(bundle, *OPEN_STATUSES, BundleStatus.DONE)
    if not may_withdraw(locked, by):
        raise ReviewRefused(_("Solo retira el paquete quien lo envió, antes de que se publique."))
    for item in load_items(locked):
        if item.workflow_state is not None and item.workflow_state.is_active:
            item.workflow_state.cancel(user=by)
        elif current_task_state(item) is not None:
            cancel_schedule(item, by)
    close_bundle(locked, BundleStatus.WITHDRAWN, by, "")


def may_withdraw(bundle: Bundle, user: User) -> bool:
    """Check whether ``user`` may withdraw: the sender; of a scheduled bundle also state administrators."""
    if bundle.status == BundleStatus.DONE:
        return is_scheduled(bundle) and (bundle.created_by_id == user.pk or is_state_administrator(user))
    return bundle.status != BundleStatus.WITHDRAWN and bundle.created_by_id == user.pk


def is_scheduled(bundle: Bundle) -> bool:
    """Check whether a page of an approved bundle is still to be published."""
    return bundle.items.filter(
        workflow_state__current_task_state__revision__approved_go_live_at__isnull=False
    ).exists()


def cancel_schedule(item: BundleItem, by: User) -> None:
    """Cancel the scheduled publication of a page."""
    revision = current_task_state(item).revision
    dated = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
    if dated.update(approved_go_live_at=None):
        log(instance=item.page.specific, action="wagtail.schedule.cancel", user=by, revision=revision)


# --- Its state -----------------------------------------------------------------------------------------


def lock_bundle(bundle: Bundle, *statuses: BundleStatus) -> Bundle:
    """Return the current bundle, locked; refuse a status that is not expected."""
    locked = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if locked.status not in statuses:
        raise ReviewRefused(_("Este paquete ya se resolvió o se retiró. Mira su estado en la lista."))
    return locked


def close_bundle(bundle: Bundle, status: BundleStatus, by: User, comment: str) -> None:
    """Store the decision on a bundle."""
    bundle.status, bundle.decided_by, bundle.decided_at = status, by, timezone.now()
    bundle.comment = comment
    bundle.save(update_fields=["status", "decided_by", "decided_at", "comment"])


@transaction.atomic
def approve_bundle(bundle: Bundle, user: User, tokens: Mapping[int, str], comment: str) -> Bundle:
    """Approve the pages that wait for ``user`` in the versions she read; publish when all are approved.

    ``tokens`` has the form token of each item by item id.

    Raises:
        ReviewRefused: naming the page; nothing changes then.
    """
    locked = lock_bundle(bundle, BundleStatus.SENT)
    if locked.go_live_at is not None and locked.go_live_at <= timezone.now():
        raise ReviewRefused(_("La fecha del paquete ya pasó. Devuélvelo para que pongan otra."))
    items = load_items(locked)
    for item in items:
        if not is_in_review(item):
            raise ReviewRefused(_unchanged_message(user, item, _("Ya no está en revisión.")))
    for item in _require_undecided_items(user, items):
        _record_decision(item, user, tokens.get(item.pk, ""), comment)
    _publish_when_complete(locked, user, comment)
    return locked


@transaction.atomic
def return_bundle(bundle: Bundle, user: User, comment: str) -> None:
    """Return a whole bundle: the pages that ``user`` reviews with her reason, the others as drafts."""
    locked = lock_bundle(bundle, BundleStatus.SENT)
    if not visible_text(comment):
        raise ReviewRefused(_("Escribe qué debe cambiar para que se pueda aprobar."))
    items = load_items(locked)
    reviewable = find_reviewable_items(user, items)
    if not reviewable:
        raise ReviewRefused(_("Ninguna página del paquete espera tu revisión."))
    given = load_decisions(items)
    for item in reviewable:
        decide_item(item, user, RETURN, comment)
    for item in items:
        if item not in reviewable and is_in_review(item):
            item.workflow_state.cancel(user=user)  # type: ignore[union-attr]
    close_bundle(locked, BundleStatus.RETURNED, user, comment)

    def write(reader: User) -> EmailText:
        names = {"who": user.public_name, "name": locked.name}
        text = _("%(who)s devolvió el paquete «%(name)s». Lo que aprobaste de él vuelve a ser borrador.")
        subject = _("Se devolvió el paquete «%(name)s»") % names
        return subject, f"{text % names}\n\n{build_admin_url('bundles:detail', locked.pk)}"

    notify({decision.by for decision in given.values()}, write, user)


def _require_undecided_items(user: User, items: list[BundleItem]) -> list[BundleItem]:
    """Return the items that wait for ``user``; refuse if there are none."""
    left = find_undecided_items(user, items)
    if not left:
        raise ReviewRefused(_("No te toca aprobar nada de este paquete, o ya lo hiciste."))
    return left


def _record_decision(item: BundleItem, user: User, token: str, comment: str) -> None:
    """Approve a page's step; store the decision on the last step until all pages have one."""
    state = current_task_state(item)
    if not state.workflow_state.is_at_final_task:
        decide_item(item, user, APPROVE, comment, token)
        return
    try:
        decisions.check_approval(state, user, token)
        decisions.check_last_approval(state, user, comment)
    except ReviewRefused as refusal:
        raise _name_page(user, item, refusal) from refusal
    BundleDecision.objects.create(item=item, task_state=state, by=user, token=token, comment=comment)


def _publish_when_complete(bundle: Bundle, user: User, comment: str) -> None:
    """Approve every page when all have a valid decision."""
    items = load_items(bundle)
    given = load_decisions(items)
    for item in items:
        if item.pk in given and not _is_still_valid(item, given[item.pk]):
            given.pop(item.pk).delete()
    if len(given) < len(items):
        return
    for item in items:
        decision = given[item.pk]
        decide_item(item, decision.by, APPROVE, decision.comment, decision.token, notified_user=user)
    if all(item.workflow_state.status == WorkflowState.STATUS_APPROVED for item in load_items(bundle)):  # type: ignore[union-attr]
        close_bundle(bundle, BundleStatus.DONE, user, comment)


def _is_still_valid(item: BundleItem, decision: BundleDecision) -> bool:
    """Check that the reviewer could still give this decision today on the current version."""
    state = current_task_state(item)
    task = ReviewTask.objects.get(pk=state.task_id)
    return (
        decision.by.is_active
        and state.workflow_state.is_at_final_task
        and task._user_in_groups(decision.by)
        and not find_approval_refusal(state, decision.by)
        and decision.token == decisions.build_token(state.revision)
    )


def decide_item(
    item: BundleItem,
    user: User,
    action: str,
    comment: str,
    token: str = "",
    notified_user: User | None = None,
) -> None:
    """Decide on one page by its own review task; name the page in a refusal."""
    state = current_task_state(item)
    try:
        with allow_decisions(item.bundle):
            state.task.specific.on_action(state, user, action, token=token, comment=comment)
    except ReviewRefused as refusal:
        raise _name_page(notified_user or user, item, refusal) from refusal


def _name_page(user: User, item: BundleItem, refusal: ReviewRefused) -> ReviewRefused:
    """Return the refusal with the title of the page; for a page of another space, without the reason."""
    if not visible_title(user, item):
        return ReviewRefused(_unchanged_message(user, item, _("No se pudo publicar.")))
    # The bundle names the page itself.
    sentence = refusal.problems if isinstance(refusal, InvalidContent) else refusal.sentence
    message = _unchanged_message(user, item, sentence)
    if isinstance(refusal, ContentChanged):
        return ContentChanged(message, refusal.page, refusal.read, refusal.current)
    return ReviewRefused(message)


def _unchanged_message(user: User, item: BundleItem, sentence: str) -> str:
    title = visible_title(user, item) or _("Una página de otro espacio")
    return _("«%(title)s»: %(sentence)s Del paquete no cambió nada.") % {"title": title, "sentence": sentence}
