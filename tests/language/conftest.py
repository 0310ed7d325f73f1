"""Reset the active language after each test: Django keeps the last one, and URLs depend on it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def reset_language() -> Iterator[None]:
    yield
    translation.activate(settings.LANGUAGE_CODE)
