"""The administrator of the state who works on accounts."""

import pytest

from tests.abierto.tenancy import worlds


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def administrator(client, world):
    person = worlds.member("administra", world.state.administrators)
    client.force_login(person)
    return client
