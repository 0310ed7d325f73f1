"""Development settings, used by ``run.py``."""

from . import environment
from .base import *  # noqa: F403

DEBUG = environment.text("ABIERTO_DEBUG") == "1"
ALLOWED_HOSTS = environment.items("ABIERTO_HOSTS", "localhost,127.0.0.1,[::1],testserver")
SECRET_KEY = environment.text("ABIERTO_SECRET_KEY") or environment.stored_secret()
# Serve static files from the sources, without collectstatic.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
