"""The space of each row in the admin URLs of bundles."""

from django.db.models import Q

from abierto.accounts.models import User
from abierto.tenancy.access import own_people, register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.models import Space
from abierto.tenancy.scopes import by_page

from .models import Bundle, BundleDecision, BundleItem


def own_bundles(spaces: list[Space]) -> Q:
    """Bundles with some page of the spaces, and empty bundles created by their people."""
    items = BundleItem.objects.filter(by_page()(spaces)).order_by()
    people = User.objects.filter(own_people(spaces)).order_by()
    return Q(pk__in=items.values("bundle")) | Q(created_by__in=people.values("pk"), items__isnull=True)


register_branches({Bundle: own_bundles, BundleItem: by_page(), BundleDecision: by_page("item__page")})

register_policies(
    {
        "bundles:list": AddressPolicy(Reach.OWN_VIEW),
        "bundles:create": AddressPolicy(Reach.OWN_VIEW, fields={"plan": row_sets.PAGES}),
        "bundles:detail": AddressPolicy(Reach.OWN_VIEW, {"pk": row_sets.rows_in_scope(Bundle)}),
    }
)
