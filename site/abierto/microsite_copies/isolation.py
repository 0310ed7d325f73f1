"""The space of each copy in the admin URLs."""

from django.db.models import Q, QuerySet

from abierto.accounts.models import User
from abierto.tenancy.access import Person, register_branches
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, RowSet, register_policies
from abierto.tenancy.models import Space

from .models import MicrositeCopy
from .services import find_copies


def own_copies(spaces: list[Space]) -> Q:
    return Q(holder__in=[space.pk for space in spaces])


def narrow_copies(queryset: QuerySet[MicrositeCopy], user: Person) -> QuerySet[MicrositeCopy]:
    """Leave only the copies of municipalities that the user administers."""
    if not isinstance(user, User):
        return queryset.none()
    return queryset.filter(pk__in=find_copies(user).order_by().values("pk"))


register_branches({MicrositeCopy: own_copies})
register_policies(
    {
        "microsite_copies:list": AddressPolicy(Reach.OWN_VIEW),
        "microsite_copies:download": AddressPolicy(
            Reach.OWN_VIEW, {"pk": RowSet(lambda: MicrositeCopy, narrow_copies)}
        ),
    }
)
