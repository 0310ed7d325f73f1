"""Base classes of the registry listings."""

import datetime
from typing import Any

import django_filters
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from abierto.exports import ReadableExportMixin
from abierto.registry.models.base import ValidDuringQuerySet
from abierto.tenancy.reference_policy import allowed_keys
from blocks.raw_values import typed_key

from .choosers import RegistryChooserViewSet

SPACE_PANEL = FieldPanel("space")
VALIDITY_PANEL = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])],
    heading=_("Vigencia"),
    help_text=_("Deja vacío lo que no sepas o lo que siga vigente."),
)


MAX_PREFILL_LENGTH = 200


class PrefilledCreateView(CreateView):
    """Create view prefilled from the query string: `?lay_synonyms=tabiquera`. Nothing is saved by it."""

    def get_initial(self) -> dict[str, Any]:
        """Return the query values of model fields, limited to choices that the user may use."""
        begun = {
            name: value[:MAX_PREFILL_LENGTH]
            for name, value in self.request.GET.items()
            if may_prefill(self.model, name, value, self.request.user)
        }
        return super().get_initial() | begun


def may_prefill(model: type[Model], name: str, value: str, user: Any) -> bool:
    """Check that ``value`` may prefill the field ``name``: the form shows the object of a foreign key."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    target = field.related_model if isinstance(field, ForeignKey) else None
    if target is None:
        return not field.is_relation
    key = typed_key(value, target)
    return key is not None and bool(allowed_keys(target, [key], None, user))


class RegistryListView(ReadableExportMixin, IndexView):
    pass


class RegistryViewSet(SnippetViewSet):
    """Listing of the rows in scope, with a chooser of the same rows."""

    index_view_class = RegistryListView
    chooser_viewset_class = RegistryChooserViewSet
    chooser_per_page = 25
    list_per_page = 50
    copy_view_enabled = False
    add_to_admin_menu = False
    #: Relations read with each row, so that the query count of a listing is constant.
    select_related: tuple[str, ...] = ("space",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that the permission policy allows."""
        policy = policy_registry.get_by_type(self.model)
        rows: QuerySet[Any] = policy.instances_user_has_any_permission_for(
            request.user, {"add", "change", "delete", "view"}
        )
        return rows.select_related(*self.select_related) if self.select_related else rows


class ValidityFilterSet(WagtailFilterSet):
    """Filter of rows by validity today."""

    current = django_filters.BooleanFilter(label=_("Vigente hoy"), method="filter_current")

    def filter_current(self, rows: ValidDuringQuerySet, name: str, value: bool) -> QuerySet[Any]:
        """Keep the rows valid today, or the others."""
        valid = rows.valid_on(today())
        return valid if value else rows.exclude(pk__in=valid.values("pk"))


def today() -> datetime.date:
    """Return the date in the state's time zone."""
    return timezone.localdate()
