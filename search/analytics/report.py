"""The admin report of queries without a useful answer, with actions for each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from abierto.accounts.models import User
from abierto.exports import ReadableExportMixin
from abierto.registry.models import GlossaryTerm
from abierto.tenancy.access import sees_everything, spaces_of
from abierto.tenancy.models import Space
from search.promotions.models import PromotedResult

from .models import QueryNote
from .retention import oldest_retained_day

#: Actions of a row: the label, the model to add, and its field that is prefilled with the query.
ACTIONS: tuple[tuple[Any, type[Model], str], ...] = (
    (gettext_lazy("Agregar al glosario"), GlossaryTerm, "lay_synonyms"),
    (gettext_lazy("Promover un resultado"), PromotedResult, "words"),
)


def may_read(user: User | AnonymousUser) -> bool:
    """Check whether the user may open the report: the state team, and members of a space."""
    return sees_everything(user) or bool(spaces_of(user))


class UnansweredView(ReadableExportMixin, ReportView):
    """Queries of the last ninety days that found nothing or nothing useful."""

    page_title = gettext_lazy("Búsquedas sin respuesta")
    header_icon = "search"
    index_url_name = "search_learning:unanswered"
    index_results_url_name = "search_learning:unanswered_results"
    list_export = ["words", "locale", "space", "nothing", "useless", "visits", "last"]
    export_headings = {
        "words": gettext_lazy("Pregunta"),
        "locale": gettext_lazy("Lengua"),
        "space": gettext_lazy("Espacio"),
        "nothing": gettext_lazy("Sin resultados"),
        "useless": gettext_lazy("No sirvió"),
        "visits": gettext_lazy("Visitas"),
        "last": gettext_lazy("Último día"),
    }

    @cached_property
    def space_names(self) -> dict[str, str]:
        return dict(Space.objects.values_list("slug", "name"))

    def to_row_dict(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return the row of an export, with the names of its language and space."""
        row = super().to_row_dict(item)
        languages = dict(settings.LANGUAGES)
        row["locale"] = languages.get(row["locale"], row["locale"])
        row["space"] = self.space_names.get(row["space"], row["space"])
        return row

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Allow the state team, and the members of a space for its own queries."""
        if not may_read(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_queryset(self) -> Any:
        """Return the queries that the user may see."""
        return unanswered_queries(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        """Return the columns; the last has the actions."""
        return [
            Column("words", label=_("Pregunta"), accessor=_query_link),
            Column("space", label=_("Espacio")),
            Column("nothing", label=_("Sin resultados")),
            Column("useless", label=_("No sirvió")),
            Column("last", label=_("Último día"), accessor=_day),
            Column("actions", label=_("Qué hacer"), accessor=self._actions),
        ]

    def _actions(self, row: dict[str, Any]) -> SafeString:
        """Return links to the forms that the user may submit, prefilled with the query."""
        links = SafeString()
        for label, model, field in ACTIONS:
            if policy_registry.get_by_type(model).user_has_permission(self.request.user, "add"):
                address = reverse(model.snippet_viewset.get_url_name("add"))  # type: ignore[attr-defined]
                begun = urlencode({field: row["words"]})
                links += format_html(
                    '<a class="button button-small button-secondary" href="{}?{}">{}</a> ',
                    address,
                    begun,
                    label,
                )
        return links


def _day(row: dict[str, Any]) -> str:
    """Return the last day of the query: the hour is not recorded."""
    return date_format(row["last"])


def _query_link(row: dict[str, Any]) -> SafeString:
    """Return a link that repeats the query: it may have results by now."""
    query = {"q": row["words"]} | ({"espacio": row["space"]} if row["space"] else {})
    address = f"{reverse('search:results')}?{urlencode(query)}"
    return format_html('<a href="{}">{}</a>', address, row["words"])


NOTHING = Q(kind=QueryNote.Kind.ASKED, total=0)
VISIT = "session"  # of one day: the next day has another key
USELESS = Q(kind=QueryNote.Kind.USELESS)


def unanswered_queries(user: User | AnonymousUser) -> QuerySet[QueryNote, Any]:
    """Return the queries that ``user`` may see, with the number of sessions without a useful answer.

    Sessions are counted per day: a visitor on two days counts twice, because days cannot be linked.
    """
    notes = QueryNote.objects.filter(NOTHING | USELESS, day__gte=oldest_retained_day())
    if not sees_everything(user):
        notes = notes.filter(space__in=[space.slug for space in spaces_of(user)])
    counted = notes.values("words", "locale", "space").annotate(
        nothing=Count(VISIT, filter=NOTHING, distinct=True),
        useless=Count(VISIT, filter=USELESS, distinct=True),
        visits=Count(VISIT, distinct=True),
        last=Max("day"),
    )
    return counted.order_by("-visits", "words", "locale", "space")
