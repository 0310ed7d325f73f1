"""The addresses of Wagtail, wagtail-localize and the layers below, by what they may reach.

A new version of Wagtail brings addresses that are not here: the system check ``tenancy.E001`` names them, and
until they have a line nobody but the state team gets an answer from them.
"""

from collections.abc import Iterable, Mapping

from abierto.tenancy.isolation import rows
from abierto.tenancy.isolation.bulk import narrow_bulk_action, own_edited_object
from abierto.tenancy.isolation.policies import (
    NOT_A_ROW,
    AddressPolicy,
    Named,
    Reach,
    register_common_names,
    register_policies,
)

#: What the parts of an address name, wherever they appear; ``pk`` depends on the address.
IDS: dict[str, Named] = {
    **dict.fromkeys(
        ("page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id"), rows.PAGES
    ),
    "image_id": rows.IMAGES,
    **dict.fromkeys(("document_id", "doc_id"), rows.DOCUMENTS),
    "uploaded_file_id": rows.UPLOADS,
    "collection_id": rows.COLLECTIONS,
    **dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), rows.REVISIONS),
    "task_id": rows.TASKS,
    "task_state_id": rows.TASK_STATES,
    "workflow_pk": rows.WORKFLOWS,
    "workflow_state_id": rows.WORKFLOW_STATES,
    "redirect_id": rows.REDIRECTS,
    "translation_id": rows.TRANSLATIONS,
    "translation_source_id": rows.TRANSLATION_SOURCES,
    "string_segment_id": rows.STRING_SEGMENTS,
    "overridable_segment_id": rows.OVERRIDABLE_SEGMENTS,
    **dict.fromkeys(
        ("action_name", "content_type_app_name", "content_type_model_name", "filter_spec", "mode"), NOT_A_ROW
    ),
}

#: What the fields of queries and forms name, wherever they appear.
FIELDS: dict[str, Named] = {
    "ancestor_of": rows.EXPLORABLE_PAGES,
    "childOf": rows.EXPLORABLE_PAGES,
    "child_of": rows.EXPLORABLE_PAGES,
    "chooser": rows.PAGES,
    "collection": rows.COLLECTIONS,
    "collection_id": rows.COLLECTIONS,
    "descendant_of": rows.EXPLORABLE_PAGES,
    "destination": rows.PAGES,
    "destination_page_id": rows.PAGES,
    "edited_by": rows.NEAR_PEOPLE,
    "locked_by": rows.NEAR_PEOPLE,
    "new_parent_page": rows.PAGES,
    "owner": rows.NEAR_PEOPLE,
    "parent": rows.PAGES,
    "parent_page": rows.PAGES,
    "parent_page_id": rows.PAGES,
    "redirect_page": rows.LINKABLE_PAGES,
    "requested_by": rows.NEAR_PEOPLE,
    "revision_id": rows.REVISIONS,
    "site": rows.SITES,
    "target_pages[]": rows.PAGES,
    "task": rows.TASKS,
    "translation_of": rows.PAGES,
    "user": rows.NEAR_PEOPLE,
    "workflow": rows.WORKFLOWS,
}

#: Addresses that tell nothing of any space: sign-in, one's own account, links that are typed, scripts.
NO_TENANT_DATA = (
    "account_login",
    "wagtail_localize:javascript_catalog",
    "wagtailadmin_account",
    "wagtailadmin_block_preview",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_error_test",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_sprite",
    "wagtailembeds:chooser",
    "wagtailembeds:chooser_upload",
    "wagtailsnippets:index",
)

