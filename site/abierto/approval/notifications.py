"""E-mails about actions that one person may do without approval, because all others are notified."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.db.models import Q

from abierto.accounts.models import User
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space


def active_members(*groups: Group | int) -> list[User]:
    """Return the active users of these groups without duplicates."""
    return list(User.objects.filter(groups__in=groups, is_active=True).order_by("pk").distinct())


def space_reviewers(*spaces: Space | None) -> list[User]:
    """Return the active reviewers of these spaces without duplicates."""
    return active_members(*(space.reviewers_id for space in spaces if space is not None))


def state_team() -> list[User]:
    """Return the active reviewers and administrators of the state's space."""
    groups = Q(groups__reviews_space__kind=SpaceKind.STATE) | Q(groups__runs_space__kind=SpaceKind.STATE)
    return list(User.objects.filter(groups, is_active=True).order_by("pk").distinct())


def state_space() -> Space | None:
    """Return the state's own space."""
    return Space.objects.filter(kind=SpaceKind.STATE).first()


def notify(people: Iterable[User], subject: str, text: str, by: User | None = None) -> None:
    """Send an e-mail to each of ``people`` but the user who acted.

    Call it inside a transaction: ``mail_backends.AfterCommitMixin`` sends the e-mails after the commit, and a
    failure of one does not stop the others.
    """
    for address in email_addresses(person for person in people if person != by):
        build_email(address, subject, text).send()


def email_addresses(people: Iterable[User]) -> tuple[str, ...]:
    """Return the addresses of the active users among ``people`` without duplicates."""
    return tuple(sorted({person.email for person in people if person.is_active and person.email}))


def build_email(address: str, subject: str, text: str) -> EmailMessage:
    """Return an e-mail; line breaks in the subject become spaces."""
    return EmailMessage(subject=" ".join(subject.split()), body=text, to=[address])
