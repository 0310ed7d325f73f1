"""Read environment variables as typed values.

Every variable is listed in ``docs/architecture.md``. Nothing else in the project reads ``os.environ``.
"""

import os
import re
import secrets
import shlex
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.checks.security.base import (
    SECRET_KEY_INSECURE_PREFIX,
    SECRET_KEY_MIN_LENGTH,
    SECRET_KEY_MIN_UNIQUE_CHARACTERS,
)
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("ABIERTO_DATA", ROOT / "var")).resolve()
SQLITE_TIMEOUT_SECONDS = 20

SECRET_MIN_LENGTH = SECRET_KEY_MIN_LENGTH
# Twice Django's five; 50 random hexadecimal digits almost always have at least ten distinct ones.
SECRET_MIN_DISTINCT = 2 * SECRET_KEY_MIN_UNIQUE_CHARACTERS
HOST_MAX_LENGTH = 253
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE | re.ASCII)


def text(name: str, default: str = "") -> str:
    """Return the variable ``name``, or ``default`` if it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def for_child(**more: str) -> dict[str, str]:
    """Return the environment for a child process, with additional variables."""
    return {**os.environ, **more}


def load_file(path: Path) -> list[str]:
    """Set the variables of a file with lines ``NAME='value'``, the common syntax of systemd and shells.

    Return the invalid lines with their numbers; if there is one, no variable is set.

    Raises:
        OSError: if the file cannot be read.
    """
    variables, wrong = {}, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            words = ["", ""]
        name, equals, value = words[0].partition("=") if words else ("", "", "")
        if len(words) > 1 or (words and not (equals and _VARIABLE.fullmatch(name))):
            wrong.append(f"{number}: {line}")
        elif words:
            variables[name] = value
    if not wrong:
        os.environ.update(variables)
    return wrong


def items(name: str, default: str = "") -> list[str]:
    """Return the comma-separated variable ``name`` as a list without blanks."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def number(name: str, default: int) -> int:
    """Return the variable ``name`` as a whole number.

    Raises:
        ImproperlyConfigured: with the name, if it is not a number.
    """
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"La variable {name} debe ser un número entero, no «{value}».")
    return int(value)


def required(name: str) -> str:
    """Return the variable ``name``.

    Raises:
        ImproperlyConfigured: with the name, if it is missing.
    """
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"Falta la variable de entorno {name}. Defínela antes de arrancar el portal."
        )
    return value


def secret_key(name: str) -> str:
    """Return the secret ``name``, which must satisfy Django's security.W009 and not repeat a pattern.

    Raises:
        ImproperlyConfigured: with a command that generates one.
    """
    value = required(name)
    is_repeated = value in (value + value)[1:-1]
    is_varied = len(set(value)) >= SECRET_MIN_DISTINCT and not is_repeated
    if len(value) < SECRET_MIN_LENGTH or not is_varied or value.startswith(SECRET_KEY_INSECURE_PREFIX):
        raise ImproperlyConfigured(
            f"La clave {name} es fácil de adivinar: usa {SECRET_MIN_LENGTH} caracteres o más, al azar. "
            'Haz una con: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return value


def hosts(name: str) -> list[str]:
    """Return the comma-separated host names of ``name``, without wildcards.

    Raises:
        ImproperlyConfigured: with the wrong entry and a correct example.
    """
    found = [host.strip() for host in required(name).split(",")]
    wrong = [host for host in found if not _is_host(host)]
    if wrong:
        raise ImproperlyConfigured(
            f"En {name}, «{wrong[0]}» no es el nombre completo de un sitio. Escribe cada nombre entero, sin "
            f"asterisco, puerto ni https://, separado por comas. Por ejemplo: {name}=abierto.ejemplo.gob.mx"
        )
    return found


def _is_host(host: str) -> bool:
    try:
        return not ip_address(host.removeprefix("[").removesuffix("]")).is_unspecified
    except ValueError:
        return bool(_HOST.fullmatch(host)) and len(host) <= HOST_MAX_LENGTH


def database() -> dict[str, Any]:
    """Return Django's settings for ``DATABASE_URL``: PostgreSQL, or SQLite configured for concurrent writers.

    SQLite takes its write lock at the start of a transaction (``IMMEDIATE``), waits for the lock of others,
    and uses WAL, so that readers are never blocked.
    """
    settings: dict[str, Any] = dict(
        dj_database_url.parse(
            text("DATABASE_URL", f"sqlite:///{DATA / 'abierto.sqlite3'}"),
            conn_max_age=60,
            conn_health_checks=True,
        )
    )
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {
            **settings.get("OPTIONS", {}),
            "timeout": SQLITE_TIMEOUT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return settings


def media_storages() -> dict[str, dict[str, Any]]:
    """Return the storages of renditions (``default``) and originals (``private``): folders, or a bucket."""
    bucket = text("ABIERTO_S3_BUCKET")
    if not bucket:
        return {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "private": {"BACKEND": "abierto.media.storage.PrivateStorage"},
        }
    place = {
        "bucket_name": bucket,
        "endpoint_url": text("ABIERTO_S3_ENDPOINT") or None,
        "region_name": text("ABIERTO_S3_REGION") or None,
        "access_key": text("ABIERTO_S3_ACCESS_KEY") or None,
        "secret_key": text("ABIERTO_S3_SECRET_KEY") or None,
    }
    kinds = {"default": ("Rendition", "public"), "private": ("Private", "private")}
    return {
        name: {
            "BACKEND": f"abierto.media.s3.{kind}BucketStorage",
            "OPTIONS": {**place, "location": location},
        }
        for name, (kind, location) in kinds.items()
    }


def mailers(url: str) -> dict[str, dict[str, Any]]:
    """Return ``MAILERS`` for a URL such as ``smtp+tls://user:password@host:587``.

    ``console:`` prints e-mails; ``file:`` writes them to the data folder, for ``manage.py letters``.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        backend = "abierto.approval.mail_backends.FileBackend"
        return {"default": {"BACKEND": backend, "OPTIONS": {"file_path": str(DATA / "letters")}}}
    if parts.scheme == "console":
        return {"default": {"BACKEND": "abierto.approval.mail_backends.ConsoleBackend"}}
    query = parse_qs(parts.query)
    return {
        "default": {
            "BACKEND": "abierto.approval.mail_backends.SmtpBackend",
            "OPTIONS": {
                "host": parts.hostname or "localhost",
                "port": parts.port or 25,
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_tls": parts.scheme == "smtp+tls",
                "use_ssl": parts.scheme == "smtp+ssl",
                "timeout": int(query.get("timeout", ["10"])[0]),
            },
        }
    }


def base_url(value: str) -> str:
    """Return the base URL of the portal, such as ``https://abierto.ejemplo.gob.mx``, without a final slash.

    Raises:
        ImproperlyConfigured: if it is not the URL of a site, or has a path.
    """
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            f"ABIERTO_BASE_URL debe ser la dirección completa del portal, no «{value}». "
            "Por ejemplo: ABIERTO_BASE_URL=https://abierto.ejemplo.gob.mx"
        )
    return f"{parts.scheme}://{parts.netloc}"


def sender(base_url: str) -> str:
    """Return the sender of e-mails: ``ABIERTO_EMAIL_FROM``, or a no-reply address at the portal's host."""
    return text("ABIERTO_EMAIL_FROM", f"no-responder@{urlsplit(base_url).hostname or 'localhost'}")


def stored_secret() -> str:
    """Return the random secret of this installation from the data folder; create it on first use."""
    path = DATA / "secret-key"
    DATA.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()
