"""While the index cannot answer: a notice, a search of the titles, and a fix from `doctor`."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageViewRestriction

from abierto.operations.diagnosis import State
from abierto.operations.doctor import portal
from search.engines import get_engine
from search.engines.base import EngineError
from search.engines.embedded.folder import LOCK, POINTER, VERSION
from search.indexing.outbox import drain, enqueue
from search.indexing.reconcile import rebuild
from tests.factories import StandardPageFactory, published
from tests.search.portal import Portal, titles

pytestmark = pytest.mark.both_databases

SENTENCE = "El buscador está en reparación. Por ahora buscamos solo en los títulos."


class WithoutIndexTests(Portal):
    def test_titles_are_searched_with_a_notice(self):
        with self.settings(ABIERTO_INDEX_DIR=Path(self.folder.name) / "otro"):
            response = self.ask(q="ladrilleras gobierno")
            assert self.suggested("ladri") == []
        assert set(titles(response)) == {"Vigilar las ladrilleras", "Qué es el gobierno abierto"}
        assert "El buscador está en reparación" in response.content.decode()

    def test_titles_of_private_pages_are_not_searched(self):
        PageViewRestriction.objects.create(page=self.first, restriction_type=PageViewRestriction.LOGIN)
        with self.settings(ABIERTO_INDEX_DIR=Path(self.folder.name) / "otro"):
            response = self.ask(q="ladrilleras gobierno")
        assert titles(response) == ["Qué es el gobierno abierto"]

    def test_a_broken_index_gives_no_error_page(self):
        broken = Path(self.folder.name) / "roto"
        broken.mkdir()
        (broken / "CURRENT").write_text("gen-roto")
        with self.settings(ABIERTO_INDEX_DIR=broken):
            response = self.ask(q="borrador")
        assert titles(response) == []


class DamagedIndexTests(Portal):
    """A copy of a good index, damaged in a different manner by each test."""

    def setUp(self):
        super().setUp()
        whole = Path(self.folder.name) / "index"
        self.copy = Path(self.folder.name) / f"copia-{self._testMethodName}"
        shutil.copytree(whole, self.copy)
        self.enterContext(self.settings(ABIERTO_INDEX_DIR=self.copy))
        self.generation = self.copy / (self.copy / POINTER).read_text().strip()

    def answers_from_titles(self, doctor_says):
        """Check that the page, the files and the suggestions answer, and that doctor names the fix."""
        response = self.ask(q="ladrilleras")
        assert titles(response) == ["Vigilar las ladrilleras"]
        assert response.context["sentences"] == [SENTENCE]
        assert SENTENCE in response.content.decode()
        assert 'rel="alternate"' not in response.content.decode()
        assert self.suggested("ladri") == []
        assert self.client.get("/buscar/resultados.json?q=ladrilleras").status_code == 503
        (diagnosis,) = (diagnosis for diagnosis in portal.check_search() if diagnosis.state is State.ERROR)
        assert doctor_says in diagnosis.detail
        assert diagnosis.fix == "python3 run.py manage search rebuild"

    def test_an_index_of_another_version(self):
        version = json.loads((self.generation / VERSION).read_text())
        (self.generation / VERSION).write_text(json.dumps(version | {"chain": "otra"}))
        self.answers_from_titles("IndexOutdated")

    def test_an_index_whose_version_cannot_be_read(self):
        (self.generation / VERSION).write_text("{")
        self.answers_from_titles("IndexBroken")

    def test_a_half_written_index(self):
        for file in self.generation.iterdir():
            if file.name not in (VERSION, "meta.json"):
                file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        self.answers_from_titles("IndexBroken")

    def test_an_index_whose_files_are_missing(self):
        shutil.rmtree(self.generation)
        self.answers_from_titles("IndexMissing")

    def test_filters_are_off_while_titles_are_searched(self):
        shutil.rmtree(self.generation)
        response = self.ask(q="ladrilleras", tipo="sesion")
        assert response.context["chips"] == []
        assert titles(response) == ["Vigilar las ladrilleras"]

    def test_a_read_only_index_still_answers_and_leaks_nothing(self):
        (self.copy / LOCK).unlink()
        (self.copy / LOCK).mkdir()  # root may write anywhere, so opening must fail otherwise
        published(StandardPageFactory(title="Nueva"))
        Page.objects.filter(pk=self.first.pk).update(live=False)
        enqueue([self.first.pk])
        assert "cannot be written" in drain().error
        with self.assertRaises(EngineError):
            rebuild(get_engine())
        assert "Transporte sin humo" in titles(self.ask(q="humo"))
        assert "Vigilar las ladrilleras" not in titles(self.ask(q="humo"))

    def test_the_doctor_names_the_folder_of_a_read_only_index(self):
        assert [diagnosis for diagnosis in portal.check_search() if diagnosis.state is State.ERROR] == []
        (self.copy / LOCK).unlink()
        (self.copy / LOCK).mkdir()
        (diagnosis,) = (diagnosis for diagnosis in portal.check_search() if diagnosis.state is State.ERROR)
        assert str(self.copy) in diagnosis.detail
        assert diagnosis.fix == "Da permiso de escritura a esa carpeta, o libera su disco"
        with self.assertRaisesMessage(CommandError, "Revisa los permisos y el espacio de su carpeta."):
            call_command("search", "rebuild")

    def test_the_doctor_accepts_an_index_that_is_being_written(self):
        with get_engine().batch():
            assert [diagnosis for diagnosis in portal.check_search() if diagnosis.state is State.ERROR] == []

    def test_the_rebuild_named_by_the_doctor_repairs_the_index(self):
        (self.generation / VERSION).write_text("{}")
        call_command("search", "rebuild")
        assert self.ask(q="ladrilleras").context["sentences"] == []
        assert titles(self.ask(q="ladrilleras"))[0] == "Vigilar las ladrilleras"
