"""The same municipality and its neighbour provisioned by several processes at once."""

from functools import partial
from typing import Any

import pytest
from wagtail.models import Page

from abierto.operations.integrity.spaces import find_incomplete_roots
from abierto.registry.models import Municipality
from abierto.spaces.models import MunicipalitySpace, ProvisionedPage
from abierto.spaces.municipalities import NewMunicipality, provision
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from tests.abierto.approval.newsroom import newsroom
from tests.concurrency.processes import barrier, run_in_parallel
from tests.factories import MunicipalityFactory

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

PROCESSES = 4
PAGES = 6


def attempt(gate: Any, code: str) -> bool:
    """Provision when all are ready; return whether this process created it."""
    municipality = Municipality.objects.get(code=code)
    gate.wait()
    return provision(NewMunicipality(municipality), by=None).is_new


def test_municipality_is_created_once(transactional_db):
    newsroom()
    codes = ["11010", "11005"]
    for code in codes:
        MunicipalityFactory(code=code)
    gate = barrier(PROCESSES)

    created = run_in_parallel([partial(attempt, gate, codes[number % 2]) for number in range(PROCESSES)])

    assert sum(created) == len(codes)
    assert Space.objects.filter(kind=SpaceKind.MUNICIPALITY).count() == len(codes)
    assert MunicipalitySpace.objects.count() == len(codes)
    assert ProvisionedPage.objects.count() == PAGES * len(codes)
    assert Page.objects.filter(slug="municipios").count() == 1
    assert not any(Page.find_problems())
    assert list(find_incomplete_roots()) == []
