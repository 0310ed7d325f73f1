"""The entry point of a WSGI server."""

import os
import sys
from pathlib import Path

sys.path[:0] = [
    str(path) for path in (Path(__file__).resolve().parents[1], Path(__file__).resolve().parents[2])
]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "abierto.settings.production")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
