"""What the environment says, read once and in one place.

Every variable is listed in ``docs/architecture.md``. Nothing else in the project reads ``os.environ``.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("ABIERTO_DATA", ROOT / "var")).resolve()
SQLITE_TIMEOUT_SECONDS = 20


def text(name: str, default: str = "") -> str:
    """Return the variable ``name``, or ``default`` when it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def items(name: str, default: str = "") -> list[str]:
    """Return the comma-separated variable ``name`` as a list without blanks."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def number(name: str, default: int) -> int:
    """Return the variable ``name`` as a whole number.

    Raises:
        ImproperlyConfigured: when it is something else; the message names it.
    """
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"La variable {name} debe ser un número entero, no «{value}».")
    return int(value)


def database() -> dict[str, Any]:
    """Return Django's settings for ``DATABASE_URL``: PostgreSQL, or SQLite made safe for several writers.

    SQLite takes its write lock when a transaction begins (``IMMEDIATE``), waits instead of failing, and
    writes ahead, so that readers are never blocked.
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


def mailers(url: str) -> dict[str, dict[str, Any]]:
    """Return ``MAILERS`` for an address like ``smtp+tls://user:password@host:587``; ``console:`` prints."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"default": {"BACKEND": "abierto.editorial.mail.ConsoleBackend"}}
    query = parse_qs(parts.query)
    return {
        "default": {
            "BACKEND": "abierto.editorial.mail.SmtpBackend",
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


def kept_secret() -> str:
    """Return this installation's own random secret, made on first use and kept in the data folder."""
    path = DATA / "secret-key"
    DATA.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()
