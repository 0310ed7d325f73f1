"""The report of queries without a useful answer, and who may read it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from abierto.registry.models import GlossaryTerm
from abierto.tenancy.enums import SpaceKind
from search.analytics.models import QueryNote
from search.analytics.report import unanswered_queries
from search.analytics.retention import RETENTION_DAYS
from search.promotions.models import PromotedResult
from tests.abierto.tenancy.worlds import member, space

REPORT = reverse("search_learning:unanswered")


def note(words, kind=QueryNote.Kind.ASKED, *, total=0, space="", days=0, session="a"):
    day = timezone.localdate() - datetime.timedelta(days=days)
    QueryNote.objects.create(
        kind=kind, words=words, locale="es-mx", space=space, total=total, day=day, session=session
    )


@pytest.fixture
def state_editor(db):
    return member("estado", space("Estado", SpaceKind.STATE, "estado").editors)


@pytest.fixture
def town_editor(db):
    return member("coroneo", space("Coroneo", slug="coroneo").editors)


def test_the_report_counts_sessions_without_a_useful_answer(state_editor):
    for session in ("a", "a", "b"):
        note("tabiquera", session=session)
    note("humo", total=5)
    note("humo", QueryNote.Kind.USELESS)
    note("agua", total=3)
    note("agua", QueryNote.Kind.USEFUL)
    note("viejo", days=RETENTION_DAYS + 1)
    rows = [(row["words"], row["nothing"], row["useless"]) for row in unanswered_queries(state_editor)]
    assert rows == [("tabiquera", 2, 0), ("humo", 0, 1)]


def test_a_space_reads_only_queries_of_its_own_search(state_editor, town_editor):
    note("de todos")
    note("del pueblo", space="coroneo")
    note("del vecino", space="acambaro")
    assert {row["words"] for row in unanswered_queries(state_editor)} == {
        "de todos",
        "del pueblo",
        "del vecino",
    }
    assert {row["words"] for row in unanswered_queries(town_editor)} == {"del pueblo"}


def test_each_query_links_to_the_glossary_and_promotion_forms(client, state_editor):
    note("tabiquera & humo")
    client.force_login(state_editor)
    html = client.get(REPORT).content.decode()
    glossary = f"{reverse(GlossaryTerm.snippet_viewset.get_url_name('add'))}?lay_synonyms=tabiquera+%26+humo"
    promote = f"{reverse(PromotedResult.snippet_viewset.get_url_name('add'))}?words=tabiquera+%26+humo"
    assert f'href="{glossary}"' in html
    assert f'href="{promote}"' in html
    assert date_format(timezone.localdate()) in html
    assert ">\ntabiquera &amp; humo</textarea>" in client.get(glossary).content.decode()
    assert not GlossaryTerm.objects.exists()


def test_a_space_sees_only_permitted_actions(client, town_editor):
    note("tabiquera", space="coroneo")
    client.force_login(town_editor)
    html = client.get(REPORT).content.decode()
    assert "Promover un resultado" in html
    assert "Agregar al glosario" not in html


def test_queries_are_escaped_in_the_report(client, state_editor):
    note("<script>alert(1)</script>")
    client.force_login(state_editor)
    assert "<script>alert(1)" not in client.get(REPORT).content.decode()


def test_the_report_can_be_exported(client, state_editor):
    note("tabiquera")
    client.force_login(state_editor)
    response = client.get(REPORT, {"export": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Pregunta,Lengua,Espacio,Sin resultados")
    assert lines[1].startswith("tabiquera,Español,,1,0,1,")


def test_other_users_cannot_read_the_report(client, state_editor):
    assert client.get(REPORT).status_code == 302
    stranger = member("nadie")
    client.force_login(stranger)
    assert client.get(REPORT).status_code in (302, 403)
    assert "Pregunta" not in client.get(REPORT).content.decode()


def test_the_menu_links_to_the_report(client, town_editor):
    client.force_login(town_editor)
    assert REPORT in client.get(reverse("wagtailadmin_home")).content.decode()
