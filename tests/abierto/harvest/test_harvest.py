"""What municipalities publish elsewhere: read with limits, stored apart, and shown as what it is."""

import datetime
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from abierto.board.site_client import SiteVisitor
from abierto.harvest.services import DocumentRefused, harvest, harvest_all, read_document
from abierto.registry.models import HarvestedRecord, Municipality
from pages.municipalities.external_records import describe_age, read_external_record
from tests.factories import (
    MicrositePageFactory,
    MunicipalityFactory,
    MunicipalityIndexPageFactory,
    PlanPageFactory,
    published,
    republished,
)
from tests.municipal_factories import ListedStepFactory, RoadmapPageFactory, StepListFactory
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HERE = "127.0.0.1"
CURP = "HEGG560427MVZRRL04"


@contextmanager
def town_site(answers: dict[str, bytes], *, is_public: bool = True):
    """Serve answers by path; yield the address of the site and a visitor that may go there."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(self.path, b"")
            self.send_response(200 if self.path in answers else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((HERE, 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    visitor = SiteVisitor(
        resolve=lambda host, port: [HERE],
        is_public=lambda address: is_public,
        ports=frozenset({server.server_port}),
        max_seconds=2,
        max_bytes=100_000,
    )
    try:
        yield f"http://town.example:{server.server_port}", visitor
    finally:
        server.shutdown()
        server.server_close()


@built_once
def build_document() -> dict:
    """Return the record of a municipality in our own API, with a plan, as that of another municipality."""
    index = published(MunicipalityIndexPageFactory())
    MunicipalityFactory(code="11007", name="Celaya")
    town = MunicipalityFactory(code="11015", name="Guanajuato", facts="Instaló su secretariado en 2022")
    site = published(MicrositePageFactory(parent=index, municipality=town))
    steps = StepListFactory()
    ListedStepFactory(step_list=steps, number=1, name="Se instala el secretariado")
    rows = {1: {"status": "done", "done_on": datetime.date(2022, 8, 30), "note": "Consta en acta"}}
    published(RoadmapPageFactory(parent=site, step_list=steps, rows=rows))
    published(PlanPageFactory(parent=site, title="Plan municipal 2022-2024", level="municipal"))
    client = Client()
    document = client.get("/api/v1/municipios/11015/").json()
    [plan] = client.get("/api/v1/planes/").json()["data"]
    return {**document, "id": "11007", "name": "Celaya", "plans": [{**plan, "title": "Plan de afuera"}]}


@pytest.fixture
def document():
    return build_document()


@pytest.fixture
def town(document):
    return Municipality.objects.get(code="11007")


def at(town: Municipality, url: str) -> Municipality:
    """Return the municipality with an address of its data, as another person approved it."""
    return republished(town, data_url=url)


def page_of(town: Municipality) -> str:
    return Client().get(f"/municipios/{town.name.lower()}/").content.decode()


@pytest.mark.both_databases
def test_record_of_our_own_api_is_shown_as_external(town, document):
    with town_site({"/datos.json": json.dumps(document).encode()}) as (address, visitor):
        town = at(town, f"{address}/datos.json")
        record = harvest(town, visitor)

    assert (record.failure, record.url) == ("", town.data_url)
    html = " ".join(page_of(town).split())
    assert f'Publicado por el municipio en <a href="{town.data_url}"' in html
    assert "leído hoy; no lo ha aprobado nadie en este portal." in html
    assert "Plan de afuera" in html
    assert "1. Se instala el secretariado: Hecho, 30 de agosto de 2022" in html


def test_nothing_of_it_is_in_our_api_search_or_list_of_municipalities(town, document):
    document["facts"] = ["Palabradeafuera inventada"]
    with town_site({"/d": json.dumps(document).encode()}) as (address, visitor):
        harvest(at(town, f"{address}/d"), visitor)

    assert "inventada" in page_of(town)
    for path in ("/api/v1/municipios/", "/api/v1/planes/", "/buscar/?q=Palabradeafuera", "/municipios/", "/"):
        body = Client().get(path).content.decode()
        assert "Plan de afuera" not in body, path
        assert "inventada" not in body, path


def test_failure_leaves_the_last_record_with_its_date(town, document):
    answers = {"/d": json.dumps(document).encode()}
    with town_site(answers) as (address, visitor):
        town = at(town, f"{address}/d")
        harvest(town, visitor)
        days_ago = timezone.now() - datetime.timedelta(days=3)
        HarvestedRecord.objects.update(read_at=days_ago)
        for answer, words in ((b"<html>", "no es JSON"), (None, "Código 404"), (b" " * 100_001, "Pasa de")):
            answers.pop("/d", None)
            if answer is not None:
                answers["/d"] = answer
            record = harvest(town, visitor)
            assert words in record.failure
            assert record.read_at == days_ago

    html = page_of(town)
    assert "leído hace 3 días" in html
    assert "no se pudo leer otra vez" in html


def test_private_address_is_never_visited(town, document):
    with town_site({"/d": json.dumps(document).encode()}, is_public=False) as (address, visitor):
        record = harvest(at(town, f"{address}/d"), visitor)

    assert (record.failure, record.content) == ("No se visitó: la dirección no es pública.", {})


def test_address_that_changed_or_is_gone_shows_nothing(town, document):
    with town_site({"/d": json.dumps(document).encode()}) as (address, visitor):
        town = at(town, f"{address}/d")
        harvest(town, visitor)
        town = at(town, f"{address}/otra")
        assert read_external_record(town, timezone.localdate()) is None
        assert "Publicado por el municipio" not in page_of(town)
        at(town, "")
        assert list(harvest_all(visitor)) == []

    assert not HarvestedRecord.objects.exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id": "11015"}, "Es de otro municipio"),
        ({"population": "muchos"}, "population: no tiene el tipo"),
        ({"extra": 1}, "extra: no es un campo de la API"),
        ({"steps": [{"number": 1}]}, "steps › 0 › name: falta"),
        ({"url": "javascript:alert(1)"}, "url: no tiene el tipo"),
        ({"facts": [f"Su CURP es {CURP}"]}, "facts › 1"),
        ({"facts": ["x" * 20_001]}, "facts › 0"),
        ({"plans": [{"title": "Solo el título"}]}, "plans › 0"),
    ],
)
def test_document_that_the_schema_or_the_gate_refuses(document, changed, words):
    with pytest.raises(DocumentRefused, match=words):
        read_document(json.dumps({**document, **changed}).encode(), "11007")


def test_plans_and_hashes_may_be_left_out(document):
    del document["plans"], document["hash"]

    assert read_document(json.dumps(document).encode(), "11007")["plans"] == []


def test_markup_is_shown_as_text(town, document):
    document["facts"] = ["<script>alert(1)</script>"]
    with town_site({"/d": json.dumps(document).encode()}) as (address, visitor):
        harvest(at(town, f"{address}/d"), visitor)

    assert "<script>alert(1)" not in page_of(town)


@pytest.mark.parametrize(("days", "words"), [(0, "hoy"), (1, "ayer"), (2, "hace 2 días")])
def test_age_in_words(days, words):
    today = datetime.date(2026, 11, 30)

    assert describe_age(today - datetime.timedelta(days=days), today) == words


def test_command_without_addresses_reads_nothing(town, capsys):
    call_command("harvest")

    assert "0 direcciones, 0 sin leer." in capsys.readouterr().out
