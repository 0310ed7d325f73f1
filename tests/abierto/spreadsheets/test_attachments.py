"""The archive with the files of a load: what is found in it, and what is refused."""

import io
import stat
import zipfile

import pytest

from abierto.spreadsheets.attachments import open_attachments, pack_files
from abierto.spreadsheets.rows import SpreadsheetError
from tests.abierto.spreadsheets.books import make_zip


def refusal(file):
    """Return the messages of all problems of an archive."""
    with pytest.raises(SpreadsheetError) as caught, open_attachments(file):
        pass
    return " ".join(problem.message for problem in caught.value.problems)


def test_files_are_found_by_name_whatever_their_folder_and_case():
    with open_attachments(
        make_zip({"marzo/Sentencia Ñ.PDF": b"uno", "__MACOSX/x": b"", ".DS_Store": b""})
    ) as found:
        entry = found.find("sentencia n\u0303.pdf")
        with found.copy(entry) as path:
            content = path.read_bytes()

    assert (content, len(found.entries)) == (b"uno", 1)


def test_names_that_macos_writes_are_read():
    content = make_zip({"resoluci--n.pdf": b"x"}).getvalue().replace(b"--n", "ón".encode())
    with open_attachments(io.BytesIO(content)) as found:
        pass

    assert list(found.entries) == ["resolución.pdf"]


@pytest.mark.parametrize("name", ["../fuera.pdf", "a/../../b.pdf", "/etc/passwd", "..\\b.pdf", "C:\\a.pdf"])
def test_name_that_leaves_the_folder_is_refused(name):
    assert "apunta fuera" in refusal(make_zip({name: b"x"}))


def test_same_name_twice_is_refused():
    assert "dos archivos «A.pdf»" in refusal(make_zip([("uno/a.pdf", b"x"), ("dos/A.pdf", b"y")]))


def test_bomb_is_refused():
    assert "grande" in refusal(make_zip({"a.pdf": b"0" * (5 * 1024 * 1024)}))


def test_link_is_refused():
    entry = zipfile.ZipInfo("a.pdf")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(entry, "/etc/passwd")

    assert "acceso directo" in refusal(written)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_file_that_is_no_archive_is_refused(content):
    assert "no es un ZIP" in refusal(io.BytesIO(content))


def test_damaged_file_is_named():
    content = make_zip({"a.pdf": b"hola " * 100}).getvalue()
    start = content.index(b"a.pdf") + len(b"a.pdf")
    broken = content[:start] + b"\xff\xff\xff\xff" + content[start + 4 :]
    with open_attachments(io.BytesIO(broken)) as found:
        entry = found.find("a.pdf")
        with pytest.raises(SpreadsheetError, match=r"«a\.pdf» está dañado"), found.copy(entry):
            pass


def test_folder_is_packed_and_read_the_same_way():
    target = io.BytesIO()
    pack_files([("a.pdf", io.BytesIO(b"uno")), ("b.pdf", io.BytesIO(b"dos"))], target)

    with open_attachments(target) as found:
        assert set(found.entries) == {"a.pdf", "b.pdf"}


def test_without_archive_there_are_no_files():
    with open_attachments(None) as found:
        assert found.find("a.pdf") is None
