"""Import a PO file into a translation, all or nothing, and report the line of each error."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import polib  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from abierto.accounts.models import User

TRANSLATION_ID = "X-WagtailLocalize-TranslationID"
#: Maximum bytes of a file; the largest page of the demo has 60 kB.
MOST_BYTES = 2_000_000
#: Placeholders of a program: «%(total)s», «{municipio}».
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")


@dataclass(frozen=True)
class PoError:
    """Why a PO file is refused; ``line`` is None for the file as a whole."""

    sentence: str
    line: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return self.sentence
        return _("Línea %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


class PoRefused(Exception):
    """A PO file that is not imported, with all its errors."""

    def __init__(self, errors: list[PoError]) -> None:
        super().__init__(" ".join(map(str, errors)))
        self.errors = errors


def import_po(translation: Translation, content: bytes, by: User) -> int:
    """Store the translations of a PO file; return the number of translated strings.

    Raises:
        PoRefused: if the file is not the export of this translation, is incomplete, or has an invalid string
            or one with other placeholders. Nothing is stored then.
    """
    po = parse(content)
    errors = list(find_errors(translation, po))
    if errors:
        raise PoRefused(errors)
    translation.import_po(po, user=by, tool_name="PO")
    return len(po.translated_entries())


def parse(content: bytes) -> polib.POFile:
    """Parse a PO file in UTF-8.

    Raises:
        PoRefused: if it is too large, not in UTF-8 or not a PO file.
    """
    if len(content) > MOST_BYTES:
        raise PoRefused([PoError(_("El archivo pesa más de 2 MB. Sube el que descargaste de esta página."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PoRefused([PoError(_("No es UTF-8. Guarda el archivo con esa codificación."), line)]) from error
    if "msgid" not in text:  # polib interprets a text without line breaks as a path
        raise PoRefused([PoError(_("No es un archivo PO. Sube el que descargaste de esta página."))])
    try:
        return polib.pofile(text + "\n")
    except OSError as error:
        sentence = _("Esta línea no se entiende: no es de un archivo PO.")
        raise PoRefused([PoError(sentence, _line_of(error))]) from error


def _line_of(error: OSError) -> int | None:
    """Return the line number in a message of polib such as «Syntax error in po file (line 12)»."""
    digits = str(error).rpartition("line ")[2].split(")")[0].split(":")[0]
    return int(digits) if digits.isdecimal() else None


def find_errors(translation: Translation, po: polib.POFile) -> Iterator[PoError]:
    """Yield the errors of a file in the order of its lines."""
    if po.metadata.get(TRANSLATION_ID) != str(translation.uuid):
        yield PoError(_("Es de otra página o de otro idioma. Sube el archivo que descargaste de esta."))
        return
    segments = StringSegment.objects.filter(source=translation.source_id)
    wanted = set(segments.values_list("context__path", "string__data"))
    found = set()
    for entry in po:
        if entry.obsolete:
            continue
        key = (entry.msgctxt, entry.msgid)
        if key not in wanted:
            yield PoError(
                _("El original no tiene este texto: «%(text)s». Descarga el archivo otra vez.")
                % {"text": entry.msgid[:80]},
                entry.linenum,
            )
        elif key in found:
            sentence = _("Este texto está dos veces: «%(text)s».") % {"text": entry.msgid[:80]}
            yield PoError(sentence, entry.linenum)
        found.add(key)
        sentence = find_error_of_string(entry.msgid, entry.msgstr)
        if sentence:
            yield PoError(sentence, entry.linenum)
    missing = len(wanted - found)
    if missing:
        yield PoError(
            _("El archivo está incompleto: le faltan %(count)s textos del original.") % {"count": missing}
        )


def find_error_of_string(text: str, translated: str) -> str:
    """Return why a translated string is refused: its tags, or changed links or placeholders; else empty."""
    if not translated:
        return ""
    ours, theirs = (Counter(PLACEHOLDER.findall(string)) for string in (text, translated))
    changed = sorted((ours - theirs) + (theirs - ours))
    if changed:
        return _("Deja las marcas como en el original. Cambian: %(marks)s.") % {"marks": ", ".join(changed)}
    try:
        StringValue.from_translated_html(translated)
        validate_translation_links(text, translated)
    except ValueError as error:
        return str(error.args[0])
    return ""
