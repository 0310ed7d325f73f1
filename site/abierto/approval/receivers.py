"""Receivers of Django's and Wagtail's signals that enforce four eyes."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Revision
from wagtail.signals import pre_page_move

from abierto.media.models.base import OwnedFile
from abierto.media.usage import changed_public_fields, has_public_files, is_frozen

from .errors import NotApproved
from .guard.checks import (
    NOTE,
    check_base_page_save,
    check_publish,
    check_row_delete,
    check_row_write,
    check_save,
    load_stored_row,
)
from .guard.permissions import check_not_settled
from .guard.suspension import check_may_write, check_written_row
from .ledger.imports import current_import
from .ledger.services import record_import, record_inherited, record_withdrawal
from .mixins import FourEyesChild, FourEyesMixin
from .models import ApprovalKind
from .overrides import name_changes
from .overrides.direct_changes import (
    check_direct_change,
    connect_portal_settings,
    is_published_on_save,
    record_direct_change,
)
from .overrides.withdrawal_reasons import current_reason
from .overrides.withdrawals import check_reason, notify_of_withdrawal
from .overrides.withdrawn_places import record_place, remember_place
from .records import receivers as records_receivers
from .references import receivers as references_receivers
from .review.comments import receivers as commenting_receivers
from .roles import receivers as roles_receivers
from .roles.grants import acting_user

RECORDERS: dict[ApprovalKind, Callable[[Any], None]] = {
    ApprovalKind.IMPORT: record_import,
    ApprovalKind.INHERITED: record_inherited,
}
"""The functions that add the ledger row of a save that makes content public."""


def check_before_save(
    sender: type[models.Model], instance: models.Model, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    """Check every save of a guarded model."""
    if isinstance(instance, FourEyesMixin):
        check_save(instance, raw, update_fields)
        add_ledger_row_before(instance)
    elif isinstance(instance, FourEyesChild):
        check_row_write(instance)
    elif isinstance(instance, Page) and issubclass(instance.specific_class or Page, FourEyesMixin):
        check_base_page_save(instance, raw, update_fields)
    elif isinstance(instance, Page) and instance.live and current_import():
        setattr(instance, NOTE, ApprovalKind.IMPORT)
        add_ledger_row_before(instance)


def add_ledger_row_before(instance: Any) -> None:
    """Add the ledger row before the object is live, as the database triggers require.

    A new live object has no key for the ledger yet: it is inserted as a draft and published at once.
    """
    note = instance.__dict__.get(NOTE)
    if note not in RECORDERS:
        return
    if instance._state.adding:
        instance.live = False
    else:
        RECORDERS[instance.__dict__.pop(NOTE)](instance)


def add_ledger_row(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Add the ledger row of a save that could not be added before it."""
    note = instance.__dict__.pop(NOTE, None)
    if note in RECORDERS:
        RECORDERS[note](instance)
        instance.live = True  # type: ignore[attr-defined]
        table = Page if isinstance(instance, Page) else type(instance)
        table._base_manager.filter(pk=instance.pk).update(live=True)
    elif note == ApprovalKind.WITHDRAWN:
        record_withdrawal_and_notify(instance, _("Caducó en la fecha prevista.") if instance.expired else "")  # type: ignore[attr-defined]


def record_withdrawal_and_notify(instance: models.Model, otherwise: str) -> None:
    """Record a withdrawal with its reason, and notify reviewers and authors."""
    by, reason = acting_user(), current_reason()
    if current_import() is None:
        check_reason(instance, by, reason)
    place = record_place(instance, record_withdrawal(instance, reason or otherwise, by))
    if current_import() is None:
        notify_of_withdrawal(instance, place.space, by, reason)


def check_row_deletion(
    sender: type[models.Model], instance: models.Model, origin: Any, **kwargs: Any
) -> None:
    """Check the deletion of inline rows."""
    if isinstance(instance, FourEyesChild):
        check_row_delete(instance, origin)


