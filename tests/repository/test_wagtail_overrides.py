"""Check the undocumented parts of Wagtail, wagtail-localize, modelcluster and allauth that the project uses.

Each failure names a row of ``docs/wagtail-overrides.md``: compare the new original with the copy, then
update the
row here. No test of this module needs a database.
"""

import ast
import hashlib
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.template.loader import get_template
from django.urls import URLPattern, resolve
from django.utils.module_loading import import_string

from abierto.approval.conflicts import translations
from abierto.media.admin import urls as media_urls
from abierto.tenancy.admin import urls as tenancy_urls

from .files import APP_FOLDERS, ROOT, name_of, project_files, python_files

pytestmark = pytest.mark.slow

OVERRIDES = ROOT / "docs/wagtail-overrides.md"
ORIGINALS = Path(__file__).with_name("overridden_templates.sha256")
OUR_TEMPLATES = ("templates", "site/abierto/accounts/templates", "site/abierto/tenancy/templates")

# Attributes and methods whose names begin with an underscore, by the object that has them.
PRIVATE_NAMES = {
    "wagtail.models.ReferenceIndex": {"_extract_references_from_object"},
    "wagtail.models.Page": {"_slug_is_available"},
    "wagtail.models.Site": {"_wagtail_site"},
    "wagtail.models.AbstractGroupApprovalTask": {"_user_in_groups"},
    "wagtail.images.models.AbstractImage": {"_set_image_file_metadata"},
    "wagtail.blocks.CharBlock": {"_constructor_args"},
    "allauth.account.adapter.DefaultAccountAdapter": {
        "_delete_login_attempts_cached_email",
        "_get_login_attempts_cache_key",
    },
    # Django's own, which it does not document.
    "django.db.backends.base.base.BaseDatabaseWrapper": {"_nodb_cursor"},
    "django.db.models.fields.files.FieldFile": {"_committed"},
    "django.http.HttpRequest": {"_mark_post_parse_error"},
    "django.contrib.messages.storage.base.BaseStorage": {"_queued_messages"},
    "django.forms.ModelForm": {"_save_m2m"},
    "django.forms.formsets.BaseFormSet": {"_should_delete_form"},
    "wagtail.search.backends.base.BaseSearchResults": {"_clone", "_score_field"},
    "openpyxl.worksheet._read_only.ReadOnlyWorksheet": {"_worksheet_path"},
    "pypdf.PdfWriter": {"_add_object"},
}
# Documented by Django, or in common use.
PUBLIC_IN_ALL_BUT_NAME = {"_meta", "_default_manager", "_base_manager", "_state", "_asdict"}
# Set in the constructor, so that the class does not have it.
SET_ON_INSTANCES = {
    "_wagtail_site",
    "_committed",
    "_queued_messages",
    "_constructor_args",
    "_worksheet_path",
    "_score_field",
}

# Functions and classes in modules that are called internal, or that no documentation names.
INTERNAL_NAMES = (
    "allauth.account.internal.flows.login.AUTHENTICATION_METHODS_SESSION_KEY",
    "allauth.account.internal.flows.login.get_authentication_records",
    "allauth.account.internal.flows.login.record_authentication",
    "allauth.account.internal.flows.password_reset.perform_password_reset_login",
    "allauth.core.internal.ratelimit.get_ip",
    "allauth.mfa.totp.internal.auth.format_hotp_value",
    "allauth.mfa.totp.internal.auth.hotp_value",
    "modelcluster.models.get_all_child_m2m_relations",
    "modelcluster.models.get_all_child_relations",
    "wagtail.admin.forms.comments.CommentFormSet",
    "wagtail.admin.utils.get_latest_str",
    "wagtail.admin.views.bulk_action.registry.bulk_action_registry",
    "wagtail.admin.views.tags.TAGS_AUTOCOMPLETE_LIMIT",
    "wagtail.images.api.admin.serializers.AdminImageSerializer",
    "wagtail.images.api.admin.views.ImagesAdminAPIViewSet",
    "wagtail.log_actions.get_active_log_context",
    "wagtail.models.COMMENTS_RELATION_NAME",
    "wagtail_localize.views.edit_translation.edit_override",
    "wagtail_localize.views.edit_translation.edit_string_translation",
    "wagtail_localize.views.edit_translation.stop_translation",
    "wagtail_localize.views.edit_translation.user_can_edit_instance",
    "wagtail_localize.segments.extract.extract_segments",
    "wagtail_localize.strings.validate_translation_links",
    "wagtail_localize.views.report.TranslationsReportView",
)

