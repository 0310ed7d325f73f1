"""``manage.py publish_scheduled``: each date that has come, one object at a time, under the tree's lock."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError
from django.db import models
from django.utils import timezone
from wagtail import hooks
from wagtail.management.commands import publish_scheduled
from wagtail.models import DraftStateMixin, Page, Revision

from abierto.editorial.changing.tree_lock import with_tree_lock


class Command(publish_scheduled.Command):
    """What the original does; one that fails is named and does not stop the others."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Take down what expired and publish what was approved for now."""
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        failed = [what for what, work in self.due() if not self.done(what, work)]
        if failed:
            raise CommandError(f"{len(failed)} fechas no se pudieron cumplir. Lo demás está hecho.")

    def due(self) -> list[tuple[str, Any]]:
        """Return what is to be done, named, in Wagtail's order: first what expires."""
        now = timezone.now()
        work: list[tuple[str, Any]] = []
        for model in expiring_models():
            for pk in model._default_manager.filter(live=True, expire_at__lt=now).values_list(
                "pk", flat=True
            ):
                work.append(
                    (f"{model._meta.verbose_name} {pk}", lambda model=model, pk=pk: expire(model, pk))
                )
        revisions = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
        return work + publishing(dict(revisions.values_list("pk", "object_str")))

    def done(self, what: str, work: Any) -> bool:
        """Do one thing; say whether it could be done."""
        try:
            with_tree_lock(work)
        except (PermissionDenied, ValidationError) as error:
            self.stderr.write(f"{what}: {error}")
            return False
        return True


def publishing(names: dict[int, str]) -> list[tuple[str, Any]]:
    """Return the work of publishing these revisions: together what was approved together, the rest apart."""
    work: list[tuple[str, Any]] = []
    apart = dict(names)
    for answer in hooks.get_hooks("scheduled_together"):
        for name, numbers, check in answer(names):
            work.append((name, lambda numbers=numbers, check=check: go_live_together(numbers, check)))
            apart = {pk: title for pk, title in apart.items() if pk not in numbers}
    return work + [(f"«{title}»", lambda pk=pk: go_live(pk)) for pk, title in apart.items()]


def expiring_models() -> list[type[models.Model]]:
    """Return every model whose objects may have a date of expiry."""
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in drafts if not issubclass(model, Page))]


def expire(model: type[models.Model], pk: Any) -> None:
    """Take one object down, if it is still due."""
    found = model._default_manager.filter(pk=pk, live=True, expire_at__lt=timezone.now()).first()
    if found is not None:
        found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")  # type: ignore[attr-defined]


def go_live(pk: int) -> None:
    """Publish one revision, if it is still due."""
    revision = Revision.objects.filter(pk=pk, approved_go_live_at__lt=timezone.now()).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")


def go_live_together(numbers: list[int], check: Callable[[], None]) -> None:
    """Publish several revisions, or none of them; name the one that cannot be."""
    check()
    for pk, name in Revision.objects.filter(pk__in=numbers).values_list("pk", "object_str"):
        try:
            go_live(pk)
        except (PermissionDenied, ValidationError) as error:
            raise ValidationError(f"«{name}»: {error}") from error
