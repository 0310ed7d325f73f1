"""Settings for the open Internet. Refuses to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from . import environment
from .base import *  # noqa: F403
from .base import STORAGES


def required(name: str) -> str:
    """Return the variable ``name``.

    Raises:
        ImproperlyConfigured: when it is missing; the message names it.
    """
    value = environment.text(name)
    if not value:
        raise ImproperlyConfigured(f"Falta la variable de entorno {name}. Defínela antes de arrancar el portal.")
    return value


DEBUG = False
SECRET_KEY = required("ABIERTO_SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in required("ABIERTO_HOSTS").split(",") if host.strip()]
WAGTAILADMIN_BASE_URL = required("ABIERTO_BASE_URL")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
MAILERS = environment.mailers(required("ABIERTO_EMAIL_URL"))
required("DATABASE_URL")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
ABIERTO_REFUSE_DEMO_ACCOUNTS = True
