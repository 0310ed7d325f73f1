"""Scheduled bundles: publish in one transaction, report a failure once, change the date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, TaskState

from abierto.accounts.models import User
from abierto.approval.errors import GroupNotPublished, NotAllowed
from abierto.approval.notifications import EmailText, active_members, notify, state_team
from abierto.approval.reader_links import build_admin_url
from abierto.approval.review.formatting import format_value
from abierto.approval.review.steps import load_earlier_approvals
from abierto.approval.scheduling import PublishGroup
from abierto.tenancy.access import scope

from .models import OPEN_STATUSES, Bundle, BundleDecision, BundleItem, BundleStatus
from .queries import current_task_state, find_visible_bundles, is_in_review, load_items
from .services import check_date, lock_bundle, submit_item


def iter_publish_groups(revisions: Iterable[int]) -> Iterator[PublishGroup]:
    """Yield the publish groups among ``revisions`` for the command that publishes on a date."""
    items = BundleItem.objects.filter(
        bundle__status=BundleStatus.DONE, workflow_state__current_task_state__revision__in=list(revisions)
    )
    for bundle in Bundle.objects.filter(pk__in=items.values("bundle")):
        all_of_it = load_items(bundle)
        yield PublishGroup(
            name=_("paquete «%(name)s»") % {"name": bundle.name},
            revisions=[current_task_state(item).revision_id for item in all_of_it],
            check=partial(check_all_scheduled, all_of_it),
            on_failure=partial(record_failure, bundle),
        )


def check_all_scheduled(items: Iterable[BundleItem]) -> None:
    """Refuse to publish a bundle if one of its pages is no longer scheduled."""
    for item in items:
        revision = current_task_state(item).revision
        revision.refresh_from_db(fields=["approved_go_live_at"])
        if revision.approved_go_live_at is None:
            raise GroupNotPublished(_("Ya no está programada."), revision.pk, item.title)


# --- Failures ------------------------------------------------------------------------------------------


@transaction.atomic
def record_failure(bundle: Bundle, error: GroupNotPublished) -> None:
    """Store why a bundle was not published on its date and notify its people, the first time only."""
    failed = TaskState.objects.filter(revision=error.revision, workflow_state__bundle_items__bundle=bundle)
    page = Page.objects.filter(
        pk__in=bundle.items.filter(workflow_state__in=failed.values("workflow_state")).values("page")
    ).first()
    first_time = Bundle.objects.filter(pk=bundle.pk, failed_at__isnull=True)
    if not first_time.update(failed_at=timezone.now(), failure=error.sentence, failed_page=page):
        return
    bundle.refresh_from_db()

    def write(reader: User) -> EmailText:
        subject = _("El paquete «%(name)s» no se publicó en su fecha") % {"name": bundle.name}
        return subject, f"{describe_failure(reader, bundle)}\n\n{find_bundle_url(reader, bundle)}"

    notify(find_involved_users(bundle), write)


def describe_failure(person: User, bundle: Bundle) -> str:
    """Return the failure and the remedy for ``person``, without the name of a page of another space."""
    page = bundle.failed_page
    is_in_scope = page is not None and scope(Page.objects.filter(pk=page.pk), person).exists()
    what = f"«{page.draft_title}»: {bundle.failure}" if page and is_in_scope else _("Falló una página.")
    remedy = _("No se publicó nada del paquete. Quien lo envió lo retira, corrige esa página y arma otro.")
    return f"{what} {remedy}"


def find_bundle_url(person: User, bundle: Bundle) -> str:
    """Return the URL of the bundle, or of the admin for a person who may not see it."""
    if find_visible_bundles(person).filter(pk=bundle.pk).exists():
        return build_admin_url("bundles:detail", bundle.pk)
    return build_admin_url("wagtailadmin_home")


def find_involved_users(bundle: Bundle) -> list[User]:
    """Return the sender, authors and reviewers of a bundle and the state team, without duplicates."""
    states = [current_task_state(item) for item in load_items(bundle)]
    authors = Q(pk__in=[state.revision.user_id for state in states]) | Q(pk=bundle.created_by_id)
    groups = Group.objects.filter(reviewtask__in=[state.task_id for state in states])
    participants = User.objects.filter(authors, is_active=True).order_by("pk")
    found = {person.pk: person for person in [*participants, *active_members(*groups), *state_team()]}
    return list(found.values())


def find_failed_bundles(user: User) -> list[Bundle]:
    """Return the visible bundles that failed on their date and are still scheduled."""
    dated = BundleItem.objects.filter(
        workflow_state__current_task_state__revision__approved_go_live_at__isnull=False
    )
    rows = find_visible_bundles(user).filter(
        status=BundleStatus.DONE, failed_at__isnull=False, pk__in=dated.values("bundle")
    )
    return list(rows.select_related("failed_page").order_by("-failed_at", "-pk"))


ACTION = "abierto.bundle_date"


def may_change_date(bundle: Bundle, user: User) -> bool:
    """Check whether ``user`` may change the date: the sender, while the bundle is not decided."""
    return bundle.status in OPEN_STATUSES and bundle.created_by_id == user.pk


@transaction.atomic
def change_date(bundle: Bundle, date: datetime.datetime | None, by: User) -> None:
    """Change or remove the date of a bundle, and submit its pages again.

    Raises:
        ReviewRefused: with the sentence for the user; nothing changes then.
    """
    locked = lock_bundle(bundle, *OPEN_STATUSES, BundleStatus.DONE)
    if locked.status == BundleStatus.DONE:
        raise NotAllowed(_("El paquete ya se aprobó con su fecha. Para cambiarla, retíralo y arma otro."))
    if not may_change_date(locked, by):
        raise NotAllowed(_("La fecha del paquete solo la cambia quien lo envió."))
    before, locked.go_live_at = locked.go_live_at, date
    if before == date:
        raise NotAllowed(_("Esa ya es la fecha del paquete. Pon otra."))
    check_date(locked)
    locked.save(update_fields=["go_live_at"])
    approved_by = _resubmit_items(locked, by)
    dates = {"before": format_value(before), "after": format_value(date)}
    log(instance=locked, action=ACTION, user=by, data=dates)

    def write(reader: User) -> EmailText:
        text = _(
            "%(who)s cambió la fecha del paquete «%(name)s»: %(change)s. "
            "Lo que aprobaste se aprueba otra vez."
        )
        values = {"who": by.public_name, "name": locked.name, "change": describe_date_change(dates)}
        subject = _("Cambió la fecha del paquete «%(name)s»") % values
        return subject, f"{text % values}\n\n{find_bundle_url(reader, locked)}"

    notify(approved_by, write, by)


def _resubmit_items(bundle: Bundle, by: User) -> set[User]:
    """Submit the pages under review with the new date; return the users who had approved some of them."""
    items = [item for item in load_items(bundle) if is_in_review(item)]
    given = BundleDecision.objects.filter(task_state__in=[current_task_state(item).pk for item in items])
    approved_by = {decision.by for decision in given.select_related("by")}
    for item in items:
        before = load_earlier_approvals(current_task_state(item))
        approved_by |= {step.finished_by for step in before if step.finished_by is not None}
        item.bundle = bundle
        item.workflow_state.cancel(user=by)  # type: ignore[union-attr]
        submit_item(item, item.page.specific, by)
    return approved_by


# --- Log entries ---------------------------------------------------------------------------------------


def describe_date_change(dates: dict[str, str]) -> str:
    """Return the old and the new date as one text."""
    at_once = _("en cuanto se apruebe")
    return f"{dates.get('before') or at_once} → {dates.get('after') or at_once}"


class DateChangeFormatter(LogFormatter):
    """The log entry of a changed date."""

    label = gettext_lazy("Cambiar la fecha de un paquete")

    def format_message(self, log_entry: Any) -> str:
        return _("Cambió la fecha: %(change)s") % {"change": describe_date_change(log_entry.data)}


def load_date_changes(bundle: Bundle) -> Any:
    """Return the log entries of date changes, the latest first. One query."""
    entries = log_registry.get_logs_for_instance(bundle).filter(action=ACTION)
    return entries.select_related("user").order_by("-timestamp", "-pk")
