"""Production settings of the portal that ``bench/run.py load`` serves, without the hashes of static files."""

from abierto.settings.production import *  # noqa: F403
from abierto.settings.production import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
