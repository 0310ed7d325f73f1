"""Start, finish and delete redactions, and the permissions to read original and result."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Collection
from pathlib import Path

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.review.private_data import official_contacts
from abierto.privacy.extraction.parts import UnreadableFileError
from abierto.privacy.extraction.process import extract_isolated
from abierto.privacy.redaction.docx import Docx
from abierto.privacy.redaction.texts import Item, Redactor, find_blocking, list_items
from abierto.tenancy.access import space_of, spaces_of
from abierto.tenancy.models import Space

from .labels import READING_PROBLEMS
from .models import OPEN_DAYS, Redaction, RedactionQuerySet, encrypt_content

SHOWN = 4
"""Number of characters of a blocking finding in messages."""


def start_redaction(
    text: str, file: bytes | None, space: Space, author: User, page: Page | None = None
) -> Redaction:
    """Store a text, or a DOCX with its text, encrypted, for the choice of what is hidden.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    delete_unfinished()
    redaction = Redaction(space=space, author=author, page=page)
    if file is not None:
        text = open_docx(file).text
        redaction.sealed_file = encrypt_content(file)
    if not text.strip():
        raise NotAllowed(_("No hay texto que leer. Pega un texto o sube un archivo que lo tenga."))
    redaction.expires_at = timezone.now() + datetime.timedelta(days=OPEN_DAYS)
    redaction.write_content({"original": text})
    redaction.save()
    return redaction


def open_docx(file: bytes) -> Docx:
    """Parse a DOCX.

    Raises:
        NotAllowed: if the file cannot be read, with the sentence for the user.
    """
    try:
        return Docx(file)
    except UnreadableFileError as error:
        raise NotAllowed(str(READING_PROBLEMS[error.reason])) from error


def list_choices(redaction: Redaction) -> list[Item]:
    """Return the findings in the original, without official contacts."""
    return list_items([redaction.read_content()["original"]], official_contacts(redaction.space))


def finish_redaction(redaction: Redaction, keys: Collection[str], words: Collection[str]) -> None:
    """Replace the chosen items and words; the original file is deleted.

    Raises:
        NotAllowed: if the result still has findings of the level ``BLOCK``.
    """
    original = redaction.read_content()["original"]
    items = [item for item in list_choices(redaction) if item.key in keys]
    redacted = Redactor(items, words).redact(original)
    if redaction.is_docx:
        file = open_docx(redaction.read_file()).redact(redacted)
        refuse_blocking(read_docx_text(file), redaction.space)
        redaction.sealed_file = encrypt_content(file)
    refuse_blocking(redacted.text, redaction.space)
    stand_ins = {
        (one.stand_in, " ".join(original[one.start : one.end].split())): None for one in redacted.replacements
    }
    redaction.write_content(
        {"original": original, "redacted": redacted.text, "stand_ins": [list(pair) for pair in stand_ins]}
    )
    redaction.finish()
    redaction.save()


def read_docx_text(file: bytes) -> str:
    """Return all text of a redacted DOCX, extracted like that of a file before publication."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "redacted.docx"
        path.write_bytes(file)
        try:
            extraction = extract_isolated(path)
        except UnreadableFileError as error:
            raise NotAllowed(str(READING_PROBLEMS[error.reason])) from error
    return "\n\n".join(section.text for section in extraction.sections)


def refuse_blocking(text: str, space: Space) -> None:
    """Refuse a result with findings of the level ``BLOCK``, which could not be published.

    Raises:
        NotAllowed: with the first characters of each finding.
    """
    found = dict.fromkeys(value[:SHOWN] for value in find_blocking(text, official_contacts(space)))
    if found:
        listed = ", ".join(f"«{start}…»" for start in found)
        raise NotAllowed(
            _("No se podría publicar: todavía dice los datos que empiezan con %(listed)s. Márcalos.")
            % {"listed": listed}
        )


def delete_unfinished() -> int:
    """Delete the unfinished redactions past their term; return their number.

    ``abierto.retention`` proposes the deletion of finished ones.
    """
    removed, _by_model = Redaction.objects.expired().filter(finished_at=None).delete()
    return removed


# --- Who may ------------------------------------------------------------------------------------------


def writable_spaces(user: User) -> list[Space]:
    """Return the spaces in which ``user`` may create redactions: those in which the user has a role."""
    return spaces_of(user)


def space_for_page(page: Page, user: User) -> Space | None:
    """Return the space of a page that ``user`` may edit; None for another page."""
    if not page.permissions_for_user(user).can_edit():
        return None
    return space_of(page)


def reviewed_spaces(user: User) -> list[int]:
    """Return the ids of the spaces that ``user`` reviews; membership of the state team is not enough."""
    if not user.is_active:
        return []
    return list(Space.objects.filter(reviewers__user=user).values_list("pk", flat=True))


def visible_redactions(user: User) -> RedactionQuerySet:
    """Return the redactions of ``user``, and the finished ones of the spaces that the user reviews."""
    finished_here = Q(finished_at__isnull=False, space__in=reviewed_spaces(user))
    own = Q(author=user) & Q(space__in=[space.pk for space in writable_spaces(user)])
    return Redaction.objects.current().filter(own | finished_here)


def may_read_original(redaction: Redaction, user: User) -> bool:
    """Check for a reviewer of the space, or for the author until the redaction is finished."""
    if not redaction.is_finished:
        return redaction.author_id == user.pk
    return redaction.space_id in reviewed_spaces(user)
