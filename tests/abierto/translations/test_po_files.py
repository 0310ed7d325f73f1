"""A PO file is imported completely or not at all, and each error names its line."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from abierto.translations.po_files import PoRefused, find_error_of_string, import_po
from abierto.translations.strings import read_progress
from tests.factories import StandardPageFactory, published

from .translating import build_translating

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return build_translating()


def exported(work, **translated: str) -> str:
    """Return the exported file with these translations by content path."""
    po = work.translation.export_po()
    for entry in po:
        entry.msgstr = translated.get(entry.msgctxt, "")
    return str(po)


def refused(work, content: str | bytes) -> list[str]:
    """Import a file that must be refused, and return its errors."""
    data = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(PoRefused) as caught:
        import_po(work.translation, data, work.room.editor)
    assert not StringTranslation.objects.exists()
    return [str(error) for error in caught.value.errors]


def test_an_exported_file_is_imported(work):
    content = exported(work, title="What open government is", summary="How the State does.")
    assert import_po(work.translation, content.encode(), work.room.editor) == 2
    assert read_progress(work.translation).missing == ()
    assert set(StringTranslation.objects.values_list("last_translated_by", flat=True)) == {
        work.room.editor.pk
    }


def test_the_file_of_another_page_is_refused(work):
    content = exported(work, title="X").replace(str(work.translation.uuid), "0" * 8)
    [error] = refused(work, content)
    assert "otra página o de otro idioma" in error


def test_a_cut_file_is_refused(work):
    content = exported(work, title="What open government is")
    cut = content[: content.index('msgctxt "summary"')]
    assert any("incompleto: le faltan 1 textos" in error for error in refused(work, cut))


@pytest.mark.parametrize(
    ("translated", "match"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<b onclick="x()">a</b>', "atributos"),
        ('A <a id="a9">link</a>', "a9"),
    ],
)
def test_tags_that_are_not_allowed_are_refused_with_their_line(work, translated, match):
    content = exported(work, title=translated, summary="Fine.")
    line = next(
        number for number, text in enumerate(content.splitlines(), 1) if text.startswith('msgctxt "title"')
    )
    [error] = refused(work, content)
    assert error.startswith(f"Línea {line}: ")
    assert match in error


def test_a_file_with_changed_placeholders_is_refused_whole_with_the_line_of_each(work):
    source = published(
        StandardPageFactory(title="Plan de {municipio}", summary="Tiene %(total)s pasos.", slug="plan-x")
    )
    translate_object(source, [work.translation.target_locale], user=work.room.editor)
    work.translation = Translation.objects.get(source__object_id=source.translation_key)
    content = exported(work, title="Plan of {town}", summary="It has steps.")
    lines = {
        text.split('"')[1]: number
        for number, text in enumerate(content.splitlines(), 1)
        if text.startswith("msgctxt")
    }

    assert sorted(refused(work, content)) == sorted(
        [
            f"Línea {lines['title']}: Deja las marcas como en el original. Cambian: {{municipio}}, {{town}}.",
            f"Línea {lines['summary']}: Deja las marcas como en el original. Cambian: %(total)s.",
        ]
    )
    unchanged = exported(work, title="{municipio}: its plan", summary="%(total)s steps.")
    assert import_po(work.translation, unchanged.encode(), work.room.editor) == 2


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ('Lee <a id="a1">el plan</a>.', 'Read <a id="a2">the plan</a>.'),
        ("Tiene %(total)s pasos.", "It has %(total)s of %(total)s steps."),
    ],
)
def test_a_string_with_other_links_or_placeholders_is_refused(text, translated):
    assert find_error_of_string(text, translated)


def test_a_changed_source_text_is_refused_with_its_line(work):
    content = exported(work, title="X").replace("Qué es gobierno abierto", "Qué es el gobierno")
    errors = refused(work, content)
    assert any(error.startswith("Línea ") and "El original no tiene este texto" in error for error in errors)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "No es un archivo PO"),
        (b"PK\x03\x04 binary", "No es un archivo PO"),
        ('msgid "a"\nmsgstr "á"\n'.encode("latin-1"), "Línea 2: No es UTF-8"),
        (b'msgid "a"\nmsgstr "b"\nnot a line of a PO file\n', "Línea 3: "),
        (b"msgid " * 400_000, "2 MB"),
    ],
)
def test_what_is_no_po_file_is_refused_with_its_line(work, content, match):
    assert any(match in error for error in refused(work, content))


def test_the_view_answers_with_the_errors_or_imports(client, work):
    client.force_login(work.room.editor)
    address = reverse("wagtail_localize:upload_pofile", args=[work.translation.pk])

    bad = client.post(address, {"file": SimpleUploadedFile("a.po", b"not a po")})
    assert bad.status_code == 409
    assert "No se importó nada" in bad.content.decode()
    assert client.post(address).status_code == 409

    good = SimpleUploadedFile("a.po", exported(work, title="X", summary="Y").encode())
    assert client.post(address, {"file": good}).status_code == 302
    assert StringTranslation.objects.count() == 2


def test_a_reviewer_does_not_import(client, work):
    client.force_login(work.room.reviewer)
    address = reverse("wagtail_localize:upload_pofile", args=[work.translation.pk])
    client.post(address, {"file": SimpleUploadedFile("a.po", exported(work, title="X").encode())})
    assert not StringTranslation.objects.exists()
