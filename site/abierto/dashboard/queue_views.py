"""«Por revisar»: the reviewer's queue, and its first rows on the front page of the administration."""

from typing import Any, cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.models import TaskState

from abierto.accounts.models import User
from abierto.approval.review.space_index import space_index_for

from .columns import QUEUE_COLUMNS
from .filters import QueueFilter
from .queue import is_late, review_address, waiting_for, with_details
from .reviewer_summary import address_of, summarize_for_reviewer

SHOWN_IN_PANEL = 5


class ReviewPaginator(WagtailPaginator):
    """Counts reviews: to people Wagtail's «task states» are that."""

    verbose_name = _("revisión")
    verbose_name_plural = _("revisiones")


class QueueView(BaseListingView):
    """The reviews that wait for one person, oldest first. A fixed number of queries, whatever waits."""

    page_title = _("Por revisar")
    header_icon = "clipboard-list"
    index_url_name = "dashboard:queue"
    index_results_url_name = "dashboard:queue_results"
    columns = QUEUE_COLUMNS
    filterset_class = QueueFilter
    paginate_by = 30
    paginator_class = ReviewPaginator
    no_results_message = _("Nada espera tu revisión.")

    def get_base_queryset(self) -> QuerySet[TaskState]:
        """Return what waits for whoever looks."""
        return with_details(waiting_for(cast(User, self.request.user)))


class QueuePanel(Component):
    """The oldest reviews that wait for the person; while none does, what she reviews and what comes next."""

    name = "dashboard_queue"
    order = 90
    template_name = "dashboard/queue_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Read the oldest ones."""
        request = parent_context["request"]
        waiting = waiting_for(request.user)
        oldest = list(with_details(waiting)[:SHOWN_IN_PANEL])
        for review in oldest:
            review.late, review.address = is_late(review), review_address(review)
        total = len(oldest) if len(oldest) < SHOWN_IN_PANEL else waiting.order_by().count()
        rest = None if oldest else summarize_for_reviewer(request.user, space_index_for(request))
        return {
            "reviews": oldest,
            "total": total,
            "queue_url": reverse("dashboard:queue"),
            "rest": rest,
            "decided": [(one, address_of(one)) for one in rest.decided] if rest else [],
        }
