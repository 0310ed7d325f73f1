"""Delegations in Wagtail's admin."""

from django.db.models import Q, QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.accounts.models import User
from abierto.approval.models.stand_in import ABSENT_HOOK, DELEGATORS_HOOK
from abierto.tenancy.access import own_people, register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.models import Space

from .models import Delegation
from .services import find_absent_reviewer_ids, find_delegator_ids
from .views import DelegationCreateView, DelegationEndView, DelegationListView

hooks.register(DELEGATORS_HOOK, find_delegator_ids)
hooks.register(ABSENT_HOOK, find_absent_reviewer_ids)


URLS = [
    path("", DelegationListView.as_view(), name="list"),
    path("nueva/", DelegationCreateView.as_view(), name="create"),
    path("<int:pk>/terminar/", DelegationEndView.as_view(), name="end"),
]


def own_delegations(spaces: list[Space]) -> Q:
    """Delegations in which a person of the spaces is the absent reviewer or the deputy."""
    people: QuerySet[User] = User.objects.filter(own_people(spaces)).order_by()
    return Q(absent__in=people.values("pk")) | Q(deputy__in=people.values("pk"))


register_branches({Delegation: own_delegations})

register_policies(
    {
        "delegation:list": AddressPolicy(Reach.OWN_VIEW),
        "delegation:create": AddressPolicy(Reach.OWN_VIEW),
        "delegation:end": AddressPolicy(Reach.OWN_VIEW, {"pk": row_sets.rows_in_scope(Delegation)}),
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of delegations."""
    return [path("trabajo/delegaciones/", include((URLS, "delegation")))]


@hooks.register("register_team_menu_item")
def delegations_menu_item() -> MenuItem:
    """Link to the list of delegations."""
    return MenuItem(
        _("Delegaciones"), reverse_lazy("delegation:list"), name="delegaciones", icon_name="group", order=2
    )
