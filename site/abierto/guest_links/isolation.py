"""The space of each row in the admin URLs of guest links."""

from wagtail.models import Revision

from abierto.tenancy.access import register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.scopes import by_foreign_key

from .models import GuestLink

register_branches({GuestLink: by_foreign_key("revision", Revision)})

register_policies(
    {
        "guest_links:list": AddressPolicy(Reach.OWN_VIEW),
        "guest_links:create": AddressPolicy(Reach.OWN_VIEW),
        "guest_links:revoke": AddressPolicy(Reach.OWN_VIEW, {"pk": row_sets.rows_in_scope(GuestLink)}),
    }
)
