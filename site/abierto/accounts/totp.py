"""TOTP codes and the address with which an authenticator application is set up."""

import base64
import secrets
import time
from urllib.parse import quote, urlencode

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

SECRET_BYTES = 20


def new_secret() -> str:
    """Return a new random secret, base32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def code_at(secret: str, moment: float | None = None) -> str:
    """Return the code for ``secret`` at ``moment`` (seconds since the epoch, default now)."""
    counter = int(time.time() if moment is None else moment) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(secret, counter))


def seconds_left(moment: float | None = None) -> int:
    """Return the seconds until the current code expires."""
    period: int = app_settings.TOTP_PERIOD
    return period - int(time.time() if moment is None else moment) % period


def otpauth(username: str, secret: str) -> str:
    """Return the ``otpauth://`` address of ``secret``."""
    issuer = app_settings.TOTP_ISSUER
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(username)}?{query}"
