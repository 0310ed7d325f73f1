"""Receivers that record each change of public objects made by the application."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import CollectionViewRestriction, PageViewRestriction
from wagtail.signals import post_page_move

from abierto.accounts.models import User
from abierto.approval.ledger.imports import current_import
from abierto.approval.mixins import FourEyesPage
from abierto.approval.models import ReviewTask
from abierto.approval.overrides.name_changes import NAME_FIELDS, is_named_in_public

from .fields import ACCOUNT_NAMES, FILES, RECORDED_MODELS, RecordedModel
from .services import (
    has_author,
    is_publishing,
    latest_record,
    record_automatic_redirects_after_commit,
    record_end,
    record_publications,
    record_row,
)

#: Many-to-many relations that belong to the record of one of their sides.
RELATIONS: dict[Any, type[models.Model]] = {
    PageViewRestriction.groups.through: PageViewRestriction,
    CollectionViewRestriction.groups.through: CollectionViewRestriction,
    ReviewTask.groups.through: ReviewTask,
    User.groups.through: Group,
    Group.permissions.through: Group,
}
LEFT_GROUPS = "_approval_groups_left"
"""Attribute with the groups of an account that is about to leave all of them."""


def find_recorded_models(instance: models.Model) -> list[RecordedModel]:
    """Return the recorded models of an instance: a task of the project is also a task of Wagtail."""
    return [recorded for recorded in RECORDED_MODELS if isinstance(instance, recorded.model)]


def may_record(recorded: RecordedModel) -> bool:
    """Check whether the current change counts: for publicly visible values, only with an author."""
    return has_author() or not recorded.is_public


def record_rows(rows: Iterable[models.Model]) -> None:
    """Record the present values of these rows."""
    for row in rows:
        for recorded in find_recorded_models(row):
            if may_record(recorded):
                record_row(recorded, row)


def record_save(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool,
    update_fields: Collection[str] | None,
    **kwargs: Any,
) -> None:
    """Record the values of a row after it was saved, except from a fixture."""
    if raw and current_import() is None:
        return
    if any(_is_written(recorded, instance, update_fields) for recorded in find_recorded_models(instance)):
        record_rows([instance])
    for recorded in FILES:
        if isinstance(instance, recorded.model) and latest_record(recorded.name, instance.pk) is not None:
            record_row(recorded, instance)
    if isinstance(instance, User):
        record_name(instance, update_fields)
    elif isinstance(instance, FourEyesPage):
        record_imported_page(instance)


def _is_written(recorded: RecordedModel, row: models.Model, update_fields: Collection[str] | None) -> bool:
    return update_fields is None or not {*update_fields}.isdisjoint(recorded.values(row))


def record_name(account: User, update_fields: Collection[str] | None) -> None:
    """Record the name of an account; once the name is public, only with an author."""
    if update_fields is not None and not {*NAME_FIELDS} & {*update_fields}:
        return
    is_known = latest_record(ACCOUNT_NAMES.name, account.pk) is not None
    if has_author() or not is_known or not is_named_in_public(account):
        record_row(ACCOUNT_NAMES, account)


def record_imported_page(page: Any) -> None:
    """Record a page that an import or its source made public without publishing a revision."""
    if page.live and not is_publishing() and (current_import() is not None or page.alias_of_id):
        record_publications([page.pk])


def record_relation_change(
    sender: Any, instance: Any, action: str, pk_set: Collection[Any] | None, **kwargs: Any
) -> None:
    """Record rows whose many-to-many relation changed, from whichever side it was written."""
    model = RELATIONS[sender]
    if action.startswith("post_"):
        left = instance.__dict__.pop(LEFT_GROUPS, ())
        changed = [] if isinstance(instance, model) else sorted(pk_set or ())
        others = model._default_manager.filter(pk__in=changed).order_by("pk")
        record_rows([instance, *left, *others])
    elif action == "pre_clear" and isinstance(instance, User):
        setattr(instance, LEFT_GROUPS, list(instance.groups.order_by("pk")))


def record_deletion(sender: type[models.Model], instance: models.Model, origin: Any, **kwargs: Any) -> None:
    """Record the deletion of a row, with an author or together with its parent object."""
    for recorded in find_recorded_models(instance):
        if may_record(recorded) or _deleted_class(origin) is not recorded.model:
            record_end(recorded, instance)
    for recorded in FILES:
        if isinstance(instance, recorded.model):
            record_end(recorded, instance)
    if isinstance(instance, User):
        setattr(instance, LEFT_GROUPS, list(instance.groups.order_by("pk")))


def record_left_groups(sender: type[User], instance: User, **kwargs: Any) -> None:
    """Record the groups of a deleted account: Django sends no signal for its memberships."""
    record_rows(instance.__dict__.pop(LEFT_GROUPS, ()))


def _deleted_class(origin: Any) -> type[models.Model]:
    """Return the class of the object whose deletion was requested."""
    return origin.model if isinstance(origin, models.QuerySet) else type(origin)


def record_move(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Record where an import moved a public page, and the redirects that Wagtail makes for it."""
    if current_import() is not None and instance.live and isinstance(instance.specific, FourEyesPage):
        record_publications([instance.pk])
        record_automatic_redirects_after_commit(instance.pk)


def connect() -> None:
    """Connect the receivers; called once, in ``AppConfig.ready``."""
    uid = "abierto.approval.records"
    post_save.connect(record_save, dispatch_uid=f"{uid}.note_save")
    # Before the deletion: afterwards the row has no key.
    pre_delete.connect(record_deletion, dispatch_uid=f"{uid}.note_deletion")
    post_delete.connect(record_left_groups, sender=User, dispatch_uid=f"{uid}.note_account_deleted")
    post_page_move.connect(record_move, dispatch_uid=f"{uid}.note_move")
    for relation in RELATIONS:
        m2m_changed.connect(
            record_relation_change, sender=relation, dispatch_uid=f"{uid}.{relation.__name__}"
        )
