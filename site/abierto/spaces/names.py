"""Names of the objects of a space, and checks that a name or an e-mail address is taken."""

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.models import Collection, Workflow

from abierto.accounts.models import User
from abierto.tenancy.models import Space


def build_review_name(name: str) -> str:
    """Return the name of the review of the space called ``name``."""
    return f"Revisión de {name}"


def build_municipality_space_name(municipality: str) -> str:
    """Return the name of a municipality's space, for lists and e-mails; no institution has such a name."""
    return f"Municipio de {municipality}"


def is_name_taken(name: str) -> bool:
    """Check whether something of another space has this name: a new space must not take over its groups."""
    taken = (
        Space.objects.filter(name__iexact=name),
        Group.objects.filter(name__iendswith=f": {name}"),
        Collection.objects.filter(name__iexact=name),
        Workflow.objects.filter(name__iexact=build_review_name(name)),
    )
    return any(rows.exists() for rows in taken)


def find_accounts(address: str) -> QuerySet[User]:
    """Return the accounts that an e-mail address opens, in whatever space."""
    return User.objects.filter(Q(email__iexact=address) | Q(username__iexact=address)).order_by("pk")


def is_address_taken(address: str) -> bool:
    """Check whether an e-mail address opens an account, in whatever space."""
    return find_accounts(address).exists()
