"""Filters of a list: what is filtered can be shown whole again."""

import re

import pytest

from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

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


def test_quick_views_show_their_count_and_filter_the_list(client):
    plan = PlanPageFactory(slug="plan")
    axis = AxisPageFactory(parent=plan, code="1")
    for code, declared in (("1.1", 20), ("1.2", 90)):
        page = published(CommitmentPageFactory(parent=axis, code=code, title=f"Compromiso {code}", actions=1))
        update = ProgressUpdatePageFactory(parent=page, rows={1: 20})
        update.declared = declared
        update.declared_note = "El informe no dice por qué." if declared == 90 else ""
        update.save()
        published(update)
    published(plan)

    html = client.get(plan.url).content.decode()

    assert re.findall(r">([^<>]* \(\d+\))</a>", html) == [
        "Todos (2)",
        "Las dos cifras difieren (1)",
        "Con nota aclaratoria (1)",
        "Sin prueba (2)",
    ]
    shown = client.get(f"{plan.url}?vista=difieren").content.decode()
    assert ">Compromiso 1.2</a>" in shown
    assert ">Compromiso 1.1</a>" not in shown
    assert 'href="/buscar/resultados.csv?tipo=compromiso&amp;plan=plan"' in html


def test_the_row_of_a_commitment_has_its_name_as_header_and_its_note_below(client):
    plan = PlanPageFactory()
    page = published(
        CommitmentPageFactory(parent=AxisPageFactory(parent=plan, code="1"), code="1.1", actions=1)
    )
    update = ProgressUpdatePageFactory(parent=page, rows={1: 20})
    update.declared, update.declared_note = 90, "El informe no dice por qué."
    update.save()
    published(update)
    published(plan)

    html = " ".join(client.get(plan.url).content.decode().split())

    assert re.search(rf'<th scope="row"> <strong><a href="{page.url}">', html)
    assert re.search(
        r'<tr class="note-row"><td colspan="\d"> <p class="note"><strong>1.1.</strong> El inf', html
    )
