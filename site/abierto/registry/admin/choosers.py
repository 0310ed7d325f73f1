"""Choosing a row of the registry from a page: only rows one may see, found by any of their words."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)

from abierto.bad_requests.errors import UnreadableInput
from abierto.tenancy.access import sees_everything, spaces_of

#: Every word adds its conditions; SQLite refuses expressions nested too deep.
MAX_WORDS = 32


class WordsForm(BaseFilterForm):
    """Search in the columns that the viewset names; every word must be in one of them."""

    q = forms.CharField(
        label=_("Buscar"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Buscar")})
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows that have every word."""
        objects = super().filter(objects)
        query = self.cleaned_data["q"].strip()
        if query:
            self.is_searching, self.search_query = True, query
            columns = objects.model.snippet_viewset.search_fields
            for word in query.split()[:MAX_WORDS]:
                objects = objects.filter(
                    reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))
                )
        return objects


class Choosable:
    """The rows of the model that the person may choose, as its permission policy says."""

    filter_form_class = WordsForm

    def choosable(self) -> QuerySet[Any]:
        """Return those rows."""
        policy = policy_registry.get_by_type(self.model_class)  # type: ignore[attr-defined]
        rows: QuerySet[Any] = policy.instances_user_has_any_permission_for(
            self.request.user,  # type: ignore[attr-defined]
            {"choose"},
        )
        return rows

    def get_object_list(self) -> QuerySet[Any]:
        """Offer those rows."""
        return self.choosable()

    def get_object(self, pk: Any) -> Any:
        """Take one of those rows; another one does not exist."""
        return self.choosable().get(pk=pk)

    def get_objects(self, pks: list[Any]) -> QuerySet[Any]:
        """Take several of those rows."""
        return self.choosable().filter(pk__in=pks)


class ChooseRow(Choosable, ChooseView):
    """The chooser's window."""


class ChooseRowResults(Choosable, ChooseResultsView):
    """The chooser's list, as it is filtered."""


class ChosenRow(Choosable, SnippetChosenView):
    """The row that was chosen."""


class ChosenRows(Choosable, SnippetChosenMultipleView):
    """The rows that were chosen."""


class NoRowCreated(SnippetCreateView):
    """The chooser's form for a new row, which the registry does not offer."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse: Wagtail's view takes for granted that there is a form.

        Raises:
            UnreadableInput: always.
        """
        raise UnreadableInput(
            translate("Aquí solo se elige de la lista; las fichas nuevas se crean en su sección.")
        )


class ChoosableWhenPublic(Choosable):
    """The same, of rows with drafts: others' drafts are nobody's business yet."""

    def choosable(self) -> QuerySet[Any]:
        """Leave out what is not public, but for one's own."""
        rows, user = super().choosable(), self.request.user  # type: ignore[attr-defined]
        if sees_everything(user):
            return rows
        return rows.filter(Q(live=True) | Q(space__in=[space.pk for space in spaces_of(user)]))


class RegistryChooserViewSet(SnippetChooserViewSet):
    """The chooser of every model of the registry."""

    choose_view_class = ChooseRow
    choose_results_view_class = ChooseRowResults
    chosen_view_class = ChosenRow
    chosen_multiple_view_class = ChosenRows
    create_view_class = NoRowCreated


class ChooseReviewed(ChoosableWhenPublic, ChooseView):
    """The window, for rows with drafts."""


class ChooseReviewedResults(ChoosableWhenPublic, ChooseResultsView):
    """The list, for rows with drafts."""


class ChosenReviewed(ChoosableWhenPublic, SnippetChosenView):
    """The row that was chosen, of rows with drafts."""


class ChosenManyReviewed(ChoosableWhenPublic, SnippetChosenMultipleView):
    """The rows that were chosen, of rows with drafts."""


class ReviewedChooserViewSet(SnippetChooserViewSet):
    """The chooser of every model with drafts: it says which are not public yet."""

    choose_view_class = ChooseReviewed
    choose_results_view_class = ChooseReviewedResults
    chosen_view_class = ChosenReviewed
    chosen_multiple_view_class = ChosenManyReviewed
    create_view_class = NoRowCreated
