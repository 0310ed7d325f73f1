"""The admin URLs of the spaces are the state team's."""

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

register_policies(
    dict.fromkeys(("spaces:list", "spaces:create", "spaces:detail"), AddressPolicy(Reach.STATE_ONLY))
)
