"""Tags for edit forms: the version that a form was opened with, and the pages that a deletion deletes."""

from typing import Any

from django import template

from abierto.approval.concurrency.deletions import summarize_deletion
from abierto.approval.conflicts.translations import add_opened_versions
from abierto.approval.conflicts.versions import (
    OPENED,
    OPENED_CONTENT,
    ShownVersion,
    has_version_field,
    load_current_version,
    load_latest_revision,
    parse_version,
    sign_content,
)

register = template.Library()
register.filter("with_opened_versions", add_opened_versions)


@register.inclusion_tag("approval/parts/opened.html", takes_context=True)
def opened_version(context: dict[str, Any]) -> dict[str, Any]:
    """Return the hidden fields of the form: the version that it shows."""
    subject, request = context.get("object"), context.get("request")
    if request is None or subject is None or not has_version_field(subject):
        return {"fields": []}
    saved_by_itself = request.method == "POST" and not request.accepts("text/html")
    if request.method == "POST" and not saved_by_itself:
        # Rendered again with errors: it is still based on the version that was checked on submission.
        return {
            "fields": [
                (name, request.POST[name]) for name in (OPENED, OPENED_CONTENT) if name in request.POST
            ]
        }
    current = load_current_version(subject)
    if saved_by_itself:
        current = _with_public_as_opened(current, parse_version(request.POST.get(OPENED, "")))
    elif _is_already_old(context, subject):
        current = ShownVersion(current.revision, "", current.public)
    fields = [(OPENED, str(current))]
    if not current.revision:
        fields.append((OPENED_CONTENT, sign_content(subject)))
    return {"fields": fields}


@register.simple_tag
def pages_shown(*pages: Any) -> str:
    """Return the pages that the delete confirmation lists."""
    return summarize_deletion(pages)


@register.simple_tag
def pages_shown_in(items: list[dict[str, Any]]) -> str:
    """Return the pages that the confirmation of a bulk deletion lists."""
    return summarize_deletion([item["item"] for item in items])


def _with_public_as_opened(current: ShownVersion, opened: ShownVersion | None) -> ShownVersion:
    """Use the public version from when the form was opened: the autosave script has seen no newer one."""
    return ShownVersion(current.revision, current.sha, opened.public) if opened else current


def _is_already_old(context: dict[str, Any], subject: Any) -> bool:
    """Check whether the revision was written over between reading it for the form and now."""
    read = context.get("loaded_revision_created_at")
    revision = load_latest_revision(subject)
    return bool(read) and revision is not None and revision.created_at.isoformat() != read
