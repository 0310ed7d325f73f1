"""The test settings, on the database and index of the test that starts the workers."""

import json
import os
from pathlib import Path

from abierto.settings.test import *  # noqa: F403
from abierto.settings.test import DATABASES

_given = json.loads(os.environ["ABIERTO_TEST_WORKERS"])

DATABASES["default"] |= _given["database"]
ABIERTO_INDEX_DIR = Path(_given["index"])
ABIERTO_PAGE_CACHE_SECONDS = 60  # as in production: caches must be invalidated as well
if "elasticsearch" in _given:
    ABIERTO_SEARCH_ENGINE = "elasticsearch"
    ABIERTO_ELASTICSEARCH_URLS = [_given["elasticsearch"]]
    ABIERTO_ELASTICSEARCH_INDEX = _given["prefix"]
