"""The demo accounts: an editor for each institution, a reviewer and a state administrator.

Their passwords, and the secrets of those who need a second factor, are made up at random for each
installation and kept in one file that only its owner reads.
"""

import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group

from abierto.accounts.models import User
from abierto.accounts.second_factor import give_code_generator, has_second_factor, needs_second_factor
from abierto.accounts.totp import new_secret, otpauth
from abierto.demo.loader.spaces import Spaces

FILE_NAME = "demo-accounts.json"
FULL_NAME = "Cuenta de demostración"
PASSWORD_BYTES = 12

EDITOR, REVIEWER, ADMINISTRATOR = "Edición", "Revisión", "Administración"


@dataclass(frozen=True)
class Account:
    """One line of the file of accounts."""

    username: str
    password: str
    role: str
    space: str
    #: What its application of codes is set up with; empty when the account needs none.
    totp_secret: str = ""
    otpauth: str = ""


@dataclass(frozen=True)
class Role:
    """Who an account is for, before it has a password."""

    username: str
    role: str
    space: str
    groups: tuple[Group, ...]


class AccountTaken(Exception):
    """A person's own account has the name of a demo account: it must not be touched."""


def roles(spaces: Spaces) -> Iterator[Role]:
    """Say which accounts there are and in which groups."""
    yield Role("administracion", ADMINISTRATOR, spaces.state.name, (spaces.state.administrators,))
    yield Role("revision", REVIEWER, "Todos", tuple(space.reviewers for space in spaces))
    for key, space in spaces.institutions.items():
        yield Role(f"edicion-{key}", EDITOR, space.name, (space.editors,))


def load_accounts(spaces: Spaces) -> User:
    """Write the accounts and their file, and return the state administrator's.

    An account that is there keeps its password while the file knows it; the file is written last, so that
    a load that fails leaves at most passwords without accounts.
    """
    known = {account.username: account for account in read_accounts()}
    accounts = [load_account(role, known.get(role.username)) for role in roles(spaces)]
    if accounts != list(known.values()):
        write_accounts(accounts)
    return User.objects.get(username="administracion")


def load_account(role: Role, known: Account | None) -> Account:
    """Write one account; what people changed in one that is there is left alone.

    Raises:
        AccountTaken: when somebody's real account has this name.
    """
    user = User.objects.filter(username=role.username).first()
    if user is not None and not user.is_demo:
        raise AccountTaken(role.username)
    password = known.password if known else secrets.token_urlsafe(PASSWORD_BYTES)
    if user is None:
        user = User(
            username=role.username,
            first_name=FULL_NAME,
            post=f"{role.role}, {role.space}"[:160],
            is_demo=True,
        )
    if user._state.adding or known is None:
        user.set_password(password)
        user.save()
        user.groups.add(*role.groups)
    secret = load_secret(user, known)
    link = otpauth(role.username, secret) if secret else ""
    return Account(role.username, password, role.role, role.space, secret, link)


def load_secret(user: User, known: Account | None) -> str:
    """Return the secret of this account's codes, made when it needs one; empty when it does not.

    An application that somebody set up by hand is hers: its secret is not in the file.
    """
    secret = known.totp_secret if known else ""
    if known and has_second_factor(user):
        return secret
    if not needs_second_factor(user):
        return ""
    secret = secret or new_secret()
    give_code_generator(user, secret)
    return secret


def accounts_file() -> Path:
    """Return where the accounts are kept."""
    return Path(settings.ABIERTO_DATA) / FILE_NAME


def read_accounts() -> list[Account]:
    """Return the accounts of this installation; none before the first load."""
    path = accounts_file()
    if not path.exists():
        return []
    return [Account(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def write_accounts(accounts: list[Account]) -> None:
    """Write the file whole or not at all, for its owner's eyes only."""
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes the file with mode 0600 from the first byte.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{FILE_NAME}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump([asdict(account) for account in accounts], file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
