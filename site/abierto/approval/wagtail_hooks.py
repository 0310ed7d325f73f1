"""Four eyes in Wagtail's admin."""

from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, TaskState, WorkflowState

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .concurrency.deletions import check_deletion
from .confirmations.scanned_version import describe_private_draft
from .confirmations.services import ACTION as WARNINGS_CONFIRMED
from .confirmations.services import ConfirmationFormatter
from .conflicts.responses import handle_save
from .mixins import FourEyesMixin
from .models import ReviewTask

# Imported for the hooks that they register: Wagtail imports only modules named ``wagtail_hooks``.
from .overrides import emergency_views, withdrawal_hooks  # noqa: F401
from .review.action_menu import PageCancelMenuItem, PageSendMenuItem, arrange_actions
from .review.cancellation import CancelReviewView
from .review.comments.content_paths import build_path_labels
from .review.comments.panels import MentionsPanel
from .review.comments.threads import load_open_comments
from .review.sharing import PREVIEW_POLICY, REVIEW_POLICY
from .review.views import ReviewMenuItemMixin, ReviewView
from .roles import views as role_views  # noqa: F401
from .scheduling import ACTION as SCHEDULE_FAILED
from .scheduling import ScheduleFailureFormatter

register_policies(
    {
        **dict.fromkeys(
            (
                "approval_emergency",
                "approval:cancel",
                "approval_edit_string",
                "approval_edit_override",
            ),
            AddressPolicy(Reach.IDS_CHECKED),
        ),
        "approval:review": REVIEW_POLICY,
        "wagtailadmin_pages:workflow_preview": PREVIEW_POLICY,
        "approval_roles": AddressPolicy(Reach.STATE_ONLY),
    }
)

urls = (
    [
        path("revision/<int:task_state_id>/", ReviewView.as_view(), name="review"),
        path("revision/<int:task_state_id>/cancelar/", CancelReviewView.as_view(), name="cancel"),
    ],
    "approval",
)


class PageReviewMenuItem(ReviewMenuItemMixin, ActionMenuItem):
    """A menu item that opens the review of a page from its editor."""


@hooks.register("register_admin_urls")
def register_review_url() -> list[URLPattern | URLResolver]:
    """Add the URLs of the review."""
    return [path("aprobacion/", include(urls, namespace="approval"))]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Register the log messages of failed publication dates and of confirmed warnings."""
    actions.register_action(SCHEDULE_FAILED)(ScheduleFailureFormatter)
    actions.register_action(WARNINGS_CONFIRMED)(ConfirmationFormatter)


@hooks.register("insert_global_admin_css")
def insert_review_css() -> SafeString:
    """Add the styles of the comparison, which also appears in a modal, a conflict and a bundle."""
    return format_html('<link rel="stylesheet" href="{}">', static("review.css"))


@hooks.register("insert_global_admin_js")
def insert_refusals_js() -> SafeString:
    """Load the script that shows refused input where Wagtail's scripts show nothing."""
    return format_html('<script src="{}" defer></script>', static("refusals.js"))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def warn_without_reviewers(request: HttpRequest, subject: Any) -> None:
    """Warn after submitting if no active account is in the groups of the step."""
    if "action-submit" not in request.POST:
        return
    # From the database: the object was loaded, with its reviews, before the submission.
    tasks = TaskState.objects.for_instance(subject).filter(status=TaskState.STATUS_IN_PROGRESS)
    task = ReviewTask.objects.filter(task_states__in=tasks).first()
    if task is not None and not task.has_reviewers():
        sentence = gettext(
            "Quedó enviado, pero el grupo que lo revisa no tiene a nadie. Avisa al equipo estatal."
        )
        messages.warning(request, sentence)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def warn_of_private_draft(request: HttpRequest, subject: Any) -> None:
    """Warn after a draft was saved with data that block publication; submissions were refused before."""
    if "action-submit" in request.POST or not isinstance(subject, FourEyesMixin):
        return
    sentence = describe_private_draft(cast(Model, subject))
    if sentence:
        messages.warning(request, sentence)


@hooks.register("insert_editor_js")
def insert_saving_js() -> SafeString:
    """Load the script that delays manual saves during an autosave and keeps an unfinished comment."""
    return format_html('<script src="{}" defer></script>', static("saving.js"))


@hooks.register("construct_page_action_menu")
def replace_workflow_items(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Link to the review screen instead of deciding in the edit form.

    The form saves first, and the reviewer would become an author.
    """
    page = context.get("page")
    task = page.current_workflow_task if page else None
    if not isinstance(task, ReviewTask):
        return
    items[:] = [item for item in items if not isinstance(item, WorkflowMenuItem)]
    if task.get_actions(page, request.user):
        items.insert(0, PageReviewMenuItem(order=0))


@hooks.register("construct_page_action_menu", order=200)
def arrange_page_actions(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Arrange the submit and cancel actions after all other hooks."""
    arrange_actions(items, PageSendMenuItem, PageCancelMenuItem)


@hooks.register("construct_homepage_panels")
def show_mentions(request: HttpRequest, panels: list[Component]) -> None:
    """Add the dashboard panel of comments that mention the current user."""
    panels.append(MentionsPanel())


@hooks.register("before_edit_page")
def show_open_comments(request: HttpRequest, page: Page) -> None:
    """List the open comments above the form: some are on fields without a comment button."""
    comments = load_open_comments(page) if request.method == "GET" else []
    if not comments:
        return
    labels = build_path_labels(
        page.get_latest_revision_as_object(), (comment.contentpath for comment in comments)
    )
    lines = [
        format_html("<strong>{}</strong>: «{}»", labels[comment.contentpath], comment.text)
        for comment in comments
    ]
    heading = ngettext("Un comentario abierto:", "%(total)s comentarios abiertos:", len(lines))
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    messages.info(request, format_html("{}<ul>{}</ul>", heading % {"total": len(lines)}, items))


# Before wagtail-localize's hook, which responds itself for pages with its own editor.
@hooks.register("before_edit_page", order=-1)
def show_return_reason(request: HttpRequest, page: Page) -> None:
    """Show the reviewer's reasons above the form; Wagtail shows them only in the history."""
    review = page.current_workflow_state if request.method == "GET" else None
    if review is None or review.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    returned = review.current_task_state
    if returned is not None and returned.comment:
        sentence = gettext("Lo devolvió %(who)s: «%(comment)s» Corrige y envía otra vez.")
        who = returned.finished_by.public_name if returned.finished_by else gettext("quien revisa")
        messages.warning(request, sentence % {"who": who, "comment": returned.comment})


# After wagtail-localize's hook, which responds itself for pages with its own editor.
@hooks.register("before_edit_page", order=100)
@hooks.register("before_edit_snippet", order=100)
def check_before_saving(request: HttpRequest, subject: Any) -> HttpResponse | None:
    """Refuse a stale save, under the tree lock."""
    return handle_save(request, subject)


@hooks.register("before_delete_page")
def check_page_deletion(request: HttpRequest, page: Page) -> None:
    """Refuse the deletion if pages were added below meanwhile."""
    if request.method == "POST":
        check_deletion(request, [page])


@hooks.register("before_bulk_action")
def check_bulk_deletion(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Refuse a bulk deletion if pages were added below meanwhile."""
    if action_type == "delete" and issubclass(action.model, Page):
        check_deletion(request, objects)