# URLs of the project that shadow those of Wagtail and wagtail-localize: our name, their name.
SHADOWED = {
    "edit_collection": "wagtailadmin_collections:edit",
    "locked_pages": "wagtailadmin_reports:locked_pages",
    "locked_pages_results": "wagtailadmin_reports:locked_pages_results",
    "workflow": "wagtailadmin_reports:workflow",
    "workflow_results": "wagtailadmin_reports:workflow_results",
    "workflow_tasks": "wagtailadmin_reports:workflow_tasks",
    "workflow_tasks_results": "wagtailadmin_reports:workflow_tasks_results",
    "site_history": "wagtailadmin_reports:site_history",
    "site_history_results": "wagtailadmin_reports:site_history_results",
    "aging_pages": "wagtailadmin_reports:aging_pages",
    "aging_pages_results": "wagtailadmin_reports:aging_pages_results",
    "translations": "wagtail_localize:translations_report",
    "translations_results": "wagtail_localize:translations_report_results",
    "redirects": "wagtailredirects:index",
    "redirects_results": "wagtailredirects:index_results",
    "tag_autocomplete": "wagtailadmin_tag_autocomplete",
    "tag_model_autocomplete": "wagtailadmin_tag_model_autocomplete",
    "choose_page": "wagtailadmin_choose_page",
    "choose_page_child": "wagtailadmin_choose_page_child",
    "choose_page_search": "wagtailadmin_choose_page_search",
    "choose_external_link": "wagtailadmin_choose_page_external_link",
    "add_site": "wagtailsites:add",
    "edit_site": "wagtailsites:edit",
    "images": "wagtailimages:index",
    "images_results": "wagtailimages:index_results",
    "image_usage": "wagtailimages:image_usage",
    "choose_image": "wagtailimages_chooser:choose",
    "documents": "wagtaildocs:index",
    "documents_results": "wagtaildocs:index_results",
    "document_usage": "wagtaildocs:document_usage",
    "approval_edit_string": "wagtail_localize:edit_string_translation",
    "approval_edit_override": "wagtail_localize:edit_override",
    "translations_upload_po": "wagtail_localize:upload_pofile",
    "translations_stop": "wagtail_localize:stop_translation",
}
# Single URLs in ``abierto.urls``, without the leading ``/admin/``.
SHADOWED_BY_THE_PORTAL = {
    "login/": "wagtailadmin_login",
    "account/": "wagtailadmin_account",
}

COMMANDS = (
    "fixtree", "move_pages", "publish_scheduled", "publish_scheduled_pages", "set_url_paths",
    "sync_locale_trees",
)  # fmt: skip

# Names that the project's scripts read: script, package of the original scripts, names in those.
SCRIPTS = {
    "static/saving.js": (
        "wagtail.admin",
        ("w-autosave:", "w-comments:init", "commentApp", "selectIsDirty", "newReply", "data-edit-form"),
    ),
    "static/date_picker.js": (
        "wagtail.admin",
        (
            "fn.datetimepicker.defaults",
            "validateOnBlur",
            "scrollInput",
            "fn.datetimepicker=",
            "initDateTimeChooser",
        ),
    ),
    "static/paste.js": ("wagtail.admin", ("Draftail-Editor",)),
    "static/plain_language.js": (
        "wagtail.admin",
        (
            "public-DraftEditor-content",
            "data-block",
            "data-edit-form",
            "data-field",
            "data-field-errors",
            "data-draftail-editor-wrapper",
            "draftailEditor",
            "createEditorStateFromRaw",
        ),
    ),
    "static/refusals.js": ("wagtail.admin", ("w-messages:", "w-swap", "requestUrl")),
    "static/translations.js": (
        "wagtail_localize",
        (
            "js-translation-editor",
            "initialStringTranslations",
            "initialOverrides",
            "synchronised_value",
            "editUrl",
        ),
    ),
}


# --- Templates -----------------------------------------------------------------------------------------


def originals() -> dict[str, Path]:
    """Return the installed template behind each template of the project with the same name."""
    found = {}
    ours = [path for path in project_files() if any(path.is_relative_to(ROOT / at) for at in OUR_TEMPLATES)]
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    stock = [folder for folder in folders if not folder.is_relative_to(ROOT / "site")]
    for path in ours:
        folder = next(ROOT / at for at in OUR_TEMPLATES if path.is_relative_to(ROOT / at))
        name = path.relative_to(folder).as_posix()
        behind = [original for folder in stock if (original := folder / name).is_file()]
        if behind:
            found[name] = behind[0]
    return found


def known_originals() -> dict[str, str]:
    """Return the sha256 of each original when its copy was last compared with it."""
    lines = ORIGINALS.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_every_overridden_template_is_in_the_table():
    assert set(originals()) == set(known_originals())


