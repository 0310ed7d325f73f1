"""Validate a whole version before it is sent, approved, scheduled or published.

What the edit form refuses is refused everywhere else too: fields, inline rows, stream blocks and the rules
of the page type that only a draft may break (``publication_errors``). Personal data that may never be public
is refused here too, and so is what may be personal data until a named person has confirmed it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, Block, ListBlock
from wagtail.fields import StreamField
from wagtail.models import Revision

from abierto.accounts.models import User
from abierto.approval.confirmations.files import find_file_problems
from abierto.approval.confirmations.privacy_warning import PrivacyWarning
from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.confirmations.services import confirm_offered
from abierto.approval.confirmations.warnings import find_unconfirmed
from abierto.approval.errors import InvalidContent, InvalidVersion, UnconfirmedWarnings
from abierto.approval.ledger.hashing import NOT_CONTENT

from .inline_rows import row_key
from .private_data import find_private_data

VALIDATED = "_abierto_validated"
"""Attribute of a revision that was validated just now, until it is published."""

Problem = tuple[str, str]
"""A content path (``review.comments.content_paths``) with the labels of blocks behind it, and the message."""


def check_version(revision: Revision, by: User | None = None) -> None:
    """Raise ``InvalidVersion`` if the edit form would refuse the content of ``revision``.

    The warnings that the form of this request confirms are recorded first, as confirmed ``by`` its sender.
    """
    scanned = ScannedVersion(revision.as_object())
    confirm_offered(scanned, by)
    check_scanned(scanned)


def check_valid(
    revision: Revision, refusal: type[InvalidContent] = InvalidContent, by: User | None = None
) -> None:
    """Raise ``refusal``, which users read as a response, where ``check_version`` would raise.

    Raises:
        UnconfirmedWarnings: if ``by`` sends it and only warnings are left to confirm.
    """
    try:
        check_version(revision, by)
    except InvalidVersion as error:
        if error.warnings and by is not None:
            raise UnconfirmedWarnings(error) from error
        raise refusal(error) from error
    revision.__dict__[VALIDATED] = True


def check_unless_validated(revision: Revision) -> None:
    """Validate a revision before publication, unless its approval in the same request just did."""
    if not revision.__dict__.pop(VALIDATED, False):
        check_version(revision)


def check_content(subject: models.Model, is_stored: bool = True) -> None:
    """Raise ``InvalidVersion`` if the edit form would refuse ``subject``.

    With ``is_stored`` False nothing is compared with other rows: the database itself must refuse duplicates.
    """
    check_scanned(ScannedVersion(subject), is_stored)


def check_scanned(scanned: ScannedVersion, is_stored: bool = True) -> None:
    """Raise ``InvalidVersion`` for a version whose texts and files may have been read already."""
    subject = scanned.subject
    problems = list(find_scanned_problems(scanned, is_stored))
    warnings = (
        [] if problems else [add_place_label(subject, warning) for warning in find_unconfirmed(scanned)]
    )
    problems += [(warning.place, warning.sentence) for warning in warnings]
    if problems:
        sentences = [describe_problem(subject, *problem) for problem in problems]
        raise InvalidVersion(object_title(subject), sentences, problems, warnings)


def find_problems(subject: models.Model, is_stored: bool = True) -> Iterator[Problem]:
    """Yield the validation problems of ``subject``, its inline rows and the blocks of both."""
    yield from find_scanned_problems(ScannedVersion(subject), is_stored)


def find_scanned_problems(scanned: ScannedVersion, is_stored: bool) -> Iterator[Problem]:
    subject = scanned.subject
    yield from find_field_problems(subject, is_stored)
    yield from find_date_problems(subject)
    for relation in get_all_child_relations(subject):
        name = relation.get_accessor_name()
        if name in NOT_CONTENT:
            continue
        for row in getattr(subject, name).all():
            for path, message in find_field_problems(row):
                yield f"{name}.{row_key(row)}.{path}", message
    yield from find_private_data(scanned.findings)
    yield from find_file_problems(scanned.files, scanned.contacts)
    errors: dict[str, Any] = getattr(subject, "publication_errors", dict)()
    yield from ((path, str(message)) for path, message in errors.items())


# --- Fields --------------------------------------------------------------------------------------------


def find_field_problems(subject: models.Model, is_stored: bool = True) -> Iterator[Problem]:
    """Yield the problems found by the fields of one object and by its ``clean``."""
    try:
        subject.full_clean(
            exclude=find_excluded_fields(subject), validate_unique=is_stored, validate_constraints=is_stored
        )
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            yield from ((name, message) for field_error in errors for message in field_error.messages)
    for field in subject._meta.fields:
        if isinstance(field, StreamField):
            yield from find_block_problems(field, field.value_from_object(subject))
    for field in get_all_child_m2m_relations(subject):
        if not field.blank and not getattr(subject, field.name).all():
            yield field.name, str(field.error_messages["blank"])


def find_excluded_fields(subject: models.Model) -> set[str]:
    """Return the fields that need no validation: those only code writes, and keys that the database checks.

    Building an object from a revision already checks the target of each key.
    """
    excluded = {"path", "translation_key"}
    for field in subject._meta.fields:
        is_filled_key = field.is_relation and getattr(subject, field.attname) is not None
        if is_filled_key or isinstance(field, ParentalKey) or field.name == "locale":
            excluded.add(field.name)
    return excluded


def find_date_problems(subject: Any) -> Iterator[Problem]:
    """Yield the problems that Wagtail's form finds in the dates of publication."""
    go_live_at: datetime.datetime | None = getattr(subject, "go_live_at", None)
    expire_at: datetime.datetime | None = getattr(subject, "expire_at", None)
    if expire_at is None:
        return
    if go_live_at is not None and go_live_at > expire_at:
        yield "go_live_at", _("Se publicaría después de caducar. Corrige una de las dos fechas.")
    if expire_at < timezone.now():
        yield "expire_at", _("La fecha de caducidad ya pasó. Pon una que esté por venir, o ninguna.")


