"""What the addresses of the work around reviews may reach, and whose its rows are."""

from django.db.models import Q, QuerySet
from wagtail.models import Revision, TaskState, WorkflowState

from abierto.accounts.models import User
from abierto.approval.models import SubmissionNote
from abierto.bundles.models import Bundle, BundleDecision, BundleItem
from abierto.deadlines.models import ReviewNotice
from abierto.delegation.models import Delegation
from abierto.guest_links.models import GuestLink
from abierto.tenancy.access import own_people, register_branches
from abierto.tenancy.isolation import row_sets as rows
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.models import Space
from abierto.tenancy.scopes import of_own_pages, within


def own_delegations(spaces: list[Space]) -> Q:
    """Delegations of the people of the spaces, as absent or as deputy."""
    people: QuerySet[User] = User.objects.filter(own_people(spaces)).order_by()
    return Q(absent__in=people.values("pk")) | Q(deputy__in=people.values("pk"))


def own_bundles(spaces: list[Space]) -> Q:
    """Bundles with some page of the spaces, and those of their people that hold none any more."""
    items = BundleItem.objects.filter(of_own_pages()(spaces)).order_by()
    people = User.objects.filter(own_people(spaces)).order_by()
    return Q(pk__in=items.values("bundle")) | Q(created_by__in=people.values("pk"), items__isnull=True)


register_branches(
    {
        Bundle: own_bundles,
        BundleItem: of_own_pages(),
        BundleDecision: of_own_pages("item__page"),
        Delegation: own_delegations,
        GuestLink: within("revision", Revision),
        ReviewNotice: within("task_state", TaskState),
        SubmissionNote: within("workflow_state", WorkflowState),
    }
)

OWN_VIEW = AddressPolicy(Reach.OWN_VIEW)

register_policies(
    {
        **dict.fromkeys(
            (
                "bundles:list",
                "deadlines:calendars",
                "delegation:create",
                "delegation:list",
                "guest_links:list",
                "dashboard:pending",
                "bundles:create",
                "guest_links:create",
                "dashboard:queue",
                "dashboard:queue_results",
            ),
            OWN_VIEW,
        ),
        **dict.fromkeys(
            ("deadlines:calendar", "deadlines:calendar_file"),
            AddressPolicy(Reach.OWN_VIEW, {"plan_id": rows.BROWSABLE_PAGES}),
        ),
        "bundles:detail": AddressPolicy(Reach.OWN_VIEW, {"pk": rows.of(Bundle)}),
        "delegation:end": AddressPolicy(Reach.OWN_VIEW, {"pk": rows.of(Delegation)}),
        "guest_links:revoke": AddressPolicy(Reach.OWN_VIEW, {"pk": rows.of(GuestLink)}),
        **dict.fromkeys(("dashboard:space_steps", "dashboard:steps"), AddressPolicy(Reach.STATE_ONLY)),
    }
)
