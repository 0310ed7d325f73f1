"""Choosing a page to link to: those of other spaces as the public reads them."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.models import Page

from abierto.tenancy.isolation.viewer import hides_draft


def show_as_public(page: Any) -> None:
    """Take from a page in memory what only its own space knows of it, before it is drawn."""
    if hides_draft(page):
        page.draft_title = page.title
        page.has_unpublished_changes = False
        page.latest_revision_created_at = page.last_published_at


class PublicTitleColumn(chooser.PageTitleColumn):
    """The first column that reads a page: the others draw what it leaves."""

    def get_value(self, instance: Model) -> Any:
        """Return the title that the person may read."""
        show_as_public(instance)
        return super().get_value(instance)


class PublicParentColumn(chooser.ParentPageColumn):
    """The page above, by the title that the person may read."""

    def get_value(self, instance: Any) -> Any:
        """Return that page."""
        parent = super().get_value(instance)
        show_as_public(parent)
        return parent


class PublicColumns:
    """The columns of a list of pages to choose from, with ours in the place of Wagtail's."""

    is_multiple_choice: Any

    @property
    def columns(self) -> list[Column]:
        """Return them."""
        columns: list[Column] = super().columns  # type: ignore[misc]
        return [self.replaced(column) for column in columns]

    def replaced(self, column: Column) -> Column:
        """Return the column that stands for one of Wagtail's."""
        if isinstance(column, chooser.PageTitleColumn):
            multiple = self.is_multiple_choice
            return PublicTitleColumn(column.name, label=column.label, is_multiple_choice=multiple)
        if isinstance(column, chooser.ParentPageColumn):
            return PublicParentColumn(column.name, label=column.label)
        return column


class OwnBrowseView(PublicColumns, chooser.BrowseView):
    """The tree."""


class OwnSearchView(PublicColumns, chooser.SearchView):
    """What a search finds."""


class OwnExternalLinkView(chooser.ExternalLinkView):
    """An address that turns out to be a page of the portal."""

    def render_chosen_response(self, result: dict[str, Any]) -> HttpResponse:
        """Name the page by the title that the person may read."""
        if "adminTitle" in result:
            page = Page.objects.get(pk=result["id"])
            result = result | {"adminTitle": page.specific_deferred.get_admin_display_title()}
        response: HttpResponse = super().render_chosen_response(result)
        return response
