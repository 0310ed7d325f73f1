"""A visitor's language ends with the test: Django leaves the last one on, and addresses depend on it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def spanish_again() -> Iterator[None]:
    yield
    translation.activate(settings.LANGUAGE_CODE)
