"""A notebook of its own for each test: the bound of one must not fill another's minute."""

import pytest

from search.learning import noting, receivers
from search.learning.notebook import Notebook


@pytest.fixture(autouse=True)
def notebook(monkeypatch):
    """The notebook that the views write to in this test."""
    fresh = Notebook()
    monkeypatch.setattr(noting, "notebook", fresh)
    monkeypatch.setattr(receivers, "notebook", fresh)
    return fresh
