"""Base model of inline rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, TranslatableMixin

from abierto.approval.mixins import FourEyesChild, FourEyesChildManager
from abierto.approval.review.fields import RELATED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class PageRow(FourEyesChild, TranslatableMixin, Orderable):
    """A row of a page: guarded with it, ordered within it, the same row in every language."""

    #: The fields whose past the public may read.
    history_fields: ClassVar[frozenset[str]] = frozenset()

    objects: models.Manager[Any] = FourEyesChildManager()

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True


def number_rows(page: ClusterableModel) -> None:
    """Number the rows that were added without a form, after those that have a number.

    Forms number their rows. PostgreSQL returns rows without a number in any order, and last; SQLite first.
    Only relations already in memory are visited: no query.
    """
    for rows in page.__dict__.get(RELATED, {}).values():
        if any(isinstance(row, PageRow) and row.sort_order is None for row in rows):
            rows.sort(key=lambda row: (row.sort_order is None, row.sort_order or 0))
            for order, row in enumerate(rows):
                row.sort_order = order


def percent_field(label: StrOrPromise, help_text: StrOrPromise = "") -> models.DecimalField:
    """Return a column for a published percentage from 0 to 100 with up to two decimals."""
    message = _("Escribe un porcentaje entre 0 y 100.")
    field: models.DecimalField = models.DecimalField(
        label,
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, message), MaxValueValidator(100, message)],
        help_text=help_text,
    )
    # The unit that a review shows.
    field.unit = "%"  # type: ignore[attr-defined]
    return field
