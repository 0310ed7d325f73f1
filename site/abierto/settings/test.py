"""Test settings: real components, fast password hashing, temporary data."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, TASKS

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
WAGTAILADMIN_BASE_URL = "http://localhost"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

ABIERTO_DATA = Path(tempfile.mkdtemp(prefix="abierto-test-"))
ABIERTO_INDEX_DIR = ABIERTO_DATA / "index"
ABIERTO_SEARCH_ENGINE = "embedded"
MEDIA_ROOT = ABIERTO_DATA / "media" / "public"
STATIC_ROOT = ABIERTO_DATA / "static"
# Tests need the readings of the files that they store immediately.
ABIERTO_FILE_READER = "inline"
# No worker runs: enqueued tasks are only recorded.
TASKS = {**TASKS, "worker": {"BACKEND": "django.tasks.backends.dummy.DummyBackend", "QUEUES": []}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Most tests run in a transaction that is never committed, so cached pages would not be invalidated.
ABIERTO_PAGE_CACHE_SECONDS = 0

# Tests that read every address exceed the rate limit.
ABIERTO_API_REQUESTS = 0

MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

# Test connections must not outlive their database.
DATABASES["default"]["CONN_MAX_AGE"] = 0
