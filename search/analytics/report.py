"""The report of questions without an answer, with what can be done about each."""

from __future__ import annotations

from typing import Any

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
from abierto.registry.models import GlossaryTerm
from abierto.tenancy.access import sees_everything, spaces_of
from search.promotions.models import PromotedResult

from .models import QueryNote
from .retention import oldest_retained_day

#: What a click does: its words, the row that it begins, and the field that takes the question.
ACTIONS: tuple[tuple[Any, type[Model], str], ...] = (
    (gettext_lazy("Agregar al glosario"), GlossaryTerm, "lay_synonyms"),
    (gettext_lazy("Promover un resultado"), PromotedResult, "words"),
)


def may_read(user: User | AnonymousUser) -> bool:
    """Say whether there may be anything in the report for this person."""
    return sees_everything(user) or bool(spaces_of(user))


class UnansweredView(ReportView):
    """Questions of the last ninety days that found nothing, or nothing of use."""

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

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Answer the state team, and each space about its own search."""
        if not may_read(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_queryset(self) -> Any:
        """Return the questions that this person may see."""
        return unanswered(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns; the last one does something about it."""
        return [
            Column("words", label=_("Pregunta"), accessor=_asked_again),
            Column("space", label=_("Espacio")),
            Column("nothing", label=_("Sin resultados")),
            Column("useless", label=_("No sirvió")),
            Column("last", label=_("Último día"), accessor=_day),
            Column("actions", label=_("Qué hacer"), accessor=self._actions),
        ]

    def _actions(self, row: dict[str, Any]) -> SafeString:
        """Links to the forms that this person may fill in, begun with the question."""
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
    """The last day that it was asked: hours are not known, so none are told."""
    return date_format(row["last"])


def _asked_again(row: dict[str, Any]) -> SafeString:
    """The question, as a link that asks it now: it may have been answered since."""
    query = {"q": row["words"]} | ({"espacio": row["space"]} if row["space"] else {})
    address = f"{reverse('search:results')}?{urlencode(query)}"
    return format_html('<a href="{}">{}</a>', address, row["words"])


NOTHING = Q(kind=QueryNote.Kind.ASKED, total=0)
VISIT = "session"  # of one day: its key is another the next
USELESS = Q(kind=QueryNote.Kind.USELESS)


def unanswered(user: User | AnonymousUser) -> QuerySet[QueryNote, Any]:
    """The questions that `user` may see, each with how many visits found nothing or said it was of no use.

    Visits are counted by day: the same person on two days is two, because nobody is known from day to day.
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
