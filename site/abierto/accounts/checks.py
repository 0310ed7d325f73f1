"""System check of the settings that sign-in and the second factor depend on."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

MIDDLEWARE = "abierto.accounts.middleware.require_second_factor"
SIGNED_IN = "django.contrib.auth.middleware.AuthenticationMiddleware"
BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
CACHE = "abierto.accounts.cache.SharedAttemptsCache"


def check_sign_in_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Check middleware order, authentication backends, default cache and WebAuthn origin."""
    found: list[CheckMessage] = []
    caches: dict[str, Any] = settings.CACHES
    order = list(settings.MIDDLEWARE)
    if MIDDLEWARE not in order or order.index(MIDDLEWARE) < order.index(SIGNED_IN):
        found.append(_error(f"{MIDDLEWARE} must be in MIDDLEWARE after {SIGNED_IN}.", "E001"))
    if list(settings.AUTHENTICATION_BACKENDS) != BACKENDS:
        found.append(
            _error(f"AUTHENTICATION_BACKENDS must be {BACKENDS}: other backends count no attempts.", "E002")
        )
    if caches["default"]["BACKEND"] != CACHE:
        found.append(
            _error(
                f"The default cache must be {CACHE}: otherwise each process counts attempts separately.",
                "E003",
            )
        )
    if getattr(settings, "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", False) and not settings.DEBUG:
        found.append(_error("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN lets keys be used without TLS.", "E004"))
    return found


def _error(message: str, number: str) -> Error:
    return Error(message, id=f"accounts.{number}")
