"""The admin URLs of the spaces are the state team's; those of teams and agreements show the user's own."""

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

STATE_VIEWS = ("list", "create", "detail", "proposals", "propose", "template", "review_source")
OWN_VIEWS = ("agreements", "team", "town_row")

register_policies(
    {
        **dict.fromkeys((f"spaces:{view}" for view in STATE_VIEWS), AddressPolicy(Reach.STATE_ONLY)),
        **dict.fromkeys((f"spaces:{view}" for view in OWN_VIEWS), AddressPolicy(Reach.OWN_VIEW)),
    }
)
