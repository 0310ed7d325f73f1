"""Filter sets of Wagtail's listings, limited to choices that occur in the user's rows."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.admin.views.reports.audit_logging import SiteHistoryReportFilterSet
from wagtail.admin.views.reports.locked_pages import LockedPagesReportFilterSet
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, WorkflowTasksReportFilterSet
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, PageLogEntry, Site, Task, Workflow, WorkflowState

from abierto.accounts.models import User
from abierto.tenancy.access import scope, sees_everything
from abierto.tenancy.isolation.row_sets import filter_colleagues


def find_known_users(request: HttpRequest, keys: QuerySet[Any]) -> QuerySet[User]:
    """Return the users with these keys that the current user may know of."""
    named: QuerySet[User] = filter_colleagues(User.objects.filter(pk__in=keys), request.user).order_by(
        "username"
    )
    return named


class ScopedGenericPageFilterSet(GenericPageFilterSet):
    """Owners, editors and sites of the pages in scope only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.request
        if sees_everything(request.user):
            return
        own = scope(Page.objects.order_by(), request.user)
        # Not by the index of the action: every space has thousands of edits.
        logs = PageLogEntry.objects.annotate(kind=Coalesce("action", Value(""))).order_by()
        edits = logs.filter(kind="wagtail.edit", page__in=own.values("pk"))
        self.filters["owner"].queryset = find_known_users(request, own.values("owner"))
        self.filters["edited_by"].queryset = find_known_users(request, edits.values("user"))
        self.filters["site"].queryset = scope(Site.objects.order_by("hostname", "port"), request.user)


class ScopedLockedPagesFilterSet(LockedPagesReportFilterSet):
    """Users who locked pages in scope only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locked = scope(Page.objects.filter(locked=True).order_by(), self.request.user)
        self.filters["locked_by"].queryset = find_known_users(self.request, locked.values("locked_by"))


class ScopedWorkflowFilterSet(WorkflowReportFilterSet):
    """Workflows and requesters in scope only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.request.user
        reviews = scope(WorkflowState.objects.order_by(), user)
        self.filters["workflow"].queryset = scope(Workflow.objects.order_by("name", "pk"), user)
        self.filters["requested_by"].queryset = find_known_users(self.request, reviews.values("requested_by"))


class ScopedWorkflowTasksFilterSet(WorkflowTasksReportFilterSet):
    """Workflows and tasks in scope only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.request.user
        self.filters["workflow"].queryset = scope(Workflow.objects.order_by("name", "pk"), user)
        self.filters["task"].queryset = scope(Task.objects.order_by("name", "pk"), user)


def log_entries_in_scope(user: Any) -> list[Any]:
    """Return the entries in scope of each log model."""
    models = log_registry.get_log_entry_models()
    return [scope(model.objects.viewable_by_user(user), user) for model in models]


class ScopedSiteHistoryFilterSet(SiteHistoryReportFilterSet):
    """Users, content types and actions of the entries in scope only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["object_type"].queryset = ContentType.objects.filter(
            pk__in={
                key for logs in log_entries_in_scope(self.request.user) for key in logs.get_content_type_ids()
            }
        ).order_by("model")

    def get_action_choices(self) -> list[tuple[str, Any]]:
        found = {action for logs in log_entries_in_scope(self.request.user) for action in logs.get_actions()}
        return [action for action in log_registry.get_choices() if action[0] in found]

    def get_users_queryset(self) -> QuerySet[User]:
        keys = {key for logs in log_entries_in_scope(self.request.user) for key in logs.get_user_ids()}
        return filter_colleagues(User.objects.filter(pk__in=keys), self.request.user).order_by("username")
