"""Filters of a list: what is filtered can be shown whole again."""

import re

import pytest

from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import AxisPageFactory, CommitmentPageFactory, PlanPageFactory, published

pytestmark = pytest.mark.django_db

CLEAR = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>Quitar (?:los filtros|todos)</a>')


def follow_clear_link(client, url: str) -> str:
    """Return the address of the link that clears the filters of the list at ``url``."""
    (link,) = CLEAR.findall(client.get(url).content.decode())
    return link


def test_the_filters_of_a_plan_are_cleared(client):
    plan = PlanPageFactory()
    for code in ("1", "2"):
        axis = AxisPageFactory(parent=plan, code=code)
        published(CommitmentPageFactory(parent=axis, code=f"{code}.1", title=f"Compromiso del eje {code}"))
    published(plan)
    filtered = client.get(f"{plan.url}?eje=1").content.decode()
    assert "Compromiso del eje 1" in filtered
    assert "Compromiso del eje 2</a>" not in filtered

    link = follow_clear_link(client, f"{plan.url}?eje=1")

    assert link == f"{plan.url}#compromisos"
    assert "Compromiso del eje 2</a>" in client.get(link).content.decode()


def test_the_filters_of_the_search_are_cleared(client, settings, tmp_path):
    published(PlanPageFactory())
    settings.ABIERTO_INDEX_DIR = tmp_path / "index"
    rebuild(get_engine())

    link = follow_clear_link(client, "/buscar/?q=plan&tipo=plan")

    assert link == "?q=plan"
    assert CLEAR.findall(client.get(f"/buscar/{link}").content.decode()) == []
