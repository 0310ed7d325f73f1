"""The text that is read from files, and the messages about files that cannot be read."""

import io
import random

import pytest
from PIL import Image

from abierto.privacy.extraction.dispatch import extract
from abierto.privacy.extraction.pages import join_lines
from abierto.privacy.extraction.parts import Extraction, FilePart, Note, Reason, UnreadableFileError
from abierto.privacy.extraction.process import extract_isolated
from abierto.privacy.findings import PersonalDataKind
from abierto.privacy.scanning import scan
from tests.abierto.privacy import files
from tests.abierto.privacy.identities import curp, make_identity

CURP = curp(random.Random(3))


def found_in(extraction: Extraction) -> set[tuple[FilePart, PersonalDataKind]]:
    return {(section.part, finding.type) for section in extraction.sections for finding in scan(section.text)}


def name_of(value: object) -> str:
    """Return the name of a parameter in the name of its test: the content of a file has none."""
    return value.name if isinstance(value, FilePart | Reason) else "file"


def reason_of(data: bytes) -> Reason:
    with pytest.raises(UnreadableFileError) as caught:
        extract(data)
    return caught.value.reason


@pytest.mark.parametrize("style", [files.PLAIN, files.HIDDEN_UNDER_BOX, files.WHITE, files.INVISIBLE])
def test_text_of_a_pdf_page_is_read_however_it_is_drawn(style):
    data = files.make_pdf(files.PLAIN.format(text="Portada"), style.format(text=f"CURP {CURP}"))

    extraction = extract(data)

    assert found_in(extraction) == {(FilePart.PAGE, PersonalDataKind.CURP)}
    assert [section.detail for section in extraction.sections] == ["1", "2"]


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"annotation": f"CURP {CURP}"}, FilePart.ANNOTATION),
        ({"author": f"CURP {CURP}"}, FilePart.PROPERTIES),
        ({"attachment": f"CURP {CURP}".encode()}, FilePart.ATTACHMENT),
        ({"attachment": files.make_docx(files.paragraph(f"CURP {CURP}"))}, FilePart.ATTACHMENT),
    ],
    ids=name_of,
)
def test_what_a_pdf_carries_is_read(options, part):
    data = files.rewrite_pdf(files.make_pdf(files.PLAIN.format(text="Informe")), **options)

    assert (part, PersonalDataKind.CURP) in found_in(extract(data))


def test_earlier_version_in_a_pdf_is_read():
    original = files.make_pdf(files.PLAIN.format(text=f"CURP {CURP}"))
    data = files.update_pdf(original, files.PLAIN.format(text="[eliminado]"))

    assert found_in(extract(data)) == {(FilePart.EARLIER_VERSION, PersonalDataKind.CURP)}


def test_pdf_without_text_is_noted():
    assert extract(files.make_pdf("0 0 m 10 10 l S")).notes == {Note.NO_TEXT}


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (files.make_docx(files.paragraph(f"CURP {CURP}")), FilePart.BODY),
        (files.make_docx(files.paragraph(f"CURP {CURP}", "delText")), FilePart.BODY),
        (files.make_docx(word__header1_xml=files.word_part("hdr", f"CURP {CURP}")), FilePart.HEADER),
        (files.make_docx(word__comments_xml=files.word_part("comments", f"CURP {CURP}")), FilePart.COMMENT),
        (files.make_docx(docProps__core_xml=f"<c><creator>CURP {CURP}</creator></c>"), FilePart.PROPERTIES),
        (files.make_docx(word__embeddings__a_xlsx=files.make_xlsx(["CURP", CURP])), FilePart.ATTACHMENT),
        (files.make_xlsx(["CURP", "Apoyo"], [CURP, "Beca"]), FilePart.SHEET),
        (files.make_xlsx([CURP[:10], CURP[10:]]), FilePart.SHEET),
        (f"Año;CURP\n2024;{CURP}".encode("latin-1"), FilePart.BODY),
        (f"CURP {CURP}".encode("utf-16"), FilePart.BODY),
    ],
    ids=name_of,
)
def test_text_of_office_and_plain_files_is_read(data, part):
    assert (part, PersonalDataKind.CURP) in found_in(extract(data))


def test_text_split_over_runs_is_whole():
    runs = f"<w:p><w:r><w:t>{CURP[:7]}</w:t></w:r><w:r><w:t>{CURP[7:]}</w:t></w:r></w:p>"

    assert (FilePart.BODY, PersonalDataKind.CURP) in found_in(extract(files.make_docx(runs)))


def test_card_stored_as_a_number_is_whole():
    card = make_identity("visa", random.Random(5))
    sheet = f'<worksheet xmlns="{files.SHEET}"><row><c><v>{card}</v></c></row></worksheet>'
    data = files.make_zip({"[Content_Types].xml": "<Types/>", "xl/worksheets/sheet1.xml": sheet})

    assert (FilePart.SHEET, PersonalDataKind.CARD) in found_in(extract(data))


def test_macros_and_external_references_are_noted():
    template = (
        '<Relationships><Relationship Type="http://x/attachedTemplate" Target="https://example.org/a.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    data = files.make_docx(
        files.paragraph("Texto"), word__vbaProject_bin=b"\0\1", word___rels__settings_xml_rels=template
    )

    assert {Note.MACROS, Note.EXTERNAL_REFERENCE} <= extract(data).notes


