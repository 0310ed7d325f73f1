"""Settings under which the door would stand open are an error, not a surprise."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

MIDDLEWARE = "abierto.accounts.middleware.second_factor_first"
SIGNED_IN = "django.contrib.auth.middleware.AuthenticationMiddleware"
BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
CACHE = "abierto.accounts.cache.DoorKeepingCache"


def check_the_door(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Check what the second factor stands on; ``check --deploy`` asks it too."""
    found: list[CheckMessage] = []
    caches: dict[str, Any] = settings.CACHES
    order = list(settings.MIDDLEWARE)
    if MIDDLEWARE not in order or order.index(MIDDLEWARE) < order.index(SIGNED_IN):
        found.append(_error(f"{MIDDLEWARE} must stand in MIDDLEWARE after {SIGNED_IN}.", "E001"))
    if list(settings.AUTHENTICATION_BACKENDS) != BACKENDS:
        found.append(_error(f"AUTHENTICATION_BACKENDS must be {BACKENDS}: others count no attempts.", "E002"))
    if caches["default"]["BACKEND"] != CACHE:
        found.append(_error(f"The default cache must be {CACHE}: else each process counts its own.", "E003"))
    if getattr(settings, "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", False) and not settings.DEBUG:
        found.append(_error("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN lets keys be used without TLS.", "E004"))
    return found


def _error(sentence: str, number: str) -> Error:
    return Error(sentence, id=f"accounts.{number}")
