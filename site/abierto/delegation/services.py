"""Grant and end delegations, and find the reviewers for whom a deputy decides."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.notifications import EmailText, notify, state_space, state_team
from abierto.approval.reader_links import build_admin_url
from abierto.approval.roles.confirmation import load_unconfirmed
from abierto.approval.roles.grants import is_state_administrator, reviewer_groups
from abierto.tenancy.access import own_groups, own_people, sees_everything, spaces_of
from abierto.tenancy.models import Space
from pages.core.formatting import full_date

from .models import Delegation


def reviewed_groups_condition(user: User) -> Q:
    """Return the condition of the groups in which ``user`` reviews, as a member or a deputy."""
    absents = Delegation.objects.in_force().filter(deputy=user).values("absent")
    in_place = Q(user__in=absents)
    if not sees_everything(user):
        in_place &= own_groups(spaces_of(user))
    return Q(user=user) | in_place


def find_delegator_ids(user: User, groups: Iterable[Group]) -> set[int]:
    """Implement the approval hook: the absent reviewers and grantors for whom ``user`` decides."""
    found = _find_delegations(user, groups).values_list("absent_id", "granted_by_id")
    return {number for pair in found for number in pair}


def find_absent_reviewer_ids(user: User, groups: Iterable[Group], moment: datetime.datetime) -> set[int]:
    """Implement the approval hook: the reviewers for whom ``user`` decided at that time."""
    return set(_find_delegations(user, groups, moment).values_list("absent_id", flat=True))


def _find_delegations(
    user: User, groups: Iterable[Group], moment: datetime.datetime | None = None
) -> QuerySet[Delegation]:
    own = Group.objects.filter(pk__in=[group.pk for group in groups])
    if not sees_everything(user):
        own = own.filter(own_groups(spaces_of(user)))
    return Delegation.objects.in_force(moment).filter(deputy=user, absent__groups__in=own)


def is_deputy_today(user: User) -> bool:
    """Check whether ``user`` is a deputy today, in any group."""
    return Delegation.objects.in_force().filter(deputy=user).exists()


# --- Granting ------------------------------------------------------------------------------------------


def find_active_reviewers() -> QuerySet[User]:
    """Return the active users who review in some group."""
    return User.objects.filter(groups__in=reviewer_groups(), is_active=True).distinct()


def find_delegable_reviewers(by: User) -> QuerySet[User]:
    """Return the reviewers for whom ``by`` may delegate: herself and those of her administered spaces."""
    if is_state_administrator(by):
        return find_active_reviewers()
    administered = Space.objects.filter(administrators__user=by)
    return find_active_reviewers().filter(Q(pk=by.pk) | Q(groups__reviews_space__in=administered)).distinct()


def find_possible_deputies(absent: User) -> QuerySet[User]:
    """Return the possible deputies of ``absent``: people of her spaces and of the state's."""
    state = state_space()
    spaces = [
        *Space.objects.filter(reviewers__user=absent),
        *Space.objects.filter(administrators__user=absent),
    ]
    people = User.objects.filter(own_people([*spaces, *([state] if state else [])]), is_active=True)
    return people.exclude(pk=absent.pk).distinct()


def find_selectable_deputies(by: User) -> QuerySet[User]:
    """Return the deputies that the form offers to ``by``: of her spaces and the state's, or all."""
    everywhere = is_state_administrator(by)
    state = state_space()
    near = Space.objects.all() if everywhere else [*spaces_of(by), *([state] if state else [])]
    people = User.objects.filter(own_people(list(near)), is_active=True)
    return people.exclude(pk=by.pk).distinct()


def check_delegation(delegation: Delegation, by: User) -> None:
    """Refuse a delegation that ``by`` may not grant.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if delegation.deputy_id == delegation.absent_id or delegation.deputy_id == by.pk:
        raise NotAllowed(_("Nadie se da a sí misma el papel de revisar. Elige a otra persona."))
    if not find_delegable_reviewers(by).filter(pk=delegation.absent_id).exists():
        raise NotAllowed(_("Solo delegas lo tuyo, o lo de quien revisa en el espacio que administras."))
    if not find_possible_deputies(delegation.absent).filter(pk=delegation.deputy_id).exists():
        raise NotAllowed(_("Solo puede decidir alguien del mismo espacio o del equipo estatal."))
    if any(load_unconfirmed(person) for person in (by, delegation.absent)):
        raise NotAllowed(_("Un papel que espera confirmación no se delega. Pide que lo confirmen."))


def grant_delegation(delegation: Delegation, by: User) -> Delegation:
    """Save a delegation, and notify the people concerned."""
    check_delegation(delegation, by)
    delegation.granted_by = by
    delegation.full_clean()
    delegation.save()
    _notify(delegation, _write_start, by)
    return delegation


def may_end_delegation(delegation: Delegation, by: User) -> bool:
    """Check whether ``by`` may end a delegation: the people it names, and those who may grant it."""
    if delegation.ended_at is not None or delegation.ends < timezone.localdate():
        return False
    participants = {delegation.absent_id, delegation.deputy_id, delegation.granted_by_id}
    return by.pk in participants or find_delegable_reviewers(by).filter(pk=delegation.absent_id).exists()


def end_delegation(delegation: Delegation, by: User) -> None:
    """End a delegation early.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if not may_end_delegation(delegation, by):
        raise NotAllowed(_("Esta delegación ya terminó, o no te toca terminarla."))
    delegation.ended_by, delegation.ended_at = by, timezone.now()
    delegation.save(update_fields=["ended_by", "ended_at"])
    _notify(delegation, _write_end, by)


def _write_start(delegation: Delegation) -> EmailText:
    sentence = _("%(deputy)s decide en lugar de %(absent)s del %(start)s al %(end)s. Motivo: %(reason)s") % {
        "deputy": delegation.deputy.public_name,
        "absent": delegation.absent.public_name,
        "start": full_date(delegation.starts),
        "end": full_date(delegation.ends),
        "reason": delegation.reason,
    }
    return _("Se delegaron revisiones"), sentence


def _write_end(delegation: Delegation) -> EmailText:
    sentence = _("%(deputy)s ya no decide en lugar de %(absent)s.") % {
        "deputy": delegation.deputy.public_name,
        "absent": delegation.absent.public_name,
    }
    return _("Terminó una delegación"), sentence


def end_delegations_of_closed_account(sender: Any, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """End the delegations of a closed account, so that reactivating it restores none."""
    if raw or instance.is_active:
        return
    named = Q(absent=instance) | Q(deputy=instance) | Q(granted_by=instance)
    Delegation.objects.filter(named, ended_at=None, ends__gte=timezone.localdate()).update(
        ended_at=timezone.now()
    )


def _notify(delegation: Delegation, write: Callable[[Delegation], EmailText], by: User) -> None:
    """Notify the two people, the administrators of the absent reviewer's spaces and the state team."""
    runs = User.objects.filter(groups__runs_space__reviewers__user=delegation.absent, is_active=True)
    people = [delegation.absent, delegation.deputy, *runs, *state_team()]

    def write_with_link(reader: User) -> EmailText:
        subject, sentence = write(delegation)
        return subject, f"{sentence}\n\n{build_admin_url('delegation:list')}"

    notify(people, write_with_link, by)
