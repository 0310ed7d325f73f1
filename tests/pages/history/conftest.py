"""A newsroom whose users have posts, and a published page."""

import pytest

from tests import factories
from tests.abierto.approval.newsroom import newsroom
from tests.factories import published
from tests.shared_rows import built_once


@pytest.fixture
def room():
    room = newsroom()
    for who, post in (("editor", "Enlace"), ("reviewer", "Contraloría"), ("administrator", "Jefatura")):
        getattr(room, who).post = post
        getattr(room, who).save()
    return room


@pytest.fixture
@built_once
def page(room):
    return published(factories.StandardPageFactory(title="Horarios", summary="De nueve a dos."))
