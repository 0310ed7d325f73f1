"""What is recorded of a query, and what is not."""

import datetime
import io
import json

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from abierto.operations.diagnosis import State
from abierto.operations.doctor import portal as portal_questions
from search.analytics.buffer import QueryBuffer
from search.analytics.models import DayKey, QueryNote
from search.analytics.recording import anonymize_words
from search.analytics.retention import RETENTION_DAYS, expired_notes
from search.analytics.sessions import hash_session
from tests.factories import CommitmentPageFactory, published

pytestmark = pytest.mark.slow

ADDRESS = reverse("search:results")


@pytest.fixture
def portal(engine, committed):
    """Return an indexed portal with one public commitment."""
    with committed():
        return published(CommitmentPageFactory(code="2.1", title="Vigilar las ladrilleras"))


def test_a_query_is_recorded_with_its_words_day_and_total(portal, client):
    client.get(ADDRESS, {"q": "¿LADRILLERAS, vigílar?"})
    client.get(ADDRESS, {"q": "xilófono"})
    noted = {note.words: note for note in QueryNote.objects.all()}
    assert noted.keys() == {"ladrilleras vigilar", "xilofono"}
    assert noted["ladrilleras vigilar"].total == 1
    assert noted["xilofono"].total == 0
    assert noted["xilofono"].day == timezone.localdate()
    assert noted["xilofono"].locale == "es-mx"


def test_records_do_not_identify_the_visitor(portal, client):
    client.get(ADDRESS, {"q": "humo"}, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Navegador raro 9")
    stored = str(list(QueryNote.objects.values())) + str(list(DayKey.objects.values()))
    assert "203.0.113.77" not in stored
    assert "Navegador" not in stored
    assert {field.name for field in QueryNote._meta.fields} == {
        "id", "kind", "words", "locale", "space", "total", "day", "session",
    }  # fmt: skip


def test_only_the_first_page_of_queries_with_text_is_recorded(portal, client):
    for parameters in ({}, {"tipo": "compromiso"}, {"q": "…?!"}, {"q": "x", "page": "2"}):
        client.get(ADDRESS, parameters)
    client.head(ADDRESS, {"q": "humo"})
    assert list(QueryNote.objects.values_list("words", flat=True)) == ["x"]  # its page 2 shows its first


@pytest.mark.parametrize(
    ("words", "noted"),
    [
        ("mi correo es ana.perez@ejemplo.mx ayuda", "mi correo es ayuda"),
        ("llámame 473 123 45 67", "llamame"),
        ("GOML800101HGTRRN09 pensión", "pension"),
        ("TJA-12/2023 y plan 2022-2024", "tja 12 2023 y plan 2022 2024"),
        ("\x00‮¿Qué?", "que"),
        ("a" * 500, "a" * 200),
    ],
)
def test_personal_data_is_removed(words, noted):
    assert anonymize_words(words) == noted


def test_a_session_lasts_one_day(db):
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
    other = RequestFactory().get("/", REMOTE_ADDR="203.0.113.8")
    day = datetime.date(2031, 5, 1)
    first = hash_session(request, day)
    assert first == hash_session(request, day) != hash_session(other, day)
    assert hash_session(request, day + datetime.timedelta(days=1)) != first


def test_the_key_of_a_day_is_deleted_the_next_day(db):
    request = RequestFactory().get("/")
    hash_session(request, datetime.date(2032, 5, 1))
    hash_session(request, datetime.date(2032, 5, 2))
    assert list(DayKey.objects.values_list("day", flat=True)) == [datetime.date(2032, 5, 2)]


def test_records_per_minute_are_limited(db):
    small = QueryBuffer(most=3)
    row = {"words": "x", "locale": "es-mx", "day": timezone.localdate(), "session": "s"}
    assert [small.add(QueryNote(**row)) for _ in range(5)] == [True, True, True, False, False]
    with CaptureQueriesContext(connection) as queries:
        small.write()
        small.write()
    assert len(queries) == 1
    assert QueryNote.objects.count() == 3


def test_a_read_only_database_does_not_break_the_search(portal, client, query_buffer, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(QueryNote.objects, "bulk_create", fail)
    assert client.get(ADDRESS, {"q": "ladrilleras"}).status_code == 200
    assert "database is locked" in caplog.text
    assert not QueryNote.objects.exists()


def test_records_are_deleted_after_ninety_days(db):
    today = timezone.localdate()
    for age in (0, RETENTION_DAYS, RETENTION_DAYS + 1, 400):
        day = today - datetime.timedelta(days=age)
        QueryNote.objects.create(words=str(age), locale="es-mx", day=day, session="s")
    assert expired_notes().count() == 2
    (late,) = [
        diagnosis
        for diagnosis in portal_questions.check_search()
        if diagnosis.part == "Preguntas al buscador"
    ]
    assert (late.state, late.fix) == (State.WARNING, portal_questions.TIDY)
    out = io.StringIO()
    call_command("search", "tidy", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"removed": 2}
    assert "Preguntas al buscador" not in [diagnosis.part for diagnosis in portal_questions.check_search()]
    assert set(QueryNote.objects.values_list("words", flat=True)) == {"0", str(RETENTION_DAYS)}
