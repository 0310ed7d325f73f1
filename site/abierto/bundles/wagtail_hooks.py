"""Bundles in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from . import isolation, urls  # noqa: F401 (registers the policies)
from .locks import check_not_in_bundle, find_pages_of_bundle
from .schedule import ACTION as DATE_CHANGED
from .schedule import DateChangeFormatter, iter_publish_groups
from .views import FailedBundlesPanel

hooks.register("check_review_decision", check_not_in_bundle)
hooks.register("pages_decided_together", find_pages_of_bundle)
hooks.register("scheduled_together", iter_publish_groups)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of bundles."""
    return [path("trabajo/paquetes/", include(urls, namespace="bundles"))]


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
