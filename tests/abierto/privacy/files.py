"""Small files for the tests of extraction, built without the code under test."""

import io
import zipfile
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText

# Of every file in an archive: with the time of the run, two workers would have different files.
MOMENT = (2026, 1, 1, 0, 0, 0)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HIDDEN_UNDER_BOX = "BT /F1 12 Tf 50 700 Td ({text}) Tj ET 0 0 0 rg 40 690 400 30 re f"
WHITE = "1 1 1 rg BT /F1 12 Tf 50 700 Td ({text}) Tj ET"
INVISIBLE = "BT 3 Tr /F1 12 Tf 50 700 Td ({text}) Tj ET"
PLAIN = "BT /F1 12 Tf 50 700 Td ({text}) Tj ET"


def make_pdf(*pages: str) -> bytes:
    """Build a PDF with one content stream a page."""
    kids = [5 + 2 * index for index in range(len(pages))]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % kid for kid in kids)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for page in pages:
        content = page.encode("cp1252")
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>"
            b"/Contents %d 0 R>>" % len(objects)
        )
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(data))
    )


def rewrite_pdf(data: bytes, **options: str | bytes) -> bytes:
    """Return a PDF with an annotation, a property, an attachment or a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    if "annotation" in options:
        writer.add_annotation(0, FreeText(text=str(options["annotation"]), rect=(50, 50, 200, 100)))
    if "author" in options:
        writer.add_metadata({"/Author": str(options["author"])})
    if "attachment" in options:
        content = options["attachment"]
        assert isinstance(content, bytes)
        writer.add_attachment("anexo.txt", content)
    if "password" in options:
        writer.encrypt(str(options["password"]), algorithm="AES-256")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def update_pdf(data: bytes, page: str) -> bytes:
    """Replace the first page's text as an editor does that saves incrementally: the old text stays."""
    content = page.encode("cp1252")
    offset = len(data)
    update = b"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(content), content)
    previous = data.rpartition(b"startxref\n")[2].split(b"\n")[0]
    return (
        data
        + update
        + b"xref\n4 1\n%010d 00000 n \ntrailer<</Size 6/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (offset, previous, offset + len(update))
    )


def make_zip(entries: dict[str, str | bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def make_docx(body: str = "", **others: str | bytes) -> bytes:
    """Build a DOCX; ``others`` are entries by name, with ``__`` for the slash and ``_`` for the dot."""
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    for name, content in others.items():
        entries[name.replace("__", "/").replace("_", ".")] = content
    return make_zip(entries)


def paragraph(text: str, tag: str = "t") -> str:
    return f"<w:p><w:r><w:{tag}>{escape(text)}</w:{tag}></w:r></w:p>"


def word_part(root: str, text: str) -> str:
    return f'<w:{root} xmlns:w="{WORD}">{paragraph(text)}</w:{root}>'


def make_xlsx(*rows: list[str]) -> bytes:
    """Build a workbook whose texts are in the shared table, as Excel writes them."""
    texts = [cell for row in rows for cell in row]
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    number, lines = 0, ""
    for row in rows:
        lines += "<row>"
        for _cell in row:
            lines += f'<c t="s"><v>{number}</v></c>'
            number += 1
        lines += "</row>"
    return make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}">{lines}</worksheet>',
        }
    )
