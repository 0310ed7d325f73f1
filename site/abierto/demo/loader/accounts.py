"""Demo accounts: an editor per institution, a reviewer, two state administrators, people of two towns.

A role of reviewing is given by one administrator and confirmed by the other.

Passwords and TOTP secrets are random per installation and stored in a file that only its owner can read.
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
from abierto.accounts.second_factor import has_second_factor, needs_second_factor, set_totp_secret
from abierto.accounts.totp import new_secret, otpauth
from abierto.demo.loader.spaces import Spaces

FILE_NAME = "demo-accounts.json"
FULL_NAME = "Cuenta de demostración"
PASSWORD_BYTES = 12

EDITOR, REVIEWER, ADMINISTRATOR = "Edición", "Revisión", "Administración"


@dataclass(frozen=True)
class Account:
    """An entry of the accounts file."""

    username: str
    password: str
    role: str
    space: str
    #: Empty if the account needs no second factor.
    totp_secret: str = ""
    otpauth: str = ""


@dataclass(frozen=True)
class AccountSpec:
    """An account to create, before it has a password."""

    username: str
    role: str
    space: str
    groups: tuple[Group, ...]


class AccountTaken(Exception):
    """A real account has the name of a demo account."""


def iter_account_specs(spaces: Spaces) -> Iterator[AccountSpec]:
    """Yield the accounts to create, with their groups."""
    for username in ("administracion", "administracion-2"):
        yield AccountSpec(username, ADMINISTRATOR, spaces.state.name, (spaces.state.administrators,))
    yield AccountSpec("revision", REVIEWER, "Todos", tuple(space.reviewers for space in spaces))
    for key, space in spaces.institutions.items():
        yield AccountSpec(f"edicion-{key}", EDITOR, space.name, (space.editors,))
    for space in spaces.staffed_municipalities:
        yield AccountSpec(f"edicion-{space.slug}", EDITOR, space.name, (space.editors,))
        yield AccountSpec(f"revision-{space.slug}", REVIEWER, space.name, (space.reviewers,))
        yield AccountSpec(f"administracion-{space.slug}", ADMINISTRATOR, space.name, (space.administrators,))


def load_accounts(spaces: Spaces) -> User:
    """Create the accounts and their file; return the first state administrator.

    Existing accounts keep their password while the file has it. The file is written last, so a failed load
    leaves at most passwords without accounts.
    """
    known = {account.username: account for account in read_accounts()}
    accounts = [load_account(role, known.get(role.username)) for role in iter_account_specs(spaces)]
    if accounts != list(known.values()):
        write_accounts(accounts)
    return User.objects.get(username="administracion")


def load_account(role: AccountSpec, known: Account | None) -> Account:
    """Create one account; an existing one keeps its changes.

    Raises:
        AccountTaken: if a real account has this name.
    """
    user = User.objects.filter(username=role.username).first()
    if user is not None and not user.is_demo:
        raise AccountTaken(role.username)
    password = known.password if known else secrets.token_urlsafe(PASSWORD_BYTES)
    if user is None:
        user = User(
            username=role.username,
            first_name=FULL_NAME,
            email=f"{role.username}@example.org",
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
    """Return the TOTP secret of an account, created if needed; empty if it needs none.

    A factor that its user set up is not replaced, and its secret is not in the file.
    """
    secret = known.totp_secret if known else ""
    if known and has_second_factor(user):
        return secret
    if not needs_second_factor(user):
        return ""
    secret = secret or new_secret()
    set_totp_secret(user, secret)
    return secret


def accounts_file() -> Path:
    return Path(settings.ABIERTO_DATA) / FILE_NAME


def read_accounts() -> list[Account]:
    """Return the accounts in the file; empty before the first load."""
    path = accounts_file()
    if not path.exists():
        return []
    return [Account(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def write_accounts(accounts: list[Account]) -> None:
    """Write the file atomically with mode 0600."""
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp creates the file with mode 0600.
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
