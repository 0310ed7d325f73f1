"""A bundle with a date: its pages go public together, and if one cannot, its people are told once."""

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
from abierto.approval.errors import NotAllowed, NotTogether
from abierto.approval.notifications import members, state_team, tell
from abierto.approval.review.formatting import written
from abierto.approval.review.publish_groups import PublishGroup
from abierto.approval.review.steps import steps_before
from abierto.tenancy.access import scope

from .models import Bundle, BundleDecision, BundleItem, BundleStatus
from .queries import in_review, items_of, seen_bundles, task_state_of
from .services import check_date, hand_in, lock


def scheduled_together(revisions: Iterable[int]) -> Iterator[PublishGroup]:
    """Answer the command that publishes on a date: which of these go together, and what to check first."""
    items = BundleItem.objects.filter(
        bundle__status=BundleStatus.DONE, workflow_state__current_task_state__revision__in=list(revisions)
    )
    for bundle in Bundle.objects.filter(pk__in=items.values("bundle")):
        all_of_it = items_of(bundle)
        yield PublishGroup(
            name=_("paquete «%(name)s»") % {"name": bundle.name},
            revisions=[task_state_of(item).revision_id for item in all_of_it],
            check=partial(check_whole, all_of_it),
            failed=partial(note_failure, bundle),
        )


def check_whole(items: Iterable[BundleItem]) -> None:
    """Refuse to publish a bundle on its date when one of its pages was taken out of it."""
    for item in items:
        revision = task_state_of(item).revision
        revision.refresh_from_db(fields=["approved_go_live_at"])
        if revision.approved_go_live_at is None:
            raise NotTogether(_("Ya no está programada."), revision.pk, item.page.get_admin_display_title())


# --- When it fails -------------------------------------------------------------------------------------


@transaction.atomic
def note_failure(bundle: Bundle, error: NotTogether) -> None:
    """Keep why a bundle could not be published on its date, and tell its people; the first time only."""
    failed = TaskState.objects.filter(revision=error.revision, workflow_state__bundle_items__bundle=bundle)
    page = Page.objects.filter(
        pk__in=bundle.items.filter(workflow_state__in=failed.values("workflow_state")).values("page")
    ).first()
    first_time = Bundle.objects.filter(pk=bundle.pk, failed_at__isnull=True)
    if not first_time.update(failed_at=timezone.now(), failure=error.sentence, failed_page=page):
        return
    bundle.refresh_from_db()
    subject = _("El paquete «%(name)s» no se publicó en su fecha") % {"name": bundle.name}
    for person in people_of(bundle):
        tell([person], subject, told_to(person, bundle))


def told_to(person: User, bundle: Bundle) -> str:
    """Say what went wrong and what to do; another space's page is not named."""
    page = bundle.failed_page
    is_hers = page is not None and scope(Page.objects.filter(pk=page.pk), person).exists()
    what = f"«{page.draft_title}»: {bundle.failure}" if page and is_hers else _("Falló una página.")
    remedy = _("No se publicó nada del paquete. Quien lo envió lo retira, corrige esa página y arma otro.")
    return f"{what} {remedy}"


def people_of(bundle: Bundle) -> list[User]:
    """Return who sent a bundle, who wrote its pages, who reviews them and the state's team, each once."""
    states = [task_state_of(item) for item in items_of(bundle)]
    wrote = Q(pk__in=[state.revision.user_id for state in states]) | Q(pk=bundle.created_by_id)
    groups = Group.objects.filter(reviewtask__in=[state.task_id for state in states])
    named = User.objects.filter(wrote, is_active=True)
    found = {person.pk: person for person in [*named, *members(*groups), *state_team()]}
    return list(found.values())


def failed_for(user: User) -> list[Bundle]:
    """Return the bundles of the spaces of ``user`` whose date came and which are still not public."""
    dated = BundleItem.objects.filter(
        workflow_state__current_task_state__revision__approved_go_live_at__isnull=False
    )
    rows = seen_bundles(user).filter(
        status=BundleStatus.DONE, failed_at__isnull=False, pk__in=dated.values("bundle")
    )
    return list(rows.select_related("failed_page").order_by("-failed_at"))


ACTION = "abierto.bundle_date"
OPEN = (BundleStatus.SENT, BundleStatus.RETURNED)


def may_change_date(bundle: Bundle, user: User) -> bool:
    """Say whether ``user`` may give a bundle another date: who sent it, while nobody decided on the whole."""
    return bundle.status in OPEN and bundle.created_by_id == user.pk


@transaction.atomic
def change_date(bundle: Bundle, date: datetime.datetime | None, by: User) -> None:
    """Give a bundle another date, or none; its pages wait for their reviewers again with it.

    Raises:
        ReviewRefused: with the sentence for whoever tried; then nothing changed.
    """
    locked = lock(bundle, *OPEN, BundleStatus.DONE)
    if locked.status == BundleStatus.DONE:
        raise NotAllowed(_("El paquete ya se aprobó con su fecha. Para cambiarla, retíralo y arma otro."))
    if not may_change_date(locked, by):
        raise NotAllowed(_("La fecha del paquete solo la cambia quien lo envió."))
    before, locked.go_live_at = locked.go_live_at, date
    if before == date:
        raise NotAllowed(_("Esa ya es la fecha del paquete. Pon otra."))
    check_date(locked)
    locked.save(update_fields=["go_live_at"])
    approved_by = _begin_again(locked, by)
    said = {"before": written(before), "after": written(date)}
    log(instance=locked, action=ACTION, user=by, data=said)
    text = _(
        "%(who)s cambió la fecha del paquete «%(name)s»: %(change)s. Lo que aprobaste se aprueba otra vez."
    )
    subject = _("Cambió la fecha del paquete «%(name)s»") % {"name": locked.name}
    told = {"who": by.public_name, "name": locked.name, "change": change_of(said)}
    tell(approved_by, subject, text % told, by)


def _begin_again(bundle: Bundle, by: User) -> set[User]:
    """Hand in the pages under review with the bundle's date; return who had approved some of them."""
    items = [item for item in items_of(bundle) if in_review(item)]
    words = BundleDecision.objects.filter(task_state__in=[task_state_of(item).pk for item in items])
    approved_by = {word.by for word in words.select_related("by")}
    for item in items:
        before = steps_before(task_state_of(item))
        approved_by |= {step.finished_by for step in before if step.finished_by is not None}
        item.bundle = bundle
        item.workflow_state.cancel(user=by)  # type: ignore[union-attr]
        hand_in(item, item.page.specific, by)
    return approved_by


# --- Its trace -----------------------------------------------------------------------------------------


def change_of(said: dict[str, str]) -> str:
    """Say from which date to which."""
    at_once = _("en cuanto se apruebe")
    return f"{said.get('before') or at_once} → {said.get('after') or at_once}"


class DateChangeFormatter(LogFormatter):
    """How the trace tells of a bundle's other date."""

    label = gettext_lazy("Cambiar la fecha de un paquete")

    def format_message(self, log_entry: Any) -> str:
        """Say from which date to which."""
        return _("Cambió la fecha: %(change)s") % {"change": change_of(log_entry.data)}


def date_changes(bundle: Bundle) -> Any:
    """Return who gave a bundle another date and when, the latest first. One query."""
    entries = log_registry.get_logs_for_instance(bundle).filter(action=ACTION)
    return entries.select_related("user").order_by("-timestamp", "-pk")
