"""A plan or a space as a BagIt bag: complete, public only, and verified when it is read again."""

import csv
import json

import bagit
import pytest
from django.core.management import CommandError, call_command

from abierto.approval.ledger.export import verify_export
from abierto.microsite_copies import bagit_archive
from tests.abierto.microsite_copies.test_copies import build_microsite, document
from tests.factories import ReportPageFactory, published

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room():
    room = build_microsite()
    room.file, room.secret = document(room, "acta"), document(room, "borrador", b"Nadie lo aprueba.")
    room.report = published(ReportPageFactory(parent=room.plan, document=room.file))
    return room


@pytest.mark.parametrize("what", ["plan", "space"])
def test_a_bag_has_pages_figures_files_and_ledger_and_is_valid(room, tmp_path, what, capsys):
    key = room.plan.slug if what == "plan" else room.town.holder.slug
    target = tmp_path / "salida/bolsa"

    call_command("archive", key, target)

    bag = bagit.Bag(str(target))
    assert bag.is_valid()
    files = set(bag.payload_files())
    assert {"data/datos/cifras.csv", "data/datos/paginas.csv", "data/libro.jsonl"} <= files
    assert any(name.startswith("data/archivos/document-") for name in files)
    pages = [name for name in files if name.endswith("/index.html")]
    assert any("/plan/" in name for name in pages)
    assert all("/plan/" in name for name in pages) == (what == "plan")
    plan = next(name for name in files if name.endswith("pagina.pdf"))
    assert (target / plan).read_bytes().startswith(b"%PDF-")
    figures = json.loads((target / "data/datos/cifras.json").read_text())
    lines = (target / "data/datos/cifras.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row["code"] for row in figures] == [row["code"] for row in csv.DictReader(lines)]
    assert json.loads((target / "data/datos/informes.json").read_text()) != []
    verify_export(target / "data/libro.jsonl")
    held = b"".join(path.read_bytes() for path in target.rglob("*") if path.is_file())
    assert "Borrador que nadie aprobó".encode() not in held
    assert b"Nadie lo aprueba." not in held
    assert json.loads((target / "data/MANIFIESTO.json").read_text())["key"] == key
    assert [path.name for path in target.parent.iterdir()] == ["bolsa"]


def test_changes_of_a_bag_are_found_when_it_is_read_again(room, tmp_path):
    target = tmp_path / "salida/bolsa"
    call_command("archive", room.plan.slug, target, "--without-ledger", "--without-pdf")
    assert not list(target.rglob("*.pdf"))
    assert not (target / "data/libro.jsonl").exists()
    call_command("archive", "--verify", target)
    figures = target / "data/datos/cifras.csv"
    before = figures.read_bytes()

    figures.write_bytes(before.replace(b"1", b"2", 1))
    with pytest.raises(CommandError, match=r"no es la que se archivó"):
        call_command("archive", "--verify", target)
    figures.write_bytes(before)
    (target / "data/otro.txt").write_text("x")
    with pytest.raises(CommandError, match=r"no es la que se archivó"):
        call_command("archive", "--verify", target)


def test_nothing_is_left_of_an_archive_that_failed(room, tmp_path, monkeypatch):
    def full_disk(path):
        raise OSError(28, "No queda espacio")

    monkeypatch.setattr(bagit_archive, "export_ledger", full_disk)
    with pytest.raises(CommandError, match="No queda espacio"):
        call_command("archive", room.plan.slug, tmp_path / "salida/bolsa")

    assert list((tmp_path / "salida").iterdir()) == []


def test_wrong_names_are_explained(room, tmp_path):
    with pytest.raises(CommandError, match="Ningún plan público ni espacio"):
        call_command("archive", "nada", tmp_path / "salida/bolsa")
    with pytest.raises(CommandError, match="ya existe"):
        call_command("archive", room.plan.slug, tmp_path)
    with pytest.raises(CommandError, match="en qué carpeta"):
        call_command("archive", room.plan.slug)
