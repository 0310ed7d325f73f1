"""Choosers of registry rows: only permitted rows."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as translate
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


class ChoosableMixin:
    """Mixin: limits a chooser view to the rows that the permission policy allows."""

    def get_choosable_rows(self) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(self.model_class)  # type: ignore[attr-defined]
        rows: QuerySet[Any] = policy.instances_user_has_any_permission_for(
            self.request.user,  # type: ignore[attr-defined]
            {"choose"},
        )
        return rows

    def get_object_list(self) -> QuerySet[Any]:
        return self.get_choosable_rows()

    def get_object(self, pk: Any) -> Any:
        return self.get_choosable_rows().get(pk=pk)

    def get_objects(self, pks: list[Any]) -> QuerySet[Any]:
        return self.get_choosable_rows().filter(pk__in=pks)


class RegistryChooseView(ChoosableMixin, ChooseView):
    pass


class RegistryChooseResultsView(ChoosableMixin, ChooseResultsView):
    pass


class RegistryChosenView(ChoosableMixin, SnippetChosenView):
    pass


class RegistryChosenMultipleView(ChoosableMixin, SnippetChosenMultipleView):
    pass


class DisabledCreateView(SnippetCreateView):
    """The chooser's create view, which the registry does not offer."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse: Wagtail's view would fail without a form class.

        Raises:
            UnreadableInput: always.
        """
        raise UnreadableInput(
            translate("Aquí solo se elige de la lista; las fichas nuevas se crean en su sección.")
        )


class ChoosableReviewedMixin(ChoosableMixin):
    """``ChoosableMixin`` for rows with drafts, which offers no drafts of other spaces."""

    def get_choosable_rows(self) -> QuerySet[Any]:
        """Return public rows and those of the user's spaces."""
        rows, user = super().get_choosable_rows(), self.request.user  # type: ignore[attr-defined]
        if sees_everything(user):
            return rows
        return rows.filter(Q(live=True) | Q(space__in=[space.pk for space in spaces_of(user)]))


class RegistryChooserViewSet(SnippetChooserViewSet):
    choose_view_class = RegistryChooseView
    choose_results_view_class = RegistryChooseResultsView
    chosen_view_class = RegistryChosenView
    chosen_multiple_view_class = RegistryChosenMultipleView
    create_view_class = DisabledCreateView


class ReviewedChooseView(ChoosableReviewedMixin, ChooseView):
    pass


class ReviewedChooseResultsView(ChoosableReviewedMixin, ChooseResultsView):
    pass


class ReviewedChosenView(ChoosableReviewedMixin, SnippetChosenView):
    pass


class ReviewedChosenMultipleView(ChoosableReviewedMixin, SnippetChosenMultipleView):
    pass


class ReviewedChooserViewSet(SnippetChooserViewSet):
    """The chooser of models with drafts."""

    choose_view_class = ReviewedChooseView
    choose_results_view_class = ReviewedChooseResultsView
    chosen_view_class = ReviewedChosenView
    chosen_multiple_view_class = ReviewedChosenMultipleView
    create_view_class = DisabledCreateView
