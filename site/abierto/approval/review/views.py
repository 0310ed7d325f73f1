"""The review screen: the public version beside the new one, comments, and the two decisions."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.approval.models.task import APPROVE, RETURN
from abierto.approval.overrides.withdrawals import find_withdrawal_url

from . import decisions
from .comments import actions as comment_actions
from .comments.threads import has_open_comments, load_threads
from .comparison import compare_versions, load_live_version
from .eligibility import find_approval_refusal
from .forms import OPEN_COMMENTS_ERROR, ApprovalForm, ReturnForm, StepForm
from .plain_language import compare_plain_language
from .reviewed_warnings import load_reviewed_warnings
from .steps import load_step

# Both forms are on one screen and have a comment field: each label needs its own id.
IDS = {APPROVE: "aprobar-%s", RETURN: "devolver-%s"}

COMPONENTS_HOOK = "review_components"
"""Hook called with a review, its draft and the public version; returns a component below the changes."""


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Show one review to a reviewer of its step, and record the decision."""

    template_name = "approval/review.html"
    page_title = gettext_lazy("Revisión")
    header_icon = "clipboard-list"

    @cached_property
    def state(self) -> TaskState:
        states = TaskState.objects.select_related("revision__user", "workflow_state__requested_by", "task")
        return get_object_or_404(states, pk=self.kwargs["task_state_id"])

    @cached_property
    def task(self) -> ReviewTask:
        """Return the task; 404 unless the user reviews at this step."""
        task = self.state.task.specific
        if not isinstance(task, ReviewTask) or not task._user_in_groups(self.request.user):
            raise Http404
        return task

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the review while it is open and its version is the current one."""
        self.check_is_reviewer()
        decisions.check_open(self.state)
        decisions.check_reviewed_version(
            self.state, request.GET.get("leido") or decisions.build_token(self.state.revision)
        )
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision, or show its form again with the errors."""
        if request.POST.get("action") in comment_actions.ACTIONS:
            return self.comment(request)
        action = APPROVE if request.POST.get("action") == APPROVE else RETURN
        form = self.task.get_form_for_action(action)(request.POST, auto_id=IDS[action])
        if action == APPROVE and not self.confirms_open_comments(request):
            form.add_error(None, OPEN_COMMENTS_ERROR)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{f"{action}_form": form}))
        step = load_step(self.state)
        self.task.on_action(self.state, request.user, action, **form.cleaned_data)
        title = get_latest_str(self.state.revision.content_object)
        if action == RETURN:
            done = _("Devolviste «%(title)s» con tu comentario.")
        elif step.is_last:
            done = _("Aprobaste «%(title)s».")
        else:
            done = _("Aprobaste «%(title)s». Todavía no es público: ahora decide «%(next)s».")
        messages.success(request, done % {"title": title, "next": step.next_name})
        return redirect("wagtailadmin_home")

    def comment(self, request: HttpRequest) -> HttpResponse:
        """Handle a comment, reply or resolution, and show the review again."""
        self.check_is_reviewer()
        form = comment_actions.handle_comment(request, self.state)
        if form is None:
            return redirect("approval:review", task_state_id=self.state.pk)
        return self.render_to_response(self.get_context_data(bound_form=form))

    def check_is_reviewer(self) -> None:
        """Respond 404 unless the user reviews at this step."""
        _ = self.task

    def confirms_open_comments(self, request: HttpRequest) -> bool:
        """Check that no comment is open, or that the reviewer confirmed the open ones."""
        subject = self.state.revision.content_object
        is_page = isinstance(subject, Page)
        return not is_page or bool(request.POST.get("with_open")) or not has_open_comments([subject.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        title = get_latest_str(self.state.revision.content_object)
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title, "sublabel": title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject, draft = self.state.revision.content_object, self.state.revision.as_object()
        live = load_live_version(self.state.revision)
        step = load_step(self.state)
        approval = ApprovalForm if step.is_last else StepForm
        components = (make(self.state, draft, live) for make in hooks.get_hooks(COMPONENTS_HOOK))
        context: dict[str, Any] = {
            "components": [component for component in components if component is not None],
            "changes": compare_versions(live, draft, self.user),
            "warnings": load_reviewed_warnings(draft),
            "plain_language": compare_plain_language(live, draft),
            "threads": load_threads(self.state, draft, kwargs.pop("bound_form", None)),
            "task_state": self.state,
            "subject": subject,
            "effects": getattr(draft, "publication_effects", list)() if step.is_last else [],
            "approval_refusal": find_approval_refusal(self.state, self.user),
            "step": step,
            "approve_form": approval(auto_id=IDS[APPROVE]),
            "reject_form": ReturnForm(auto_id=IDS[RETURN]),
            "page_subtitle": get_latest_str(subject),
            "withdrawal_url": find_withdrawal_url(subject, self.user),
        }
        return super().get_context_data(**(context | kwargs))

    @property
    def user(self) -> User:
        return cast(User, self.request.user)


class ReviewMenuItemMixin:
    """Action menu item that links an edit form to the review screen, for pages and snippets."""

    name = "action-review"
    label = gettext_lazy("Revisar y decidir")
    icon_name = "clipboard-list"
    #: The form attribute with the edited object.
    subject = "page"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show the item wherever the admin would show its own buttons."""
        return bool(context["view"] == "edit")

    def get_url(self, parent_context: dict[str, Any]) -> str:
        state = parent_context[self.subject].current_workflow_task_state
        return reverse("approval:review", args=[state.pk])
