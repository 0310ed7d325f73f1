"""``manage.py publish_scheduled``: publish and expire what is due, one by one, under the tree lock."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.management.commands import publish_scheduled
from wagtail.models import DraftStateMixin, Page, Revision

from abierto.approval.concurrency.tree_lock import run_with_tree_lock
from abierto.approval.errors import GroupNotPublished, InvalidVersion, NotPublished, ReviewRefused
from abierto.approval.review.decisions import format_validation_error
from abierto.approval.scheduling import PublishGroup, report_failure

SCHEDULED_WORK_HOOK = "scheduled_work"
"""Hook that returns the name and the function of each due task that is no publication."""


def ignore_failure(error: Any) -> None:
    """Do nothing: the command itself prints the failure."""


@dataclass(frozen=True)
class ScheduledWork:
    """One due publication or expiry, with the function called on failure."""

    name: str
    run: Callable[[], object]
    on_failure: Callable[[Any], None] = ignore_failure


class Command(publish_scheduled.Command):
    """Wagtail's command, but a failure is reported and does not stop the others."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Unpublish what expired, and publish what was approved for now."""
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        failed = [work for work in self.collect_work() if not self.run_work(work)]
        if failed:
            raise CommandError(f"{len(failed)} fechas no se pudieron cumplir. Lo demás está hecho.")

    def collect_work(self) -> list[ScheduledWork]:
        """Return the due work in Wagtail's order: expiries first."""
        now = timezone.now()
        work = [ScheduledWork(*row) for answer in hooks.get_hooks(SCHEDULED_WORK_HOOK) for row in answer()]
        for model in find_expiring_models():
            due = model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")
            for pk in due.values_list("pk", flat=True):
                name = f"{model._meta.verbose_name} {pk}"
                work.append(ScheduledWork(name, partial(expire, model, pk)))
        revisions = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
        return work + build_publish_work(dict(revisions.values_list("pk", "object_str")))

    def run_work(self, work: ScheduledWork) -> bool:
        """Run one item; return whether it succeeded."""
        try:
            run_with_tree_lock(work.run)
        except (PermissionDenied, ValidationError, ReviewRefused) as error:
            self.stderr.write(f"{work.name}: {error}")
            return False
        except NotPublished as error:
            self.stderr.write(f"{work.name}: {error}")
            work.on_failure(error)
            return False
        return True


def build_publish_work(names: dict[int, str]) -> list[ScheduledWork]:
    """Return the work for these revisions: publish groups as one item, all others singly."""
    work: list[ScheduledWork] = []
    apart = dict(names)
    for answer in hooks.get_hooks("scheduled_together"):
        for group in answer(names):
            work.append(ScheduledWork(group.name, partial(publish_group, group), group.on_failure))
            apart = {pk: title for pk, title in apart.items() if pk not in group.revisions}
    return work + [
        ScheduledWork(f"«{title}»", partial(publish_due_revision, pk, title), report_failure)
        for pk, title in apart.items()
    ]


def find_expiring_models() -> list[type[models.Model]]:
    """Return every model whose objects may have a date of expiry."""
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in drafts if not issubclass(model, Page))]


def expire(model: type[models.Model], pk: Any) -> None:
    """Unpublish an object if it is still due."""
    found = model._default_manager.filter(pk=pk, live=True, expire_at__lt=timezone.now()).first()
    if found is not None:
        found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")  # type: ignore[attr-defined]


def publish_due_revision(pk: int, title: str) -> None:
    """Publish a revision if it is still due.

    Raises:
        NotPublished: with the reason, as a message for its editor.
    """
    revision = Revision.objects.filter(pk=pk, approved_go_live_at__lt=timezone.now()).first()
    if revision is None:
        return
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except InvalidVersion as error:
        raise NotPublished(error.summary, pk, title) from error
    except ValidationError as error:
        raise NotPublished(format_validation_error(error), pk, title) from error
    except ReviewRefused as error:
        raise NotPublished(error.sentence, pk, title) from error
    except PermissionDenied as error:
        raise NotPublished(gettext("Ya no es lo que se aprobó."), pk, title) from error


def publish_group(group: PublishGroup) -> None:
    """Publish several revisions in the order of the group, or none of them; name the one that failed."""
    group.check()
    titles = dict(Revision.objects.filter(pk__in=group.revisions).values_list("pk", "object_str"))
    for pk in group.revisions:
        title = titles.get(pk, "")
        try:
            publish_due_revision(pk, title)
        except NotPublished as error:
            raise GroupNotPublished(error.sentence, pk, title) from error
