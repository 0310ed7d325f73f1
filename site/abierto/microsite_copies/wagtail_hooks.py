"""Copies of microsites in Wagtail's admin."""

from typing import cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.accounts.models import User
from abierto.tenancy.access import RequestUser, administers, register_branches, sees_everything
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, RowSet, register_policies
from abierto.tenancy.models import Space

from .models import MicrositeCopy
from .services import find_copies
from .views import CopiesView, DownloadView

URLS = [
    path("", CopiesView.as_view(), name="list"),
    path("<int:pk>/", DownloadView.as_view(), name="download"),
]


def own_copies(spaces: list[Space]) -> Q:
    return Q(holder__in=[space.pk for space in spaces])


def narrow_copies(queryset: QuerySet[MicrositeCopy], user: RequestUser) -> QuerySet[MicrositeCopy]:
    """Leave only the copies of municipalities that the user administers."""
    if not isinstance(user, User):
        return queryset.none()
    return queryset.filter(pk__in=find_copies(user).order_by().values("pk"))


register_branches({MicrositeCopy: own_copies})
register_policies(
    {
        "microsite_copies:list": AddressPolicy(Reach.OWN_VIEW),
        "microsite_copies:download": AddressPolicy(
            Reach.OWN_VIEW, {"pk": RowSet(lambda: MicrositeCopy, narrow_copies)}
        ),
    }
)


class CopiesMenuItem(MenuItem):
    """Link to the copies, for administrators of municipalities and for the state team."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = cast(User, request.user)
        return sees_everything(user) or administers(user, SpaceKind.MUNICIPALITY)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the copies."""
    return [path("copias/", include((URLS, "microsite_copies")))]


@hooks.register("register_team_menu_item")
def register_copies_item() -> MenuItem:
    return CopiesMenuItem(
        _("Copia del micrositio"),
        reverse_lazy("microsite_copies:list"),
        name="copias",
        icon_name="download",
        order=6,
    )