@pytest.mark.parametrize("name", sorted(known_originals()))
def test_original_behind_an_overridden_template_has_not_changed(name):
    original = originals()[name]
    digest = hashlib.sha256(original.read_bytes()).hexdigest()

    assert digest == known_originals()[name], f"Compare ours with {original}, then write {digest} here."


@pytest.mark.parametrize("name", sorted(known_originals()))
def test_the_copied_template_precedes_the_original(name):
    found = Path(get_template(name).origin.name)

    assert any(found.is_relative_to(ROOT / folder) for folder in OUR_TEMPLATES)


# --- Private and internal names ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "name"), [(owner, name) for owner, names in PRIVATE_NAMES.items() for name in sorted(names)]
)
def test_private_name_exists(owner, name):
    cls = import_string(owner)
    if name in SET_ON_INSTANCES:
        assert name in source_of(cls)
    else:
        assert hasattr(cls, name)


def source_of(cls: type) -> str:
    """Return the source of the modules of a class and of its bases."""
    modules = {base.__module__ for base in cls.__mro__ if base is not object}
    return "".join(module_source(module) for module in modules)


@cache
def module_source(name: str) -> str:
    """Return the source of an installed module."""
    path = getattr(__import__(name, fromlist=["_"]), "__file__", None)
    return Path(path).read_text(encoding="utf-8") if path and path.endswith(".py") else ""


def test_revision_content_keeps_related_objects_under_the_known_key():
    assert "_cluster_related_objects" in module_source("modelcluster.fields")


@pytest.mark.parametrize("path", INTERNAL_NAMES)
def test_internal_name_exists(path):
    assert import_string(path) is not None


def test_every_private_name_used_in_the_code_is_in_the_table():
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in python_files(*APP_FOLDERS)}
    nodes = [(path, node) for path, tree in trees.items() for node in ast.walk(tree)]
    ours = {node.name for _, node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    ours |= {node.id for _, node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    ours |= {
        node.attr
        for _, node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }
    known = ours | PUBLIC_IN_ALL_BUT_NAME | set().union(*PRIVATE_NAMES.values())
    unknown = {
        f"{name_of(path)}:{node.lineno} {node.attr}"
        for path, node in nodes
        if isinstance(node, ast.Attribute)
        and re.match("_[a-z]", node.attr)
        and node.attr not in known
        and node.attr != "_csp_config"  # a header of Django 6.1, set for one response
    }
    assert unknown == set()


def test_every_name_in_the_table_is_used_and_explained():
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files(*APP_FOLDERS))
    words = OVERRIDES.read_text(encoding="utf-8")
    names = {*set().union(*PRIVATE_NAMES.values()), *(path.rpartition(".")[2] for path in INTERNAL_NAMES)}

    assert {name for name in names if name not in code} == set()
    assert {name for name in names if f"`{name}`" not in words} == set()


# --- URLs and commands ---------------------------------------------------------------------------------


def example(route: str) -> str:
    """Return a URL that a route matches."""
    return re.sub("<(int|slug|str):[a-z_]+>", lambda part: "1" if part[1] == "int" else "a", route)


def patterns() -> list[URLPattern]:
    return [*tenancy_urls.urlpatterns, *media_urls.urlpatterns, *translations.urlpatterns]


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.name)
def test_the_original_view_is_still_at_the_shadowed_url(pattern):
    behind = resolve("/" + example(str(pattern.pattern)), urlconf="wagtail.admin.urls")

    assert behind.view_name == SHADOWED[pattern.name]


@pytest.mark.parametrize("route", SHADOWED_BY_THE_PORTAL)
def test_the_original_view_is_still_at_a_url_of_the_portal(route):
    assert resolve("/" + route, urlconf="wagtail.admin.urls").view_name == SHADOWED_BY_THE_PORTAL[route]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_projects_command_precedes_the_original(name):
    assert get_commands()[name] == "abierto.approval"


# --- Scripts -------------------------------------------------------------------------------------------


@cache
def installed_scripts(package: str) -> str:
    """Return the scripts that an installed package serves."""
    folder = Path(__import__(package, fromlist=["_"]).__file__).parent / "static"
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.js")))


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_still_have_the_parts_that_the_projects_scripts_read(script):
    package, words = SCRIPTS[script]

    assert [word for word in words if word not in installed_scripts(package)] == []


def test_settings_that_replace_parts_of_wagtail_are_importable():
    for path in (settings.WAGTAIL_FINISH_WORKFLOW_ACTION, settings.WAGTAILIMAGES_IMAGE_FORM_BASE):
        assert callable(import_string(path))
