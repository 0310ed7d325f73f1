"""What the addresses of the work around reviews may reach, and whose its rows are."""

from django.db.models import Q, QuerySet
from wagtail.models import Revision, TaskState, WorkflowState

from abierto.accounts.models import User
from abierto.tenancy.access import own_people, register_branches
from abierto.tenancy.branches import of_own_pages, within
from abierto.tenancy.isolation import rows
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.models import Space

from .models import (
    Bundle,
    BundleItem,
    BundleWord,
    Delegation,
    GuestLink,
    ReviewNotice,
    SubmissionNote,
)


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
        BundleWord: of_own_pages("item__page"),
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
                "reviewing:bundles",
                "reviewing:calendars",
                "reviewing:delegate",
                "reviewing:delegations",
                "reviewing:guests",
                "reviewing:missing",
                "reviewing:new_bundle",
                "reviewing:new_guest",
                "reviewing:queue",
                "reviewing:queue_results",
            ),
            OWN_VIEW,
        ),
        **dict.fromkeys(
            ("reviewing:calendar", "reviewing:calendar_file"),
            AddressPolicy(Reach.OWN_VIEW, {"plan_id": rows.BROWSABLE_PAGES}),
        ),
        "reviewing:bundle": AddressPolicy(Reach.OWN_VIEW, {"pk": rows.of(Bundle)}),
        "reviewing:end_delegation": AddressPolicy(Reach.OWN_VIEW, {"pk": rows.of(Delegation)}),
        "reviewing:revoke_guest": AddressPolicy(Reach.OWN_VIEW, {"pk": rows.of(GuestLink)}),
        **dict.fromkeys(("reviewing:space_steps", "reviewing:steps"), AddressPolicy(Reach.STATE_ONLY)),
    }
)
