"""The space of each row in the admin URLs of the reporting calendar."""

from wagtail.models import TaskState

from abierto.tenancy.access import register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.scopes import by_foreign_key

from .models import ReviewNotice

register_branches({ReviewNotice: by_foreign_key("task_state", TaskState)})

OF_A_PLAN = AddressPolicy(Reach.OWN_VIEW, {"plan_id": row_sets.BROWSABLE_PAGES})

register_policies(
    {
        "deadlines:calendars": AddressPolicy(Reach.OWN_VIEW),
        "deadlines:calendar": OF_A_PLAN,
        "deadlines:calendar_file": OF_A_PLAN,
    }
)
