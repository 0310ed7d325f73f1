"""The space of each row in the admin URLs of the dashboard."""

from wagtail.models import WorkflowState

from abierto.approval.models import SubmissionNote
from abierto.tenancy.access import register_branches
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies
from abierto.tenancy.scopes import by_foreign_key

register_branches({SubmissionNote: by_foreign_key("workflow_state", WorkflowState)})

register_policies(
    {
        **dict.fromkeys(
            (
                "dashboard:queue",
                "dashboard:queue_results",
                "dashboard:pending",
                "dashboard:grid",
                "dashboard:dismiss_tour",
            ),
            AddressPolicy(Reach.OWN_VIEW),
        ),
        **dict.fromkeys(
            ("dashboard:manual_index", "dashboard:manual", "dashboard:manual_image"),
            AddressPolicy(Reach.NO_TENANT_DATA),
        ),
        **dict.fromkeys(("dashboard:steps", "dashboard:space_steps"), AddressPolicy(Reach.STATE_ONLY)),
    }
)
