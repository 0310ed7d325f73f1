"""A notebook of its own for each test: the bound of one must not fill another's minute."""

import pytest

from search.analytics import receivers
from search.analytics import recording as noting
from search.analytics.buffer import QueryBuffer


@pytest.fixture(autouse=True)
def notebook(monkeypatch):
    """The notebook that the views write to in this test."""
    fresh = QueryBuffer()
    monkeypatch.setattr(noting, "notebook", fresh)
    monkeypatch.setattr(receivers, "notebook", fresh)
    return fresh
