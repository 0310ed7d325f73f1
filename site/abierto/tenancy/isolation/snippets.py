"""Policies of the addresses of a snippet: the same for every model that carries its space."""

from collections.abc import Mapping

from django.db.models import ForeignKey, Model

from abierto.tenancy.access import has_space
from abierto.tenancy.isolation.policies import AddressPolicy, Named, Reach, RowSet

from . import row_sets as rows
from .default_policies import CHECKED, SCOPED, chooser, same

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


def pointed_at(model: type[Model]) -> dict[str, Named]:
    """Return what the fields of a form of ``model`` may name: those of a link that begins it, too."""
    found: dict[str, Named] = {}
    for field in model._meta.get_fields():
        target = field.related_model if isinstance(field, ForeignKey) else None
        if isinstance(target, type) and has_space(target):
            found[field.name] = rows.choosable_rows(target)
    return found | {"space": rows.SPACES}


def snippet_policies(model: type[Model], **fields: Named) -> Mapping[str, AddressPolicy]:
    """Return the policies of the views and the chooser of a snippet with a space and with drafts."""
    options = model._meta
    namespace = f"wagtailsnippets_{options.app_label}_{options.model_name}"
    known = pointed_at(model) | fields
    own = {"pk": RowSet(lambda: model, rows.owned)}
    of_rows = AddressPolicy(Reach.IDS_CHECKED, own, known)
    histories = AddressPolicy(Reach.IDS_CHECKED, own, {"user": None})
    return {
        **same((f"{namespace}:{view}" for view in ROW_VIEWS), of_rows),
        **same((f"{namespace}:{view}" for view in ("history", "history_results")), histories),
        **same((f"{namespace}:{view}" for view in ("list", "list_results")), SCOPED),
        f"{namespace}:add": AddressPolicy(Reach.IDS_CHECKED, fields=known),
        **chooser(chooser_namespace(model), rows.choosable_rows(model)),
    }


def shared_list_policies(model: type[Model]) -> Mapping[str, AddressPolicy]:
    """Return the policies of a closed list that everybody in the admin reads."""
    options = model._meta
    namespace = f"wagtailsnippets_{options.app_label}_{options.model_name}"
    everything = RowSet(lambda: model, rows.everything)
    of_rows = AddressPolicy(Reach.IDS_CHECKED, {"pk": everything})
    views = ("delete", "edit", "history", "history_results", "inspect")
    return {
        **same((f"{namespace}:{view}" for view in views), of_rows),
        **same((f"{namespace}:{view}" for view in ("list", "list_results")), SCOPED),
        f"{namespace}:add": CHECKED,
        # Names the pages of every space that refer to the row.
        f"{namespace}:usage": AddressPolicy(Reach.STATE_ONLY),
        **chooser(chooser_namespace(model), everything),
    }


def chooser_namespace(model: type[Model]) -> str:
    """Return the namespace of the chooser of a snippet."""
    return f"wagtailsnippetchoosers_{model._meta.app_label}_{model._meta.model_name}"
