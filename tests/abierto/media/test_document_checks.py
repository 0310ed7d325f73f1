"""Document uploads: the content must match the extension."""

import codecs

import pytest
from django.core.exceptions import ValidationError

from abierto.media.document_checks import check_document
from tests.abierto.media.uploads import PDF, archive, picture, upload, word_document

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64


def error_code(name: str, content: bytes) -> str:
    """Return the validation error code of the upload; empty if it is valid."""
    try:
        check_document(upload(name, content))
    except ValidationError as error:
        return error.code or ""
    return ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("acta.pdf", PDF),
        ("acta.PDF", PDF),
        ("acta.docx", word_document()),
        ("tabla.xlsx", archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""})),
        ("laminas.pptx", archive({"[Content_Types].xml": b"", "ppt/presentation.xml": b""})),
        ("acta.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""})),
        ("datos.csv", "código,avance\n1.1,35\n".encode()),
        ("datos.csv", "código,avance\n1.1,35\n".encode("cp1252")),
        ("datos.csv", "código,avance\n".encode("utf-8-sig")),
        ("nota.txt", b"Una nota.\r\n\tOtra."),
        ("vacio.txt", b" "),
        ("datos.csv", "código\tavance\r\n".encode("utf-16")),
        ("datos.csv", codecs.BOM_UTF16_BE + "código,avance\n".encode("utf-16-be")),
        ("datos.csv", "año,«monto»\nenero–marzo,¡$1’000!\n".encode("cp1252")),
        ("hoja.txt", b"Una hoja.\x0cOtra.\x0b"),
        ("datos.csv", b"a,b\r\n1,2\r\n\x1a"),
        ("acta.pdf", b"\xef\xbb\xbf" + PDF),
        ("acta.pdf", b"\r\n\r\n" + PDF),
        ("acta.pdf", b"\x1b%-12345X@PJL SET RESOLUTION=600\r\n@PJL ENTER LANGUAGE=PDF\r\n" + PDF),
        ("acta.pdf", b" " * (1024 - 5) + PDF),
    ],
)
def test_valid_document_passes(name, content):
    assert error_code(name, content) == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("acta.pdf", HTML),
        ("acta.pdf", b"PK\x03\x04basura"),
        ("acta.pdf", b""),
        ("acta.pdf", b" " * 1024 + PDF),
        ("acta.pdf", HTML + PDF),
        ("acta.pdf", HTML.decode().encode("utf-16") + PDF),
        ("acta.pdf", b"PK\x03\x04" + PDF),
        ("acta.pdf", picture()[:60] + PDF),
        ("acta.docx", PDF),
        ("acta.docx", b"PK\x03\x04" + b"basura" * 20),
        ("acta.docx", archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""})),
        ("acta.docx", word_document(**{"word/vbaProject.bin": b"macro"})),
        ("acta.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})),
        ("acta.odt", archive({"content.xml": b""})),
        ("datos.csv", HTML),
        ("datos.csv", b"\n  <script>alert(1)</script>"),
        ("datos.csv", "<html><script>".encode("utf-16")),
        ("datos.csv", b"\xef\xbb\xbf\xef\xbb\xbf\x0c<html>"),
        ("tabla.xlsx", OLE),
        ("nota.txt", picture()),
    ],
)
def test_document_with_wrong_content_is_refused(name, content):
    assert error_code(name, content) == "signature"


@pytest.mark.parametrize(
    "content",
    [
        "Adopción,año\n".encode("cp850"),
        "Adopción,año\n".encode("mac-roman"),
        "código,avance\n".encode("utf-16-le"),
        "código,avance\n".encode("utf-32"),
        b"a,b\n\x00,1",
        b"a\x1ab",
    ],
)
def test_text_of_unknown_encoding_is_refused_with_what_to_do(content):
    with pytest.raises(ValidationError, match="CSV UTF-8") as refusal:
        check_document(upload("datos.csv", content))

    assert refusal.value.code == "encoding"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("acta.doc", "guárdalo como .docx o PDF"),
        ("tabla.XLS", "guárdalo como .xlsx o CSV"),
        ("tabla.xlsm", "guárdalo como .xlsx o CSV"),
        ("laminas.ppt", "guárdalo como .pptx o PDF"),
        ("foto.heic", "Súbelo en «Imágenes»"),
        ("todo.zip", "por separado"),
    ],
)
def test_refused_format_says_which_to_use(name, sentence):
    with pytest.raises(ValidationError) as refusal:
        check_document(upload(name, OLE))

    assert sentence in refusal.value.messages[0]


