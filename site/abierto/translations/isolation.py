"""Which rows the admin URLs of translations name."""

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

register_policies(
    dict.fromkeys(("translations:send", "translations_upload_po"), AddressPolicy(Reach.IDS_CHECKED))
)
