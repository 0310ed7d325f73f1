"""Secrets of second factors, kept so that a stolen database or backup opens no account."""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

SALT = "abierto.accounts.second_factor"


def _box() -> MultiFernet:
    """Return what closes with this installation's key, and opens with it or with the ones before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac(SALT, "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def encrypt(text: str) -> str:
    """Close ``text`` with the installation's key."""
    return _box().encrypt(text.encode()).decode("ascii")


def opens(text: str) -> bool:
    """Say whether this installation's keys open ``text``."""
    try:
        _box().decrypt(text.encode())
    except InvalidToken:
        return False
    return True


def decrypt(text: str) -> str:
    """Open what :func:`encrypt` closed.

    With another key nothing can be opened. What comes back then is random, so that no code ever fits: an
    empty secret would be one that everybody knows.
    """
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was kept with another ABIERTO_SECRET_KEY: nobody can use it.")
        return base64.b32encode(secrets.token_bytes(20)).decode("ascii")
