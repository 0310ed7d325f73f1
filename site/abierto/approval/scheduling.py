"""Publication on a date: groups of versions, and the log entry and e-mail for a failed one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

from abierto.accounts.models import User

from .errors import GroupNotPublished, NotPublished
from .notifications import EmailText, notify, space_reviewers
from .overrides.withdrawn_places import find_responsible_space
from .reader_links import find_reader_url

ACTION = "abierto.schedule_failed"


class ScheduleFailureFormatter(LogFormatter):
    """The log message of a failed schedule."""

    label = gettext_lazy("No publicar en su fecha")

    def format_message(self, log_entry: Any) -> str:
        return _("No se publicó en su fecha. %(sentence)s") % {"sentence": log_entry.data.get("sentence", "")}


@transaction.atomic
def report_failure(error: NotPublished) -> None:
    """Log why a revision was not published and e-mail its reviewers and author.

    The command tries again at every run: the same reason is reported once.
    """
    revision = Revision.objects.select_related("user").get(pk=error.revision)
    subject = revision.content_object
    logged = log_registry.get_logs_for_instance(subject).filter(action=ACTION, revision=revision)
    if any(entry.data.get("sentence") == error.sentence for entry in logged):
        return
    log(instance=subject, action=ACTION, revision=revision, data={"sentence": error.sentence})
    people: set[User] = set(space_reviewers(find_responsible_space(subject)))
    if revision.user is not None and revision.user.is_active:
        people.add(revision.user)

    def write(reader: User) -> EmailText:
        text = _(
            "%(sentence)s\n\nLo público no cambió. Quítale la fecha, corrígela y envíala otra vez a revisión."
        ) % {"sentence": error.sentence}
        subject_line = _("«%(title)s» no se publicó en su fecha") % {"title": error.title}
        return subject_line, f"{text}\n\n{find_reader_url(subject, reader)}"

    notify(people, write)


@dataclass(frozen=True)
class PublishGroup:
    """Versions that are published together or not at all, parents first; ``on_failure`` gets the error."""

    name: str
    revisions: list[int]
    check: Callable[[], None]
    on_failure: Callable[[GroupNotPublished], None]