def test_metadata_of_a_picture_is_read():
    exif = Image.Exif()
    exif[0x013B] = f"CURP {CURP}"  # artist
    exif.get_ifd(0x8825)[1] = "N"
    output = io.BytesIO()
    Image.new("RGB", (4, 4)).save(output, "JPEG", exif=exif)

    extraction = extract(output.getvalue())

    assert found_in(extraction) == {(FilePart.PROPERTIES, PersonalDataKind.CURP)}
    assert Note.LOCATION in extraction.notes


PDF = files.make_pdf(files.PLAIN.format(text="Informe"))
BOMB = files.make_zip({"word/document.xml": b"\0" * 5 * 1024 * 1024})
ENTITIES = '<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\t", Reason.EMPTY),
        (files.rewrite_pdf(PDF, password="secreto"), Reason.ENCRYPTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, Reason.UNKNOWN_FORMAT),
        (PDF[:200], Reason.DAMAGED),
        (b"%PDF-1.7\nno es un PDF", Reason.DAMAGED),
        (files.make_docx()[:80], Reason.DAMAGED),
        (files.make_docx("<w:p>"), Reason.DAMAGED),
        (files.make_docx(word__header1_xml=ENTITIES), Reason.DAMAGED),
        (BOMB, Reason.TOO_LARGE),
        (b"{\\rtf1 Texto}", Reason.UNKNOWN_FORMAT),
        (b"MZ\0\0", Reason.UNKNOWN_FORMAT),
        (b"abc\0\0\1", Reason.UNKNOWN_FORMAT),
        (b"\xff\xd8\xff\xe0nada", Reason.DAMAGED),
    ],
    ids=name_of,
)
def test_file_that_cannot_be_read_has_a_reason(data, reason):
    assert reason_of(data) == reason


def test_pdf_that_opens_without_a_password_is_read():
    data = files.rewrite_pdf(files.make_pdf(files.PLAIN.format(text=f"CURP {CURP}")), password="")

    assert found_in(extract(data)) == {(FilePart.PAGE, PersonalDataKind.CURP)}


@pytest.mark.slow
def test_file_is_read_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "informe.pdf"
    path.write_bytes(files.make_pdf(*[files.PLAIN.format(text=f"CURP {CURP}")] * 500))

    extraction = extract_isolated(path)

    assert len(extraction.sections) == 500
    assert found_in(extraction) == {(FilePart.PAGE, PersonalDataKind.CURP)}


@pytest.mark.slow
def test_time_and_size_of_reading_are_limited(tmp_path, monkeypatch):
    path = tmp_path / "informe.pdf"
    path.write_bytes(PDF)
    with pytest.raises(UnreadableFileError, match=Reason.TOO_SLOW):
        extract_isolated(path, seconds=0)
    with path.open("ab") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(UnreadableFileError, match=Reason.TOO_LARGE):
        extract_isolated(path)


# --- The running text by pages ---------------------------------------------------------------------------


def lines_of(*lines: str) -> str:
    """Return the drawing instructions of these lines, one below the other."""
    return "BT /F1 12 Tf 14 TL 50 700 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"


def pages_of(data: bytes) -> list[tuple[int | None, str]]:
    return [(page.number, page.text) for page in extract(data).pages]


def test_pages_of_a_pdf_keep_their_numbers_and_a_picture_has_none():
    data = files.make_pdf(
        files.PLAIN.format(text="Vistos"), "0 0 10 10 re f", files.PLAIN.format(text="Resuelve")
    )

    assert pages_of(data) == [(1, "Vistos"), (3, "Resuelve")]


def test_lines_of_a_page_are_joined_to_paragraphs_and_broken_words_to_words():
    long = "La parte actora pidio que se le devolviera la cantidad que pago por la mul-"
    data = files.make_pdf(
        lines_of(long, "ta de transito.", "PRIMERO. El acto es nulo y queda sin efecto alguno desde hoy.")
    )

    assert pages_of(data) == [
        (1, long[:-1] + "ta de transito.\nPRIMERO. El acto es nulo y queda sin efecto alguno desde hoy.")
    ]


def test_a_number_across_lines_keeps_its_hyphen():
    assert join_lines("el expediente 12-\n2023 se abre") == "el expediente 12- 2023 se abre"


PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
DRAWN_BREAK = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Dos</w:t></w:r></w:p>"
DELETED = "<w:del w:author='Ana'><w:r><w:delText>Lo borrado</w:delText></w:r></w:del>"


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (files.paragraph("Uno") + files.paragraph("Más"), [(None, "Uno\nMás")]),
        (files.paragraph("Uno") + PAGE_BREAK + files.paragraph("Dos"), [(1, "Uno"), (2, "Dos")]),
        (files.paragraph("Uno") + DRAWN_BREAK, [(1, "Uno"), (2, "Dos")]),
        (files.paragraph("Uno") + PAGE_BREAK + DRAWN_BREAK, [(1, "Uno"), (2, "Dos")]),
        (files.paragraph("Uno") + f"<w:p>{DELETED}</w:p>", [(None, "Uno")]),
    ],
)
def test_pages_of_a_docx_are_those_that_its_writer_stored_without_deleted_text(body, pages):
    assert pages_of(files.make_docx(body, word__comments_xml=files.word_part("comments", "Nota"))) == pages


def test_pages_of_a_text_begin_at_its_page_breaks():
    assert pages_of(b"Uno\fDos\f\n") == [(1, "Uno"), (2, "Dos")]


def test_pages_come_from_the_process_of_its_own(tmp_path):
    path = tmp_path / "sentencia.pdf"
    path.write_bytes(files.make_pdf(files.PLAIN.format(text="Vistos")))

    assert [(page.number, page.text) for page in extract_isolated(path).pages] == [(1, "Vistos")]
