"""Order a copy of a microsite, and make the ordered copies (command ``copy_microsites``)."""

from __future__ import annotations

import datetime
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.notifications import EmailText, notify
from abierto.approval.reader_links import build_admin_url
from abierto.jobs.services import start_job
from abierto.media.hashing import hash_stored_file
from abierto.media.reading import INLINE
from abierto.spaces.team import administered_spaces
from abierto.tenancy.access import sees_everything
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space

from .content import write_copy
from .models import CopyState, MicrositeCopy

COMMAND = "copy_microsites"
#: After this time another process may repeat a copy that did not end.
CLAIM = datetime.timedelta(hours=1)

logger = logging.getLogger(__name__)


def copied_spaces(user: User) -> QuerySet[Space]:
    """Return the municipalities whose copies ``user`` may order: for the state all, else its own."""
    if user.is_active and sees_everything(user):
        return Space.objects.filter(kind=SpaceKind.MUNICIPALITY).order_by("name", "pk")
    return administered_spaces(user)


def find_copies(user: User) -> QuerySet[MicrositeCopy]:
    """Return the copies that ``user`` may read."""
    return MicrositeCopy.objects.filter(holder__in=copied_spaces(user).order_by().values("pk"))


@transaction.atomic
def order_copy(space: Space, by: User) -> MicrositeCopy:
    """Create the order of a copy and start the job after the commit.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if not copied_spaces(by).filter(pk=space.pk).exists():
        raise NotAllowed(_("Solo pide la copia quien administra el municipio, o el equipo estatal."))
    if MicrositeCopy.objects.filter(holder=space, state=CopyState.WAITING).exists():
        raise NotAllowed(_("Ya se está preparando una copia de «%(space)s».") % {"space": space})
    copy = MicrositeCopy.objects.create(holder=space, ordered_by=by)
    transaction.on_commit(_start_job, robust=True)
    return copy


def _start_job() -> None:
    if settings.ABIERTO_FILE_READER != INLINE:
        start_job(COMMAND)


# --- The command -----------------------------------------------------------------------------------------


def make_waiting_copies() -> int:
    """Make all ordered copies without a valid claim; return their number."""
    count = 0
    for copy in waiting_copies().select_related("holder").order_by("pk"):
        if waiting_copies().filter(pk=copy.pk).update(claimed_at=timezone.now()):
            with translation.override(settings.LANGUAGE_CODE):
                make_copy(copy)
            count += 1
    return count


def waiting_copies() -> QuerySet[MicrositeCopy]:
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM)
    return MicrositeCopy.objects.filter(free, state=CopyState.WAITING)


def make_copy(copy: MicrositeCopy) -> None:
    """Write and store the archive of a copy; a failure is stored and logged, without a file."""
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "copia.zip"
            with path.open("w+b") as target:
                written = write_copy(copy.holder, target)
            with path.open("rb") as made:
                copy.file.save(f"{copy.holder.slug}.zip", File(made), save=False)
    except (OSError, DatabaseError) as error:
        # Shown to the person who ordered it; any other exception is a bug and is raised.
        logger.exception("The copy %s was not made.", copy.pk)
        finish(copy, CopyState.FAILED, failure=f"{type(error).__name__}")
        return
    copy.size = copy.file.size
    copy.sha256 = hash_stored_file(copy.file.storage, copy.file.name or "") or ""
    copy.page_count = sum(entry.kind == "page" for entry in written.entries)
    copy.file_count = sum(entry.kind in {"document", "image"} for entry in written.entries)
    finish(copy, CopyState.DONE)
    delete_earlier(copy)
    notify_ready(copy)


def finish(copy: MicrositeCopy, state: CopyState, failure: str = "") -> None:
    copy.state, copy.failure, copy.finished_at = state, failure, timezone.now()
    copy.save()


def delete_earlier(copy: MicrositeCopy) -> None:
    """Delete the earlier copies of the same microsite, which may have content that was withdrawn since."""
    for earlier in MicrositeCopy.objects.filter(holder=copy.holder, pk__lt=copy.pk):
        if earlier.file:
            earlier.file.delete(save=False)
        earlier.delete()


def notify_ready(copy: MicrositeCopy) -> None:
    if copy.ordered_by is not None:

        def write(reader: User) -> EmailText:
            subject = _("La copia de «%(space)s» está lista") % {"space": copy.holder}
            return subject, build_admin_url("microsite_copies:list")

        notify([copy.ordered_by], write)