#: Addresses about the whole portal: accounts and groups, sites, languages, settings, workflows, redirects.
STATE_ONLY = (
    "account_access",
    "wagtail_localize:snippets_api_detail",
    "wagtail_localize:snippets_api_listing",
    "wagtail_localize:submit_snippet_translation",
    *(
        f"wagtailadmin_api:{kind}:{view}"
        for kind in ("documents", "images")
        for view in ("detail", "find", "listing")
    ),
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    *(f"wagtailadmin_collections:{view}" for view in ("add", "delete", "edit", "index", "set_privacy")),
    *(
        f"wagtailadmin_workflows:{view}"
        for view in (
            "add",
            "add_task",
            "disable",
            "disable_task",
            "edit",
            "edit_task",
            "enable",
            "enable_task",
            "index",
            "index_results",
            "remove",
            "select_task_type",
            "task_chooser",
            "task_chooser_create",
            "task_chooser_results",
            "task_chosen",
            "task_index",
            "task_index_results",
            "usage",
            "usage_results",
        )
    ),
    *(
        f"{namespace}:{view}"
        for namespace in ("wagtaillocales", "wagtailsites", "wagtailusers_users", "wagtailusers_groups")
        for view in (
            "add",
            "copy",
            "delete",
            "edit",
            "history",
            "history_results",
            "index",
            "index_results",
            "usage",
        )
        if (namespace, view) != ("wagtailusers_groups", "copy")
    ),
    *(
        f"wagtailredirects:{view}"
        for view in ("add", "delete", "edit", "index", "index_results", "process_import", "start_import")
    ),
    "wagtailsettings:edit",
    "wagtailsettings:preview_on_edit",
)

#: Addresses about pages of which every id is checked.
PAGE_VIEWS = (
    "add",
    "add_subpage",
    "confirm_workflow_cancellation",
    "convert_alias",
    "copy",
    "delete",
    "edit",
    "lock",
    "move",
    "move_confirm",
    "preview_on_add",
    "preview_on_edit",
    "revisions_index",
    "revisions_revert",
    "revisions_unschedule",
    "revisions_view",
    "set_page_position",
    "set_privacy",
    "unlock",
    "unpublish",
    "view_draft",
    "workflow_action",
    "workflow_history",
    "workflow_history_detail",
    "workflow_preview",
    "collect_workflow_action_data",
)
IMAGE_VIEWS = (
    "add",
    "add_multiple",
    "create_multiple_from_uploaded_image",
    "delete",
    "delete_multiple",
    "delete_upload_multiple",
    "edit",
    "edit_multiple",
    "preview",
    "url_generator",
    "url_generator_output",
)
DOCUMENT_VIEWS = (
    "add",
    "add_multiple",
    "create_multiple_from_uploaded_document",
    "delete",
    "delete_multiple",
    "delete_upload_multiple",
    "edit",
    "edit_multiple",
)
TRANSLATION_VIEWS = (
    "convert_to_alias",
    "download_pofile",
    "edit_override",
    "edit_string_translation",
    "machine_translate",
    "preview_translation",
    "stop_translation",
    "submit_page_translation",
    "update_translations",
    "upload_pofile",
)
#: Wagtail's lists of everybody's rows. Ours stand before them at the same addresses (``tenancy.admin.urls``,
#: ``media.admin.urls``); should they ever go, these answer the state team alone.
SHADOWED = (
    *(
        f"wagtailadmin_reports:{report}{part}"
        for report in ("aging_pages", "locked_pages", "site_history", "workflow", "workflow_tasks")
        for part in ("", "_results")
    ),
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtaildocs:document_usage",
    "wagtaildocs:index",
    "wagtaildocs:index_results",
    "wagtailimages:image_usage",
    "wagtailimages:index",
    "wagtailimages:index_results",
    "wagtailimages_chooser:choose",
)
#: Lists that ours narrow, by the page viewset, the page policy and hooks.
SCOPED_LISTS = (
    *(
        f"tenancy:{report}{part}"
        for report in (
            "aging_pages",
            "locked_pages",
            "site_history",
            "translations",
            "workflow",
            "workflow_tasks",
        )
        for part in ("", "_results")
    ),
    "tenancy:tag_autocomplete",
    *(
        f"wagtailadmin_pages:{view}"
        for view in ("search", "search_results", "type_use", "type_use_results", "usage")
    ),
    "wagtailadmin_explore_root",
    "wagtailadmin_home",
)


CHECKED = AddressPolicy(Reach.IDS_CHECKED)
SCOPED = AddressPolicy(Reach.SCOPED_LIST)


def same(names: Iterable[str], policy: AddressPolicy) -> Mapping[str, AddressPolicy]:
    """Give all ``names`` one policy."""
    return dict.fromkeys(names, policy)


