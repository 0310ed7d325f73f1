"""Bundles in Wagtail's admin."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from abierto.accounts.models import User
from abierto.tenancy.access import own_people, register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.models import Space
from abierto.tenancy.scopes import by_page

from .locks import check_not_in_bundle, find_pages_of_bundle
from .models import Bundle, BundleDecision, BundleItem
from .schedule import ACTION as DATE_CHANGED
from .schedule import DateChangeFormatter, iter_publish_groups
from .views import BundleCreateView, BundleListView, BundleView, FailedBundlesPanel

hooks.register("check_review_decision", check_not_in_bundle)
hooks.register("pages_decided_together", find_pages_of_bundle)
hooks.register("scheduled_together", iter_publish_groups)


URLS = [
    path("", BundleListView.as_view(), name="list"),
    path("nuevo/", BundleCreateView.as_view(), name="create"),
    path("<int:pk>/", BundleView.as_view(), name="detail"),
]


def own_bundles(spaces: list[Space]) -> Q:
    """Bundles with some page of the spaces, and empty bundles created by their people."""
    items = BundleItem.objects.filter(by_page()(spaces)).order_by()
    people = User.objects.filter(own_people(spaces)).order_by()
    return Q(pk__in=items.values("bundle")) | Q(created_by__in=people.values("pk"), items__isnull=True)


register_branches({Bundle: own_bundles, BundleItem: by_page(), BundleDecision: by_page("item__page")})

register_policies(
    {
        "bundles:list": AddressPolicy(Reach.OWN_VIEW),
        "bundles:create": AddressPolicy(Reach.OWN_VIEW, fields={"plan": row_sets.PAGES}),
        "bundles:detail": AddressPolicy(Reach.OWN_VIEW, {"pk": row_sets.rows_in_scope(Bundle)}),
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of bundles."""
    return [path("trabajo/paquetes/", include((URLS, "bundles")))]


@hooks.register("register_team_menu_item")
def bundles_menu_item() -> MenuItem:
    """Link to the list of bundles."""
    return MenuItem(_("Paquetes"), reverse_lazy("bundles:list"), name="paquetes", icon_name="copy", order=1)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Register the log message for a changed date of a bundle."""
    actions.register_action(DATE_CHANGED)(DateChangeFormatter)


@hooks.register("construct_homepage_panels")
def show_failed_bundles(request: HttpRequest, panels: list[Component]) -> None:
    """Add the dashboard panel of bundles that failed on their date."""
    panels.append(FailedBundlesPanel())
