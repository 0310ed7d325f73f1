"""The admin URLs of the acts are the state team's."""

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

VIEWS = ("list", "suspension", "town", "administration", "handover")

register_policies({f"acts:{view}": AddressPolicy(Reach.STATE_ONLY) for view in VIEWS})
