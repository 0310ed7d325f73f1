"""The reviewer's queue, the pending work and the review steps in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import TaskState, WorkflowState

from abierto.approval.errors import ReviewRefused
from abierto.approval.models import SubmissionNote
from abierto.approval.models.task import APPROVE
from abierto.approval.review.notes import save_note_from_request
from abierto.tenancy.access import register_branches, sees_everything, spaces_of
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.scopes import by_foreign_key

from .grid import CommitmentGridView
from .manual import ManualView, has_manual, serve_image
from .portal_steps import PortalStepsPanel
from .tour import TourPanel, dismiss_tour
from .views import PendingPanel, PendingView, QueuePanel, QueueView, SpaceStepsView, StepsView


@hooks.register("check_review_decision")
def check_date_of_review(task_state: TaskState, user: Any, action: str) -> None:
    """Refuse to approve content whose publication date passed during the review.

    A date in the past at the submission belongs to an earlier version and blocks nothing.
    """
    if action != APPROVE:
        return
    date = task_state.revision.content.get("go_live_at")
    planned = parse_datetime(date) if isinstance(date, str) else date
    if planned is not None and task_state.workflow_state.created_at < planned <= timezone.now():
        raise ReviewRefused(
            gettext("La fecha prevista para publicarlo ya pasó. Devuélvelo para que pongan otra.")
        )


URLS = [
    path("por-revisar/", QueueView.as_view(), name="queue"),
    path("por-revisar/resultados/", QueueView.as_view(results_only=True), name="queue_results"),
    path("que-me-falta/", PendingView.as_view(), name="pending"),
    path("mis-compromisos/", CommitmentGridView.as_view(), name="grid"),
    path("manual/", ManualView.as_view(), name="manual_index"),
    path("manual/<slug:chapter>/", ManualView.as_view(), name="manual"),
    path("manual/imagen/<str:name>/", serve_image, name="manual_image"),
    path("primer-dia/cerrar/", dismiss_tour, name="dismiss_tour"),
    path("pasos/", StepsView.as_view(), name="steps"),
    path("pasos/<int:pk>/", SpaceStepsView.as_view(), name="space_steps"),
]

register_branches({SubmissionNote: by_foreign_key("workflow_state", WorkflowState)})

register_policies(
    {
        **dict.fromkeys(
            (
                "dashboard:queue",
                "dashboard:queue_results",
                "dashboard:pending",
                "dashboard:grid",
                "dashboard:dismiss_tour",
            ),
            AddressPolicy(Reach.OWN_VIEW),
        ),
        **dict.fromkeys(
            ("dashboard:manual_index", "dashboard:manual", "dashboard:manual_image"),
            AddressPolicy(Reach.NO_TENANT_DATA),
        ),
        **dict.fromkeys(("dashboard:steps", "dashboard:space_steps"), AddressPolicy(Reach.STATE_ONLY)),
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the dashboard."""
    return [path("trabajo/", include((URLS, "dashboard")))]


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    """Link to the reviewer's queue."""
    return MenuItem(
        _("Por revisar"),
        reverse_lazy("dashboard:queue"),
        name="por-revisar",
        icon_name="clipboard-list",
        order=20,
    )


@hooks.register("register_admin_menu_item")
def pending_menu_item() -> MenuItem:
    """Link to the pending work."""
    return MenuItem(
        _("Qué me falta"), reverse_lazy("dashboard:pending"), name="que-me-falta", icon_name="tasks", order=21
    )


@hooks.register("register_admin_menu_item")
def team_menu_item() -> SubmenuMenuItem:
    """Group the menu items that the apps register with ``register_team_menu_item``."""
    menu = Menu(register_hook_name="register_team_menu_item")
    return SubmenuMenuItem(_("En equipo"), menu, name="en-equipo", icon_name="group", order=180)


class StateMenuItem(MenuItem):
    """A menu item for the administrators of the state's space."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Check the permission to change the deadlines; the permissions are cached on the user."""
        return request.user.has_perm("deadlines.change_deadlinesettings")


@hooks.register("register_settings_menu_item")
def steps_menu_item() -> MenuItem:
    """Link to the review steps of each space."""
    return StateMenuItem(
        _("Pasos de la revisión"),
        reverse_lazy("dashboard:steps"),
        name="pasos-de-la-revision",
        icon_name="clipboard-list",
        order=310,
    )


#: Wagtail's entries of the help menu, which lead to sites in English, by the beginning of their names.
ENGLISH_HELP = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("construct_help_menu")
def offer_manual(request: HttpRequest, items: list[MenuItem]) -> None:
    """Replace Wagtail's links to English sites by the manual."""
    items[:] = [item for item in items if not item.name.startswith(ENGLISH_HELP)]
    if has_manual():
        manual = MenuItem(
            _("Manual del portal"),
            reverse_lazy("dashboard:manual_index"),
            name="manual",
            icon_name="help",
            order=1,
        )
        items.insert(0, manual)


#: Lists of what only the state and the municipalities have.
NOT_OF_INSTITUTIONS = frozenset({"reports", "sessions"})


@hooks.register("construct_main_menu")
def hide_empty_lists(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out the lists that are empty for the people of institutions: plans' reports and sessions."""
    if sees_everything(request.user) or any(
        space.kind != SpaceKind.INSTITUTION for space in spaces_of(request.user)
    ):
        return
    items[:] = [item for item in items if getattr(item, "url", "") not in _empty_list_urls()]


def _empty_list_urls() -> set[str]:
    return {reverse(f"{name}:index") for name in NOT_OF_INSTITUTIONS}


@hooks.register("construct_homepage_panels")
def replace_review_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Replace Wagtail's panel, which loads every review in progress, by ours."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels += [PortalStepsPanel(), TourPanel(), PendingPanel(), QueuePanel()]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def save_submission_note(request: HttpRequest, subject: Any) -> None:
    """Save the author's note that was submitted with the form."""
    save_note_from_request(request, subject)
