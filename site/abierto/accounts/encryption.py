"""Encryption of second-factor secrets: a stolen database or backup gives no access."""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

SALT = "abierto.accounts.second_factor"


def build_cipher(salt: str = SALT) -> MultiFernet:
    """Return the cipher of ``salt``: it encrypts with the first key and decrypts with any.

    The keys of ``ABIERTO_SECOND_FACTOR_KEYS`` come before ``SECRET_KEY`` and its fallbacks.
    """
    keys = [*settings.ABIERTO_SECOND_FACTOR_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (salted_hmac(salt, "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def encrypt(text: str) -> str:
    return build_cipher().encrypt(text.encode()).decode("ascii")


def encrypt_anew(text: str) -> str:
    """Return ``text`` encrypted with the first key.

    Raises:
        InvalidToken: if none of the keys decrypts it.
    """
    return build_cipher().rotate(text.encode()).decode("ascii")


def can_decrypt(text: str) -> bool:
    """Check that ``text`` was encrypted with one of the keys of this installation."""
    try:
        build_cipher().decrypt(text.encode())
    except InvalidToken:
        return False
    return True


def decrypt(text: str) -> str:
    """Decrypt ``text``; with an unknown key, return a random secret.

    The random value matches no code. An empty secret would match codes that are easy to compute.
    """
    try:
        return build_cipher().decrypt(text.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was encrypted with another ABIERTO_SECRET_KEY and cannot be used.")
        return base64.b32encode(secrets.token_bytes(20)).decode("ascii")
