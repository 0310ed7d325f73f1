"""The space of each row in the admin URLs of the desk."""

from django.db.models import QuerySet

from abierto.accounts.models import User
from abierto.tenancy.access import Person, register_branches
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, RowSet, register_policies
from abierto.tenancy.scopes import by_foreign_key, own_rows

from .models import BatchPage, MonthlyCount, RulingBatch
from .queries import own_batches, own_counts


def narrow_batches(queryset: QuerySet[RulingBatch], user: Person) -> QuerySet[RulingBatch]:
    """Leave only the batches of the user's own spaces: the state team has none of others."""
    return (
        queryset.filter(pk__in=own_batches(user).values("pk")) if isinstance(user, User) else queryset.none()
    )


def narrow_counts(queryset: QuerySet[MonthlyCount], user: Person) -> QuerySet[MonthlyCount]:
    """Leave only the counts of the user's own spaces."""
    return (
        queryset.filter(pk__in=own_counts(user).values("pk")) if isinstance(user, User) else queryset.none()
    )


BATCHES = {"pk": RowSet(lambda: RulingBatch, narrow_batches)}
COUNTS = {"pk": RowSet(lambda: MonthlyCount, narrow_counts)}

register_branches(
    {
        RulingBatch: own_rows,
        MonthlyCount: own_rows,
        BatchPage: by_foreign_key("batch", RulingBatch),
    }
)
register_policies(
    {
        **{
            f"ruling_desk:{name}": AddressPolicy(Reach.OWN_VIEW)
            for name in ("desk", "desk_results", "batches", "upload", "counts", "add_count")
        },
        "ruling_desk:template": AddressPolicy(Reach.NO_TENANT_DATA),
        "ruling_desk:batch": AddressPolicy(Reach.OWN_VIEW, BATCHES),
        "ruling_desk:edit_count": AddressPolicy(Reach.OWN_VIEW, COUNTS),
        "ruling_desk:evidence": AddressPolicy(Reach.OWN_VIEW, COUNTS),
    }
)
