"""A redacted DOCX contains nothing of the chosen text, in any part of the file."""

import io
import random
import zipfile

import pytest

from abierto.privacy.extraction.dispatch import extract
from abierto.privacy.extraction.parts import Reason, UnreadableFileError
from abierto.privacy.redaction import docx as docx_module
from abierto.privacy.redaction.docx import Docx
from abierto.privacy.redaction.texts import Redactor, list_items
from abierto.privacy.scanning import scan
from tests.abierto.privacy.files import WORD, make_docx, make_zip, paragraph, word_part
from tests.abierto.privacy.identities import make_identity

CURP = make_identity("curp", random.Random(3))
NAME = "Leticia Cruz Tovar"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPLIT = (
    f"<w:p><w:r><w:t>La quejosa Leticia </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Cruz To</w:t></w:r>"
    f"<w:r><w:t>var, CURP {CURP[:7]}</w:t></w:r><w:r><w:t>{CURP[7:]}, firmó.</w:t></w:r></w:p>"
)


def redact(data: bytes) -> bytes:
    docx = Docx(data)
    return docx.redact(Redactor(list_items([docx.text])).redact(docx.text))


def read(data: bytes) -> str:
    return "\n".join(section.text for section in extract(data).sections)


def test_data_split_over_runs():
    assert "La quejosa Persona 1, CURP [CURP], firmó." in read(redact(make_docx(SPLIT)))


def test_runs_keep_their_form():
    body = zipfile.ZipFile(io.BytesIO(redact(make_docx(SPLIT)))).read("word/document.xml").decode()
    assert "<w:rPr><w:b/></w:rPr>" in body


def test_every_part_is_redacted():
    said = f"La quejosa {NAME}, CURP {CURP}"
    data = make_docx(
        SPLIT,
        word__header1_xml=word_part("hdr", said),
        word__footer1_xml=word_part("ftr", "Asunto: Cruz Tovar"),
        word__footnotes_xml=word_part("footnotes", said),
        word__endnotes_xml=word_part("endnotes", said),
        word__comments_xml=word_part("comments", said),
        docProps__core_xml=f"<p><creator>{NAME}</creator></p>",
        docProps__custom_xml=f"<p><v>{CURP}</v></p>",
        customXml__item1_xml=f"<d>{CURP}</d>",
        word__embeddings__libro_xlsx=make_zip({"xl/sharedStrings.xml": f"<si><t>{CURP}</t></si>"}),
    )
    redacted = redact(data)
    text = read(redacted)

    assert scan(text) == []
    assert "Cruz" not in text
    assert "Asunto: Persona 1" in text
    names = zipfile.ZipFile(io.BytesIO(redacted)).namelist()
    assert names == [
        "[Content_Types].xml",
        "word/document.xml",
        *(f"word/{name}.xml" for name in ("header1", "footer1", "footnotes", "endnotes")),
    ]


def test_tracked_changes_are_accepted_and_their_authors_dropped():
    body = (
        f'<w:p><w:ins w:author="{NAME}"><w:r><w:t>Queda.</w:t></w:r></w:ins>'
        f'<w:del w:author="{NAME}"><w:r><w:delText>Se va: {CURP}</w:delText></w:r></w:del></w:p>'
    )
    content = zipfile.ZipFile(io.BytesIO(redact(make_docx(body)))).read("word/document.xml").decode()
    assert "Queda." in content
    assert NAME not in content
    assert CURP not in content


def test_alternative_text_and_addresses_of_links():
    picture = f'<w:docPr id="1" name="Foto" descr="Retrato de {NAME}"/>'
    body = f"<w:p>{paragraph('La quejosa ' + NAME)}{picture}</w:p>"
    links = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/hyperlink" '
        'Target="mailto:leti@gmail.com" TargetMode="External"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/comments" Target="comments.xml"/></Relationships>'
    )
    data = make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": links,
            "word/comments.xml": word_part("comments", CURP),
        }
    )
    redacted = redact(data)
    text = read(redacted)

    assert "Retrato de Persona 1" in text
    assert "leti@" not in text
    relations = zipfile.ZipFile(io.BytesIO(redacted)).read("word/_rels/document.xml.rels").decode()
    assert "comments" not in relations


def test_macros_are_left_out():
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{docx_module.MACRO_TYPE}"/></Types>'
    document = f'<w:document xmlns:w="{WORD}"><w:body/></w:document>'
    data = make_zip(
        {"[Content_Types].xml": types, "word/document.xml": document, "word/vbaProject.bin": b"Sub Auto"}
    )
    archive = zipfile.ZipFile(io.BytesIO(redact(data)))
    assert "word/vbaProject.bin" not in archive.namelist()
    assert docx_module.DOCX_TYPE in archive.read("[Content_Types].xml").decode()


ENTITY = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.DAMAGED),
        (b"PK\x03\x04 broken", Reason.DAMAGED),
        (b"%PDF-1.7", Reason.DAMAGED),
        (make_zip({"a.txt": "x"}), Reason.UNKNOWN_FORMAT),
        (make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a><b></a>"}), Reason.DAMAGED),
        (make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": ENTITY}), Reason.DAMAGED),
        (make_docx("<a>" + " " * 9_000_000 + "</a>"), Reason.TOO_LARGE),
    ],
)
def test_bad_files_are_refused(data, reason):
    with pytest.raises(UnreadableFileError) as refusal:
        Docx(data)
    assert refusal.value.reason == reason


def test_too_large_file(monkeypatch):
    monkeypatch.setattr(docx_module, "MAX_DOCX", 10)
    with pytest.raises(UnreadableFileError):
        Docx(make_docx())
