"""Another date for a bundle that waits: what was approved for the date before is approved again.

The date is part of what is approved (it is in the version of each page). So each page gets a version with the
new date and its review begins anew; no word given for another date can make it public.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.log_actions import registry as log_registry

from abierto.accounts.models import User
from abierto.editorial.errors import NotAllowed
from abierto.editorial.notices import tell
from abierto.editorial.review.steps import steps_before
from abierto.editorial.review.words import written
from abierto.reviewing.models import Bundle, BundleStatus, BundleWord

from .looking import in_review, items_of, task_state_of
from .sending import check_date, hand_in, lock

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
    words = BundleWord.objects.filter(task_state__in=[task_state_of(item).pk for item in items])
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