def chooser(namespace: str, choosable: Named) -> Mapping[str, AddressPolicy]:
    """Return the policies of the views of a chooser."""
    policies = {
        **same(("choose", "choose_results"), SCOPED),
        "chosen": AddressPolicy(Reach.IDS_CHECKED, {"pk": choosable}),
        "chosen_multiple": AddressPolicy(Reach.IDS_CHECKED, fields={"id": choosable}),
        "create": AddressPolicy(Reach.IDS_CHECKED),
    }
    return {f"{namespace}:{view}": policy for view, policy in policies.items()}


EXPLORER = AddressPolicy(Reach.SCOPED_LIST, {"parent_page_id": rows.EXPLORABLE_PAGES})
PAGE_CHOOSER = AddressPolicy(
    Reach.SCOPED_LIST,
    {"parent_page_id": rows.BROWSABLE_PAGES},
    {"id": rows.LINKABLE_PAGES, "parent_page_id": rows.BROWSABLE_PAGES},
)
PAGES_API = AddressPolicy(Reach.SCOPED_LIST, {"pk": rows.EXPLORABLE_PAGES}, {"id": rows.EXPLORABLE_PAGES})
#: Whoever acted on a page or a file may be of any space: the history of one's own names them.
HISTORY = AddressPolicy(Reach.IDS_CHECKED, fields={"user": NOT_A_ROW})


def register() -> None:
    """Register them all."""
    register_common_names(IDS, FIELDS)
    register_policies(
        {
            **same(NO_TENANT_DATA, AddressPolicy(Reach.NO_TENANT_DATA)),
            **same((*STATE_ONLY, *SHADOWED), AddressPolicy(Reach.STATE_ONLY)),
            **same((f"wagtailadmin_pages:{view}" for view in PAGE_VIEWS), CHECKED),
            **same((f"wagtailimages:{view}" for view in IMAGE_VIEWS), CHECKED),
            **same((f"wagtaildocs:{view}" for view in DOCUMENT_VIEWS), CHECKED),
            **same((f"wagtail_localize:{view}" for view in TRANSLATION_VIEWS), CHECKED),
            **same(SCOPED_LISTS, SCOPED),
            **same(("wagtailadmin_explore", "wagtailadmin_explore_results"), EXPLORER),
            **same(("wagtailadmin_pages:history", "wagtailadmin_pages:history_results"), HISTORY),
            "wagtailadmin_pages:revisions_compare": AddressPolicy(Reach.IDS_CHECKED, {"pk": rows.PAGES}),
            "wagtailadmin_pages:choose_parent": AddressPolicy(
                Reach.SCOPED_LIST, {"app_label": NOT_A_ROW, "model_name": NOT_A_ROW}
            ),
            **same(
                (
                    "tenancy:choose_external_link",
                    "tenancy:choose_page",
                    "tenancy:choose_page_child",
                    "tenancy:choose_page_search",
                    "wagtailadmin_choose_page_chosen_multiple",
                ),
                PAGE_CHOOSER,
            ),
            **same((f"wagtailadmin_api:pages:{view}" for view in ("detail", "find", "listing")), PAGES_API),
            "wagtailadmin_api:pages:action": AddressPolicy(Reach.IDS_CHECKED, {"pk": rows.PAGES}),
            **{
                name: policy
                for name, policy in chooser("wagtailimages_chooser", rows.IMAGES).items()
                if name not in SHADOWED
            },
            "wagtailimages_chooser:select_format": CHECKED,
            **chooser("wagtaildocs_chooser", rows.DOCUMENTS),
            "tenancy:tag_model_autocomplete": AddressPolicy(
                Reach.SCOPED_LIST, {"app_name": NOT_A_ROW, "model_name": NOT_A_ROW}
            ),
            "wagtailadmin_editing_sessions:ping": AddressPolicy(
                Reach.IDS_CHECKED,
                dict.fromkeys(("app_label", "model_name", "object_id", "session_id"), NOT_A_ROW),
                check=own_edited_object,
            ),
            "wagtail_bulk_action": AddressPolicy(
                Reach.IDS_CHECKED,
                dict.fromkeys(("app_label", "model_name", "action"), NOT_A_ROW),
                check=narrow_bulk_action,
            ),
        }
    )
