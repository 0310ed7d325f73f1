"""The space of each row in the admin URLs of delegations."""

from django.db.models import Q, QuerySet

from abierto.accounts.models import User
from abierto.tenancy.access import own_people, register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.models import Space

from .models import Delegation


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
