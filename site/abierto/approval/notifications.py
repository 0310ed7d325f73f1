"""E-mails to people of the portal, each in the language of its reader."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import translation

from abierto.accounts.models import User
from abierto.accounts.profiles import read_chosen_languages
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space

#: The subject and the text of an e-mail.
type EmailText = tuple[str, str]


class Reader(NamedTuple):
    """A person with an address, and the language of her e-mails."""

    person: User
    language: str


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


def notify(people: Iterable[User], write: Callable[[User], EmailText], by: User | None = None) -> None:
    """Send the e-mail of ``write`` to each of ``people`` except ``by``, the user who acted.

    ``write`` is called once for each reader, with the reader's language active. Call this inside a
    transaction: ``mail_backends.AfterCommitMixin`` sends the e-mails after the commit, and a failure of one
    does not stop the others.
    """
    for reader in find_readers(person for person in people if person != by):
        build_email(reader, write).send()


def find_readers(people: Iterable[User]) -> list[Reader]:
    """Return the active users with an address, one for each address; the language costs one query."""
    found = {person.email: person for person in people if person.is_active and person.email}
    chosen = read_chosen_languages(found.values()) if found else {}
    readers = (Reader(person, chosen.get(person.pk, settings.LANGUAGE_CODE)) for person in found.values())
    return sorted(readers, key=lambda reader: reader.person.email)


def build_email(reader: Reader, write: Callable[[User], EmailText]) -> EmailMessage:
    """Return the e-mail of ``write`` in the reader's language; line breaks in the subject become spaces."""
    with translation.override(reader.language):
        subject, text = write(reader.person)
    return EmailMessage(subject=" ".join(subject.split()), body=text, to=[reader.person.email])
