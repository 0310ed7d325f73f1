"""Archive a plan or a space as a BagIt bag (RFC 8493), which archives can read with their own software.

A bag has the content of a copy (public pages as HTML, figures, files), the PDF of pages that have one, and
the whole ledger of approvals, because a part of a hash chain proves nothing. The ledger has names, roles and
decisions of other spaces too; it can be left out.
"""

import logging
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import bagit
from django.utils import timezone

from abierto.approval.ledger.export import export_ledger

from .content import PortalPart, ReadDocument, write_part

ALGORITHMS = ["sha256", "sha512"]
LEDGER = "libro.jsonl"
SOFTWARE = "Abierto"
# The library logs every file and every difference; the differences are raised too.
logging.getLogger("bagit").setLevel(logging.CRITICAL)


class BrokenBag(Exception):
    """A bag whose content differs from its manifest; the message lists the differences."""


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Yield a temporary folder that is renamed to ``target`` at the end, or deleted after an error.

    Raises:
        FileExistsError: if ``target`` exists.
    """
    if target.exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as temporary:
        folder = Path(temporary) / "bag"
        folder.mkdir()
        yield folder
        folder.rename(target)


def write_bag(
    part: PortalPart, target: Path, with_ledger: bool = True, read_document: ReadDocument | None = None
) -> list[str]:
    """Write and verify the bag of a part of the portal; return a line for each item that is missing.

    Raises:
        FileExistsError: if ``target`` exists.
        BrokenBag: if the verification fails.
    """
    with new_folder(target) as folder:
        with TemporaryFile() as copy:
            written = write_part(part, copy, read_document)
            with zipfile.ZipFile(copy) as archive:
                archive.extractall(folder)
        if with_ledger:
            export_ledger(folder / LEDGER)
        about = {
            "Source-Organization": part.name,
            "External-Identifier": part.key,
            "Bagging-Date": timezone.localdate().isoformat(),
            "Bag-Software-Agent": SOFTWARE,
        }
        bagit.make_bag(str(folder), about, checksums=ALGORITHMS)
        verify_bag(folder)
    return [f"{lost['title']}: {lost['reason']}" for lost in written.missing]


def verify_bag(folder: Path) -> int:
    """Read every file of a bag and compare it with the manifests; return the number of files.

    Raises:
        BrokenBag: if a file changed, is missing or was added, or ``folder`` is no bag.
    """
    try:
        bag = bagit.Bag(str(folder))
        bag.validate()
    except bagit.BagError as error:
        raise BrokenBag(str(error)) from error
    return len(list(bag.payload_files()))
