"""Policies of a snippet's addresses, the same for every model with a space."""

from collections.abc import Mapping

from django.db.models import ForeignKey, Model

from abierto.tenancy.access import has_space
from abierto.tenancy.isolation.policies import AddressPolicy, OptionalRowSet, Reach, RowSet

from . import row_sets as rows
from .default_policies import CHECKED, SCOPED, chooser_policies, policies_for

ROW_VIEWS = (
    "collect_workflow_action_data",
    "confirm_workflow_cancellation",
    "delete",
    "edit",
    "history",
    "history_results",
    "revisions_compare",
    "revisions_revert",
    "revisions_unschedule",
    "unpublish",
    "usage",
    "workflow_action",
    "workflow_history",
    "workflow_history_detail",
)


def build_field_row_sets(model: type[Model]) -> dict[str, OptionalRowSet]:
    """Return the row sets of the form fields of ``model``, also for links that prefill the form."""
    found: dict[str, OptionalRowSet] = {}
    for field in model._meta.get_fields():
        target = field.related_model if isinstance(field, ForeignKey) else None
        if isinstance(target, type) and has_space(target):
            found[field.name] = rows.choosable_row_set(target)
    return found | {"space": rows.SPACES}


def snippet_policies(model: type[Model], **fields: OptionalRowSet) -> Mapping[str, AddressPolicy]:
    """Return the policies of the views and the chooser of a snippet with a space and drafts."""
    options = model._meta
    namespace = f"wagtailsnippets_{options.app_label}_{options.model_name}"
    known = build_field_row_sets(model) | fields
    own = {"pk": RowSet(lambda: model, rows.filter_owned)}
    of_rows = AddressPolicy(Reach.IDS_CHECKED, own, known)
    histories = AddressPolicy(Reach.IDS_CHECKED, own, {"user": None})
    return {
        **policies_for((f"{namespace}:{view}" for view in ROW_VIEWS), of_rows),
        **policies_for((f"{namespace}:{view}" for view in ("history", "history_results")), histories),
        **policies_for((f"{namespace}:{view}" for view in ("list", "list_results")), SCOPED),
        f"{namespace}:add": AddressPolicy(Reach.IDS_CHECKED, fields=known),
        **chooser_policies(chooser_namespace(model), rows.choosable_row_set(model)),
    }


def shared_list_policies(model: type[Model]) -> Mapping[str, AddressPolicy]:
    """Return the policies of a read-only list shared by all spaces."""
    options = model._meta
    namespace = f"wagtailsnippets_{options.app_label}_{options.model_name}"
    everything = RowSet(lambda: model, rows.all_rows)
    of_rows = AddressPolicy(Reach.IDS_CHECKED, {"pk": everything})
    views = ("delete", "edit", "history", "history_results", "inspect")
    return {
        **policies_for((f"{namespace}:{view}" for view in views), of_rows),
        **policies_for((f"{namespace}:{view}" for view in ("list", "list_results")), SCOPED),
        f"{namespace}:add": CHECKED,
        # Lists pages of every space.
        f"{namespace}:usage": AddressPolicy(Reach.STATE_ONLY),
        **chooser_policies(chooser_namespace(model), everything),
    }


def chooser_namespace(model: type[Model]) -> str:
    """Return the URL namespace of the snippet's chooser."""
    return f"wagtailsnippetchoosers_{model._meta.app_label}_{model._meta.model_name}"
