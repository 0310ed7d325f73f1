"""The space of each row in the admin URLs of the word lists."""

from abierto.tenancy.access import register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import NOT_A_ROW, AddressPolicy, Reach, register_policies
from abierto.tenancy.models import Space
from abierto.tenancy.scopes import own_rows

from .models import WordListVersion

register_branches({WordListVersion: own_rows})
register_policies(
    {
        "word_lists:index": AddressPolicy(Reach.OWN_VIEW),
        "word_lists:edit": AddressPolicy(Reach.OWN_VIEW, {"word_list": NOT_A_ROW}),
        "word_lists:edit_space": AddressPolicy(
            Reach.OWN_VIEW, {"word_list": NOT_A_ROW, "space_id": row_sets.rows_in_scope(Space)}
        ),
    }
)
