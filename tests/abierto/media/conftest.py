"""Fixtures: two institutions and the state team, and a client of one editor."""

import pytest

from tests.abierto.tenancy import worlds


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def editor(client, world):
    client.force_login(world.north_editor)
    return client
