"""The filters of the reviewer's queue, with the choices that its user can have."""

import datetime
from typing import Any

import django_filters
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.coreutils import get_content_type_label
from wagtail.models import TaskState

from abierto.approval.mixins import FourEyesMixin
from abierto.tenancy.access import spaces_of

MAX_DAYS = 3650


def space_choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the spaces of the user, which the request has read already."""
    return [(str(space.pk), space.name) for space in spaces_of(request.user)]


def type_choices() -> list[tuple[str, str]]:
    """Return the reviewed content types by label. Content types are cached."""
    reviewed = [model for model in apps.get_models() if issubclass(model, FourEyesMixin)]
    kinds = ContentType.objects.get_for_models(*reviewed).values()
    choices = [(str(kind.pk), capfirst(get_content_type_label(kind))) for kind in kinds]
    return sorted(choices, key=lambda choice: choice[1])


class QueueFilter(WagtailFilterSet):
    """Space, type and waiting time."""

    space = django_filters.ChoiceFilter(
        label=_("Espacio"), field_name="workflow_state__workflow__space", empty_label=_("Todos")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Tipo"), field_name="revision__content_type", empty_label=_("Todos")
    )
    longer_than = django_filters.NumberFilter(
        label=_("Espera más de (días)"), method="waits_longer", min_value=0, max_value=MAX_DAYS
    )

    class Meta:
        model = TaskState
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["space"].extra["choices"] = space_choices(self.request)
        self.filters["kind"].extra["choices"] = type_choices()

    def waits_longer(self, queryset: QuerySet[TaskState], name: str, value: Any) -> QuerySet[TaskState]:
        return queryset.filter(started_at__lt=timezone.now() - datetime.timedelta(days=int(value)))