def remember_public_place(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Store the place of public content before it is deleted."""
    if isinstance(instance, FourEyesMixin) and instance.live:  # type: ignore[attr-defined]
        remember_place(instance)


def record_public_deletion(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Record in the ledger that public content was deleted."""
    if isinstance(instance, FourEyesMixin) and instance.live:  # type: ignore[attr-defined]
        record_withdrawal_and_notify(instance, _("Se borró."))


def check_schedule(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Refuse to schedule an unapproved revision, which would fail only on its date."""
    if instance.approved_go_live_at is None or current_import():
        return
    model = instance.content_type.model_class()
    if model is not None and issubclass(model, FourEyesMixin):
        check_publish(instance)


def check_move(
    sender: type[Page], instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    """Refuse to move pages that are public or under review; the order of siblings may change."""
    user = acting_user()
    check_may_write(instance, user)
    check_may_write(kwargs["parent_page_after"], user)
    if url_path_before == url_path_after or current_import():
        return
    below = Page.objects.filter(path__startswith=instance.path, live=True)
    if any(issubclass(page.specific_class or Page, FourEyesMixin) for page in below.iterator()):
        raise NotApproved("Public pages are not moved: their address would change.")
    check_not_settled(instance)


def check_restriction(
    sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any
) -> None:
    """Refuse to open or change the privacy of pages that are public or under review; hiding is allowed."""
    origin = kwargs.get("origin", instance)
    model = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if instance.pk is None or model is not PageViewRestriction or current_import():
        return
    page = instance.page
    is_ours = issubclass(page.specific_class or Page, FourEyesMixin)
    if is_ours and page.get_descendants(inclusive=True).filter(live=True).exists():
        raise NotApproved("The privacy of public pages is not opened by one person.")
    check_not_settled(page)


def check_file_change(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Refuse to change the texts, crop or bytes of an approved file; forms check it too."""
    if not isinstance(instance, OwnedFile) or instance.pk is None or current_import():
        return
    stored = load_stored_row(instance)
    if stored is not None and changed_public_fields(instance, stored) and is_frozen(stored):
        raise NotApproved(f"{instance!r} is shown as it was approved: a new version is a new file.")


def check_collection_restriction(
    sender: type[CollectionViewRestriction], instance: CollectionViewRestriction, **kwargs: Any
) -> None:
    """Refuse to open a collection with files of public pages to more visitors; hiding it is allowed."""
    if instance.pk is None or current_import():
        return
    if has_public_files(instance.collection):
        raise NotApproved("The files of public pages are not opened by one person.")


def check_published_on_save(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Check every change of rows that are public as soon as they are saved."""
    if is_published_on_save(instance):
        check_direct_change(instance, acting_user())


def record_direct_save(
    sender: type[models.Model], instance: models.Model, created: bool, **kwargs: Any
) -> None:
    """Record in the ledger a change of a row that is public as soon as it is saved."""
    if is_published_on_save(instance):
        record_direct_change(instance, acting_user(), _("lo agregó.") if created else _("lo cambió."))


def record_direct_deletion(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Record in the ledger the deletion of a row that is public without a review."""
    if is_published_on_save(instance):
        record_direct_change(instance, acting_user(), _("lo quitó."))


def connect() -> None:
    """Connect the receivers; called once, in ``AppConfig.ready``."""
    uid = "abierto.approval"
    for signal in (pre_save, pre_delete):
        signal.connect(check_written_row, dispatch_uid=f"{uid}.guard_suspension")
    pre_save.connect(check_before_save, dispatch_uid=f"{uid}.guard_save")
    post_save.connect(add_ledger_row, dispatch_uid=f"{uid}.add_row")
    pre_delete.connect(check_row_deletion, dispatch_uid=f"{uid}.guard_row_delete")
    pre_delete.connect(remember_public_place, dispatch_uid=f"{uid}.note_end")
    post_delete.connect(record_public_deletion, dispatch_uid=f"{uid}.note_deletion")
    pre_save.connect(check_schedule, sender=Revision, dispatch_uid=f"{uid}.guard_schedule")
    pre_page_move.connect(check_move, dispatch_uid=f"{uid}.guard_move")
    pre_save.connect(check_restriction, sender=PageViewRestriction, dispatch_uid=f"{uid}.restriction_saved")
    pre_delete.connect(
        check_restriction, sender=PageViewRestriction, dispatch_uid=f"{uid}.restriction_deleted"
    )
    for signal in (pre_save, pre_delete):
        signal.connect(
            check_collection_restriction,
            sender=CollectionViewRestriction,
            dispatch_uid=f"{uid}.guard_collection",
        )
    references_receivers.connect()
    roles_receivers.connect()
    name_changes.connect()
    connect_portal_settings()
    commenting_receivers.connect()
    records_receivers.connect()
    pre_save.connect(check_file_change, dispatch_uid=f"{uid}.guard_file")
    for signal in (pre_save, pre_delete):
        signal.connect(check_published_on_save, dispatch_uid=f"{uid}.guard_direct")
    post_save.connect(record_direct_save, dispatch_uid=f"{uid}.note_direct_save")
    # Before the deletion: afterwards the row has no key for the ledger.
    pre_delete.connect(record_direct_deletion, dispatch_uid=f"{uid}.note_direct_deletion")
