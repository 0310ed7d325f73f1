"""Redactions in Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.tenancy.access import RequestUser, register_branches
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, RowSet, register_policies
from abierto.tenancy.scopes import own_rows

from .models import Redaction
from .services import visible_redactions
from .views import (
    RedactionChoiceView,
    RedactionCreateView,
    RedactionDeleteView,
    RedactionDetailView,
    RedactionFileView,
    RedactionListView,
)

URLS = [
    path("", RedactionListView.as_view(), name="list"),
    path("nuevo/", RedactionCreateView.as_view(), name="create"),
    path("pagina/<int:page_id>/", RedactionCreateView.as_view(), name="create_for_page"),
    path("<int:pk>/elegir/", RedactionChoiceView.as_view(), name="choose"),
    path("<int:pk>/", RedactionDetailView.as_view(), name="detail"),
    path("<int:pk>/archivo/", RedactionFileView.as_view(), name="file"),
    path("<int:pk>/borrar/", RedactionDeleteView.as_view(), name="delete"),
]


def narrow(queryset: QuerySet[Redaction], user: RequestUser) -> QuerySet[Redaction]:
    """Filter the redactions that ``user`` may open; the state team sees none of other spaces."""
    if not isinstance(user, User):
        return queryset.none()
    return queryset.filter(pk__in=visible_redactions(user).values("pk"))


ROWS = {"pk": RowSet(lambda: Redaction, narrow)}

register_branches({Redaction: own_rows})
register_policies(
    {
        "redactions:list": AddressPolicy(Reach.OWN_VIEW),
        "redactions:create": AddressPolicy(Reach.OWN_VIEW),
        "redactions:create_for_page": AddressPolicy(Reach.OWN_VIEW),
        **{
            f"redactions:{name}": AddressPolicy(Reach.OWN_VIEW, ROWS)
            for name in ("choose", "detail", "file", "delete")
        },
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of redactions."""
    return [path("trabajo/ocultar/", include((URLS, "redactions")))]


@hooks.register("register_team_menu_item")
def redactions_menu_item() -> MenuItem:
    """Link to the list of redactions in the team menu."""
    return MenuItem(
        _("Ocultar datos personales"),
        reverse_lazy("redactions:list"),
        name="ocultar",
        icon_name="view",
        order=4,
    )


@hooks.register("register_page_header_buttons")
def add_helper_button(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """Add a button that starts a redaction for a page which the user may edit."""
    if page.permissions_for_user(user).can_edit():
        address = reverse("redactions:create_for_page", args=[page.pk])
        yield Button(_("Ocultar datos personales"), url=address, icon_name="view", priority=96)
