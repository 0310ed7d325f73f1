"""Production settings; loading them fails without the required variables."""

import sys

from . import environment
from .base import *  # noqa: F403
from .base import LINE_FORMATTER, MIDDLEWARE, STORAGES

DEBUG = False
SECRET_KEY = environment.secret_key("ABIERTO_SECRET_KEY")
# Earlier keys, with which signatures and encrypted values stay valid.
SECRET_KEY_FALLBACKS = environment.items("ABIERTO_OLD_SECRET_KEYS")
ALLOWED_HOSTS = environment.hosts("ABIERTO_HOSTS")
WAGTAILADMIN_BASE_URL = environment.base_url(environment.required("ABIERTO_BASE_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.sender(WAGTAILADMIN_BASE_URL)
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
MAILERS = environment.mailers(environment.required("ABIERTO_EMAIL_URL"))
environment.required("DATABASE_URL")

SECURE_SSL_REDIRECT = True
# Health and measurements are requested internally without TLS.
SECURE_REDIRECT_EXEMPT = [r"^salud/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# ``SECURE_PROXY_SSL_HEADER`` assumes a proxy too.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("ABIERTO_TRUSTED_PROXIES", 1)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The server does not start while a demo account can sign in.
ABIERTO_REFUSE_DEMO_ACCOUNTS = True
MIDDLEWARE = ["abierto.operations.demo_accounts.refuse_demo_accounts", *MIDDLEWARE]

# A service logs one line of JSON for each request and event, without personal data. A command at a terminal
# logs warnings as plain text. The errors of both are also collected for the digest.
IS_AT_TERMINAL = sys.stderr is not None and sys.stderr.isatty()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": LINE_FORMATTER, "json": {"()": "abierto.operations.logs.PrivateFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line" if IS_AT_TERMINAL else "json",
            "level": "WARNING" if IS_AT_TERMINAL else "INFO",
        },
        "digest": {"class": "abierto.operations.digest.DigestHandler"},
    },
    "root": {"handlers": ["stderr", "digest"], "level": "INFO"},
    # Django's own handlers would log the paths, and send an e-mail for each error.
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
}
