"""The catalogue is DCAT-AP, and the archive is complete, has checksums and contains nothing withdrawn."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph
from wagtail.models import PageViewRestriction

from abierto.opendata import archive as archives
from abierto.opendata.registry import RESOURCES
from pages.plans.models import PlanPage
from tests.abierto.opendata.world import publish_all
from tests.withdrawing import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SHAPES = Path(__file__).with_name("dcat-ap.ttl")
ZIP = "/datos/todo.zip"


@pytest.fixture
def ids():
    return publish_all()


def read_catalogue(client) -> Graph:
    return Graph().parse(data=client.get("/datos/catalogo.ttl").content, format="turtle")


def test_catalogue_conforms_to_dcat_ap(client):
    graph = read_catalogue(client)

    conforms, _graph, text = validate(graph, shacl_graph=Graph().parse(SHAPES))

    assert conforms, text
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == len(RESOURCES)
    licences = {graph.value(one, DCTERMS.license) for one in graph.subjects(RDF.type, DCAT.Distribution)}
    assert [str(one).rpartition("/")[2] for one in licences] == ["CC_BY_4_0"]


def test_shapes_find_a_distribution_without_its_address(client):
    graph = read_catalogue(client)
    graph.remove((None, DCAT.accessURL, None))

    assert not validate(graph, shacl_graph=Graph().parse(SHAPES))[0]


def test_json_ld_is_the_same_graph(client):
    linked = Graph().parse(data=client.get("/datos/catalogo.jsonld").content, format="json-ld")

    assert linked.isomorphic(read_catalogue(client))


def test_every_distribution_can_be_read(client, ids):
    graph = read_catalogue(client)

    for address in graph.objects(None, DCAT.accessURL):
        assert client.get(str(address).removeprefix("http://localhost")).status_code == 200, address


def test_page_names_every_list_and_its_fields(client, ids):
    text = client.get("/datos/").content.decode()
    dictionary = client.get("/datos/diccionario/").content.decode()

    for resource in RESOURCES.values():
        assert f"/api/v1/{resource.slug}/?formato=csv" in text
        assert all(f'id="{resource.name}-{field.name}"' in dictionary for field in resource.fields)
    assert '"@type":"DataCatalog"' in text
    assert client.get("/en/datos/").status_code == 200


def test_before_the_first_archive_there_is_none(client, ids):
    assert client.get(ZIP).status_code == 404
    assert ZIP not in client.get("/datos/").content.decode()


def test_archive_has_every_list_with_its_checksum(client, ids):
    call_command("export_data", verbosity=0)

    response = client.get(ZIP)
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        package = json.loads(archive.read("datapackage.json"))
        for file in manifest["files"]:
            assert hashlib.sha256(archive.read(file["path"])).hexdigest() == file["sha256"]
        for resource in package["resources"]:
            rows = list(csv.reader(archive.read(resource["path"]).decode().splitlines()))
            assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
            assert str(ids[resource["name"]]) in [row[0] for row in rows]
    assert [resource["name"] for resource in package["resources"]] == list(RESOURCES)
    assert ZIP in client.get("/datos/").content.decode()


def test_archive_is_made_again_only_after_a_change(client, ids, capsys):
    call_command("export_data")
    first = archives.find_archive()

    call_command("export_data")

    assert archives.find_archive() == first
    assert "al día" in capsys.readouterr().out


def test_a_failure_leaves_the_last_archive(client, ids, monkeypatch):
    call_command("export_data", verbosity=0)
    before = (archives.archive_folder() / archives.NAME).read_bytes()
    monkeypatch.setattr(archives, "describe_package", lambda *given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("export_data", force=True)

    assert [path.name for path in archives.archive_folder().iterdir()] == [archives.NAME]
    assert (archives.archive_folder() / archives.NAME).read_bytes() == before


def test_archive_with_something_withdrawn_is_not_served(client, ids):
    call_command("export_data", verbosity=0)

    withdraw(RESOURCES["avances"].read_public().get(), "Traía datos de una persona.")

    assert client.get(ZIP).status_code == 503
    assert ZIP not in client.get("/datos/").content.decode()
    call_command("export_data", verbosity=0)
    assert client.get(ZIP).status_code == 200


def test_archive_with_something_that_became_private_is_not_served(client, ids):
    call_command("export_data", verbosity=0)
    plan = PlanPage.objects.get(translation_key=ids["planes"])

    PageViewRestriction.objects.create(page=plan, restriction_type="password", password="x")

    assert client.get(ZIP).status_code == 503
