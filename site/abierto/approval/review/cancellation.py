"""The screen that asks before a review is cancelled."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState, WorkflowState

OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


class CancelReviewView(WagtailAdminTemplateMixin, TemplateView):
    """Ask, then cancel a review; the draft stays as it was submitted."""

    template_name = "approval/cancel_review.html"
    page_title = gettext_lazy("Cancelar la revisión")
    header_icon = "error"

    @cached_property
    def state(self) -> TaskState:
        states = TaskState.objects.select_related("revision", "workflow_state__requested_by")
        return get_object_or_404(states, pk=self.kwargs["task_state_id"])

    @cached_property
    def subject(self) -> Any:
        return self.state.revision.content_object

    @cached_property
    def edit_url(self) -> str:
        """Return the address of the edit form; 404 unless the user may edit there."""
        url = AdminURLFinder(self.request.user).get_edit_url(self.subject)
        if url is None:
            raise Http404
        return str(url)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Go back to the form if the review has ended or passed on; 404 unless the user may cancel it."""
        review, address = self.state.workflow_state, self.edit_url
        if review.status not in OPEN or review.current_task_state_id != self.state.pk:
            messages.warning(request, _("Esta revisión ya no está abierta. No cambió nada."))
            return redirect(address)
        if not review.user_can_cancel(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.state.workflow_state.cancel(user=request.user)
        sentence = _("Cancelaste la revisión de «%(title)s». Es otra vez un borrador.")
        messages.success(request, sentence % {"title": get_latest_str(self.subject)})
        return redirect(self.edit_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = get_latest_str(self.subject)
        return super().get_context_data(edit_url=self.edit_url, page_subtitle=title, **kwargs)
