"""The space of each row in the admin URLs of the redaction helper."""

from django.db.models import QuerySet

from abierto.accounts.models import User
from abierto.tenancy.access import Person, register_branches
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, RowSet, register_policies
from abierto.tenancy.scopes import own_rows

from .models import Redaction
from .services import visible_redactions


def narrow(queryset: QuerySet[Redaction], user: Person) -> QuerySet[Redaction]:
    """Leave only what ``user`` may open: the state team sees no text of another space."""
    if not isinstance(user, User):
        return queryset.none()
    return queryset.filter(pk__in=visible_redactions(user).values("pk"))


ROWS = {"pk": RowSet(lambda: Redaction, narrow)}

register_branches({Redaction: own_rows})
register_policies(
    {
        "redactions:list": AddressPolicy(Reach.OWN_VIEW),
        "redactions:create": AddressPolicy(Reach.OWN_VIEW),
        "redactions:create_for_page": AddressPolicy(Reach.OWN_VIEW),
        **{
            f"redactions:{name}": AddressPolicy(Reach.OWN_VIEW, ROWS)
            for name in ("choose", "detail", "file", "delete")
        },
    }
)
