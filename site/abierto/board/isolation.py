"""The board shows the state all municipalities, and each municipality its own row."""

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

register_policies(dict.fromkeys(("board:board", "board:file"), AddressPolicy(Reach.OWN_VIEW)))
