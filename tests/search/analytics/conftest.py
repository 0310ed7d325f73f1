"""Give each test its own query buffer: the limit of one test must not use up the minute of another."""

import pytest

from search.analytics import receivers
from search.analytics import recording as noting
from search.analytics.buffer import QueryBuffer


@pytest.fixture(autouse=True)
def query_buffer(monkeypatch):
    """Return the buffer that the views write to in this test."""
    fresh = QueryBuffer()
    monkeypatch.setattr(noting, "query_buffer", fresh)
    monkeypatch.setattr(receivers, "query_buffer", fresh)
    return fresh
