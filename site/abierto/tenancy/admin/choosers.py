"""Page chooser views that show pages of other spaces as the public sees them."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.models import Page

from abierto.tenancy.isolation.viewer import hides_draft


def hide_draft_data(page: Any) -> None:
    """Replace draft data of a page in memory by its public data, unless the user may see the draft."""
    if hides_draft(page):
        page.draft_title = page.title
        page.has_unpublished_changes = False
        page.latest_revision_created_at = page.last_published_at


class PublicTitleColumn(chooser.PageTitleColumn):
    """The first column that reads a page; it replaces the draft data for the columns after it."""

    def get_value(self, instance: Model) -> Any:
        hide_draft_data(instance)
        return super().get_value(instance)


class PublicParentColumn(chooser.ParentPageColumn):
    """The parent column, with the public title."""

    def get_value(self, instance: Any) -> Any:
        parent = super().get_value(instance)
        hide_draft_data(parent)
        return parent


class PublicColumnsMixin:
    """Mixin that replaces Wagtail's page columns by the public ones."""

    is_multiple_choice: Any

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns  # type: ignore[misc]
        return [self.replace_column(column) for column in columns]

    def replace_column(self, column: Column) -> Column:
        """Return the replacement of ``column``, or the column itself."""
        if isinstance(column, chooser.PageTitleColumn):
            multiple = self.is_multiple_choice
            return PublicTitleColumn(column.name, label=column.label, is_multiple_choice=multiple)
        if isinstance(column, chooser.ParentPageColumn):
            return PublicParentColumn(column.name, label=column.label)
        return column


class ScopedBrowseView(PublicColumnsMixin, chooser.BrowseView):
    pass


class ScopedSearchView(PublicColumnsMixin, chooser.SearchView):
    pass


class ScopedExternalLinkView(chooser.ExternalLinkView):
    """Wagtail converts an address of the portal into a page link here."""

    def render_chosen_response(self, result: dict[str, Any]) -> HttpResponse:
        """Show the title that the user may read."""
        if "adminTitle" in result:
            page = Page.objects.get(pk=result["id"])
            result = result | {"adminTitle": page.specific_deferred.get_admin_display_title()}
        response: HttpResponse = super().render_chosen_response(result)
        return response
