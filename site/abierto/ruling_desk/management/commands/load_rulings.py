"""``manage.py load_rulings``: check, load and undo the waiting batches, or load a local spreadsheet."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.imports.batches import BatchState
from abierto.ruling_desk.models import RulingBatch
from abierto.ruling_desk.queries import loadable_lists
from abierto.ruling_desk.services import WORK, request_load, start_batch
from abierto.spreadsheets.attachments import pack_files
from abierto.tenancy.access import space_of


class Command(BaseCommand):
    help = "Revisa, carga y deshace los lotes de sentencias que esperan, o carga una hoja de esta máquina."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", nargs="?", type=Path, help="La hoja, .xlsx o .csv.")
        parser.add_argument("--files", type=Path, help="La carpeta o el ZIP con los archivos.")
        parser.add_argument("--list", dest="slug", help="La dirección (slug) de la lista de sentencias.")
        parser.add_argument("--by", help="La cuenta que edita el espacio del tribunal.")
        parser.add_argument("--load", action="store_true", help="Cárgala si no tiene errores.")

    def handle(self, **options: Any) -> None:
        if options["sheet"] is None:
            self.stdout.write(f"Pasos hechos: {WORK.run()}.")
            return
        batch = self.upload(**options)
        WORK.run()
        batch.refresh_from_db()
        if options["load"] and batch.state == BatchState.CHECKED:
            request_load(batch, batch.created_by)
            WORK.run()
            batch.refresh_from_db()
        self.report(batch)

    def upload(self, sheet: Path, files: Path | None, slug: str, by: str, **_options: Any) -> RulingBatch:
        """Create a batch from local files with the permissions of an editor of the tribunal."""
        user = User.objects.filter(username=by or "").first()
        if user is None:
            raise CommandError("--by: no hay una cuenta con ese nombre.")
        index = loadable_lists(user).filter(slug=slug or "").first()
        space = space_of(index) if index is not None else None
        if index is None or space is None:
            raise CommandError("--list: esa cuenta no edita una lista de sentencias con esa dirección.")
        if not sheet.is_file() or (files is not None and not files.exists()):
            raise CommandError("No existe la hoja, o la carpeta o el ZIP de sus archivos.")
        with sheet.open("rb") as content, TemporaryFile() as packed:
            if files is not None:
                pack_path(files, packed)
            try:
                return start_batch(
                    index, space, user, File(content, name=sheet.name), packed if files is not None else None
                )
            except NotAllowed as refusal:
                raise CommandError(str(refusal.sentence)) from refusal

    def report(self, batch: RulingBatch) -> None:
        """Print the state and all problems.

        Raises:
            CommandError: if there are problems.
        """
        for found in batch.problems:
            place = f"renglón {found['row']}" if found["row"] else "el lote"
            column = f", «{found['column']}»" if found["column"] else ""
            self.stdout.write(f"{place}{column}: {found['message']}")
        self.stdout.write(f"{batch}: {batch.get_state_display()}, {batch.total} renglones.")
        if batch.problems or batch.failure:
            raise CommandError(batch.failure or f"{len(batch.problems)} errores: no se cargó nada.")


def pack_path(path: Path, target: Any) -> None:
    """Write a ZIP to ``target``: a copy of ``path``, or the files of the folder and its subfolders."""
    if path.is_file():
        with path.open("rb") as archive:
            shutil.copyfileobj(archive, target)
    else:
        pack_files(open_each(path), target)
    target.seek(0)


def open_each(folder: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the relative name and the open file of each file of a folder; one is open at a time."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            yield str(path.relative_to(folder)), file
