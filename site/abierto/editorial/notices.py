"""Telling people by e-mail what somebody did alone: it is allowed because the others know at once."""

from collections.abc import Iterable
from functools import partial

from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from abierto.accounts.models import User
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space


def members(*groups: Group | int) -> list[User]:
    """Return the people of these groups who can sign in, each once."""
    return list(User.objects.filter(groups__in=groups, is_active=True).order_by("pk").distinct())


def reviewers_of(*spaces: Space | None) -> list[User]:
    """Return whoever reviews in these spaces and can sign in, each once."""
    return members(*(space.reviewers_id for space in spaces if space is not None))


def state_team() -> list[User]:
    """Return whoever reviews or administers at the state level and can sign in."""
    groups = Q(groups__reviews_space__kind=SpaceKind.STATE) | Q(groups__runs_space__kind=SpaceKind.STATE)
    return list(User.objects.filter(groups, is_active=True).order_by("pk").distinct())


def state_space() -> Space | None:
    """Return the state's own space."""
    return Space.objects.filter(kind=SpaceKind.STATE).first()


def tell(people: Iterable[User], subject: str, text: str, by: User | None = None) -> None:
    """Write to everybody but the one who did it, each apart, once it is really done."""
    addresses = sorted({person.email for person in people if person.email and person != by})
    for address in addresses:
        letter = EmailMessage(subject=" ".join(subject.split()), body=text, to=[address])
        transaction.on_commit(partial(_send, letter), robust=True)


def _send(letter: EmailMessage) -> None:
    letter.send()