def test_office_file_with_password_is_refused_with_what_to_do():
    with pytest.raises(ValidationError, match="sin contraseña"):
        check_document(upload("acta.docx", OLE))


@pytest.mark.parametrize("name", ["nota.exe", "nota.html", "nota.svg", "nota.zip", "nota"])
def test_other_formats_are_refused(name):
    assert error_code(name, b"texto") == "format"


TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
MACRO_TYPE = '<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>'


@pytest.mark.parametrize(
    "parts",
    [
        {"word/VBAPROJECT.BIN": b"m"},
        {"word/VbaProject.Bin": b"m"},
        {"word\\vbaProject.bin": b"m"},
        {"/word/vbaProject.bin": b"m"},
        {"word/deep/er/vbaProject.bin": b"m"},
        {"vbaProject.bin": b"m"},
        {"word/vbaData.xml": b"<v/>"},
        {"word/VBADATA.XML": b"<v/>"},
        {"word/vbaProjectSignature.bin": b"m"},
        {"word/vbaProjectSignatureAgile.bin": b"m"},
        {"xl/macrosheets/sheet1.xml": b"<m/>"},
        {"XL/MacroSheets/sheet1.xml": b"<m/>"},
        {"xl/intlmacrosheets/sheet1.xml": b"<m/>"},
        {TYPES: MACRO_TYPE.encode()},
        {TYPES: MACRO_TYPE.upper().encode("utf-16")},
        {TYPES: b"application/vnd.ms-word.document.macro&#69;nabled.main+xml"},
        {TYPES: b"application/vnd.ms-excel.macrosheet+xml"},
        {RELATIONS: b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"},
        {RELATIONS.upper(): b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"},
        {"word/embeddings/old.bin": OLE + "_VBA_PROJECT".encode("utf-16-le")},
        {"word/embeddings/book.xlsx": archive({"xl/VBAPROJECT.bin": b"m"})},
        {"word/media/picture.png": archive({"a.zip": archive({"b.zip": archive({"c": b""})})})},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_office_macro_is_found(parts):
    content = archive({TYPES: b"<Types/>", "word/document.xml": b"<w/>", **parts})
    with pytest.raises(ValidationError, match="macros"):
        check_document(upload("acta.docx", content))


@pytest.mark.parametrize(
    "part", ["Basic/Standard/Module1.xml", "Scripts/python/run.py", "basic/script-lc.xml"]
)
def test_opendocument_macro_is_found(part):
    content = archive(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"", part: b"m"}
    )
    with pytest.raises(ValidationError, match="macros"):
        check_document(upload("acta.odt", content))


@pytest.mark.parametrize(
    "parts",
    [
        {"word/media/image1.png": picture()},
        {"word/embeddings/book.xlsx": archive({TYPES: b"", "xl/workbook.xml": b""})},
        {"word/embeddings/old.bin": OLE},
        {RELATIONS: b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_embedded_file_without_macros_passes(parts):
    assert error_code("acta.docx", word_document(**parts)) == ""


def test_zip_bomb_is_refused():
    bomb = word_document(**{"word/media/a.xml": b"\0" * 60_000_000})
    assert len(bomb) < 100_000

    assert error_code("acta.docx", bomb) == "zip_bomb"


def test_check_rewinds_the_file():
    file = upload("acta.pdf", PDF)
    check_document(file)

    assert file.read() == PDF


def test_error_message_says_what_to_do():
    with pytest.raises(ValidationError, match="Guárdalo en ese formato"):
        check_document(upload("acta.pdf", HTML))
