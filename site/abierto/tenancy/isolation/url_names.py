"""URL names of Wagtail, wagtail-localize and lower layers, by reach.

A new Wagtail version brings addresses that are not listed here: the system check ``tenancy.E001`` names them,
and until they are listed only the state team gets a response.
"""

#: Addresses without data of any space: sign-in, own account, external links, scripts.
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
    *(f"wagtailredirects:{view}" for view in ("add", "delete", "edit", "process_import", "start_import")),
    "tenancy:add_site",
    "tenancy:edit_site",
    "tenancy:redirects",
    "tenancy:redirects_results",
    "wagtailsettings:edit",
    "wagtailsettings:preview_on_edit",
)

#: Page addresses with every id checked.
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
#: Wagtail's listings of every space. Ours shadow them at the same addresses (``tenancy.admin.urls``,
#: ``media.admin.urls``); if those were removed, these would answer the state team only.
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
    "wagtailredirects:index",
    "wagtailredirects:index_results",
)
#: Listings limited by the page viewset, the page policy and hooks.
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