# --- Blocks --------------------------------------------------------------------------------------------


def find_block_problems(field: StreamField, value: Any) -> Iterator[Problem]:
    """Yield the problems found by the blocks of a stream."""
    block = copy_block(field)
    value = block.to_python(field.stream_block.get_prep_value(value))
    try:
        block.clean(value)
    except ValidationError as error:
        for labels, message in iter_messages(error, block, value):
            yield " › ".join([field.name, *labels]), message


@cache
def copy_block(field: StreamField) -> BaseStreamBlock:
    """Return a copy of the field's block: another thread may be deferring the original's validation."""
    return deepcopy(field.stream_block)


# --- As text -------------------------------------------------------------------------------------------


def object_title(subject: models.Model) -> str:
    """Return the name of ``subject``, or of its type while the object that names it is missing."""
    try:
        return str(subject) or str(capfirst(subject._meta.verbose_name))
    except ObjectDoesNotExist:
        return str(capfirst(subject._meta.verbose_name))


def describe_problem(subject: models.Model, path: str, message: str) -> str:
    """Return a problem as one sentence that names the row and the field."""
    place = path_labels(subject, path)
    return f"{place}: {message}" if place else message


def add_place_label(subject: models.Model, warning: PrivacyWarning) -> PrivacyWarning:
    """Return a warning with the label of its place."""
    return replace(warning, label_of_place=warning.label_of_place or path_labels(subject, warning.place))


def path_labels(subject: models.Model, path: str) -> str:
    """Return the labels of a content path; nothing for the whole object."""
    path, *labels = path.split(" › ")
    name, _dot, rest = path.partition(".")
    if name == NON_FIELD_ERRORS:
        return ""
    field: Any = subject._meta.get_field(name)
    if not field.one_to_many:
        return " › ".join([str(capfirst(getattr(field, "verbose_name", name))), *labels])
    key, _dot, rest = rest.partition(".")
    rows = [row_key(row) for row in getattr(subject, field.get_accessor_name()).all()]
    number = rows.index(key) + 1 if key in rows else len(rows)
    names: dict[str, str] = getattr(subject, "names_for_review", dict)()
    row = names.get(key) or f"{capfirst(field.related_model._meta.verbose_name)} {number}"
    inner = path_labels(field.related_model(), rest) if rest else ""
    return " › ".join(part for part in [str(row), inner, *labels] if part)


Message = tuple[list[str], str]


def iter_messages(error: ValidationError, block: Block, value: Any) -> Iterator[Message]:
    """Yield each message of ``error`` with the labels of the blocks around it, the outermost first."""
    whole = getattr(error, "non_block_errors", None)
    if whole is None:
        yield from (([], message) for message in error.messages)
        return
    for block_error in whole.as_data():
        yield from (([], message) for message in block_error.messages)
    for key, child_error in (getattr(error, "block_errors", None) or {}).items():
        label, child, child_value = find_child(block, value, key)
        for labels, message in iter_messages(child_error, child, child_value):
            yield [label, *labels], message
    for number, columns in (getattr(error, "cell_errors", None) or {}).items():
        for column, cell_error in columns.items():
            heading = value.columns[column]["heading"] or str(column + 1)
            yield from (([heading, str(number + 1)], message) for message in cell_error.messages)


def find_child(block: Block, value: Any, key: Any) -> tuple[str, Block, Any]:
    """Return the label, the block and the value of a part of ``block``."""
    if isinstance(block, BaseStreamBlock):
        return f"{value[key].block.label} {key + 1}", value[key].block, value[key].value
    if isinstance(block, ListBlock):
        return str(key + 1), block.child_block, value[key]
    if isinstance(block, BaseStructBlock):
        # The value of an image block is its image: its parts have no values of their own.
        part = value.get(key) if isinstance(value, Mapping) else None
        return str(block.child_blocks[key].label), block.child_blocks[key], part
    raise TypeError(f"{type(block).__name__} has no parts.")
