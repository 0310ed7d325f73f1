"""Optimistic locking of translated strings: a save must name the version that it replaces.

The translation editor saves string by string and sends only the new text, to the address that its props name
for the string. ``add_opened_versions`` puts an id of the open editor and the version on screen into those
addresses before the editor reads them. Versions that the same editor saved or was shown later are in the
session. A save of another version is answered 409; the editor keeps the submitted text on screen, and
``static/translations.js`` asks the same address what was saved meanwhile.
"""

import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)
from wagtail_localize.views import edit_translation as stock

CONFLICT, NO_CONFLICT, REFUSED = 409, 204, 400
EDITOR, VERSION = "editor", "version"
SEEN = "translations_seen"
ID_LENGTH, VERSION_LENGTH = 8, 16
MAX_EDITORS = 10  # Open editors of one session whose versions are remembered; the oldest is forgotten.


def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponseBase:
    """Save or remove one translated string if it is still the one on screen; by GET describe the conflict."""
    translation = get_object_or_404(Translation, pk=translation_id)
    segment = get_object_or_404(StringSegment, pk=string_segment_id)
    rows = StringTranslation.objects.filter(
        translation_of_id=segment.string_id,
        locale_id=translation.target_locale_id,
        context_id=segment.context_id,
    )
    save = partial(
        stock.edit_string_translation, translation_id=translation_id, string_segment_id=string_segment_id
    )
    return save_if_current(request, translation, rows, save)


def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponseBase:
    """Save or remove one override if it is still the one on screen; by GET describe the conflict."""
    translation = get_object_or_404(Translation, pk=translation_id)
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id)
    rows = SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id, context_id=segment.context_id
    )
    save = partial(
        stock.edit_override, translation_id=translation_id, overridable_segment_id=overridable_segment_id
    )
    return save_if_current(request, translation, rows, save)


def save_if_current(
    request: HttpRequest,
    translation: Translation,
    rows: QuerySet[StringTranslation] | QuerySet[SegmentOverride],
    save: Callable[[HttpRequest], HttpResponseBase],
) -> HttpResponseBase:
    """Call ``save`` unless another user changed the value; the tree lock is held from before the check."""
    if not stock.user_can_edit_instance(request.user, translation.get_target_instance()):
        return save(request)
    current = rows.first()
    is_current = current is None or read_seen_version(request) == hash_value(current.data)
    if request.method == "GET":
        return HttpResponse(status=NO_CONFLICT) if is_current else describe_conflict(request, current)
    if not is_current:
        return JsonResponse({"sentence": write_conflict_message(current)}, status=CONFLICT)
    response = save(request)
    if response.status_code < REFUSED:
        remember_version(request, rows.first())
    return response


def describe_conflict(request: HttpRequest, current: StringTranslation | SegmentOverride) -> HttpResponseBase:
    """Return what another user saved; from now on this editor may replace it."""
    remember_version(request, current)
    return JsonResponse({"sentence": write_conflict_message(current)})


def write_conflict_message(current: StringTranslation | SegmentOverride) -> str:
    """Return the message for the second user."""
    by = current.last_translated_by
    who = by.public_name if by is not None else _("Otra persona")
    text = _("%(who)s guardó «%(text)s» mientras escribías.") % {"who": who, "text": current.data}
    return f"{text} {_('Lo tuyo no se guardó y sigue aquí. Guárdalo otra vez si debe quedar.')}"


# --- Versions ------------------------------------------------------------------------------------------


def add_opened_versions(props: str) -> str:
    """Add to each address in the editor's props the id of this editor and the version of the value shown."""
    content = json.loads(props)
    shown = {
        (kind, row["segment_id"]): row["data"]
        for kind, key in (("string", "initialStringTranslations"), ("synchronised_value", "initialOverrides"))
        for row in content[key]
    }
    editor = get_random_string(ID_LENGTH)
    for segment in content["segments"]:
        if "editUrl" in segment:
            version = hash_value(shown.get((segment["type"], segment["id"])))
            segment["editUrl"] += "?" + urlencode({EDITOR: editor, VERSION: version})
    return json.dumps(content)


def hash_value(value: Any) -> str:
    """Return the fingerprint of a value; an empty one for none."""
    if value is None:
        return ""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:VERSION_LENGTH]


def read_seen_version(request: HttpRequest) -> str:
    """Return the version that the editor saved or was shown last: at the latest when it was opened.

    A second attempt of the request, after a busy database undid the first, starts from the same version.
    """
    seen = request.session.get(SEEN, {}).get(read_editor_id(request), {})
    version = seen.get(request.path, request.GET.get(VERSION, ""))
    return str(request.__dict__.setdefault(SEEN, version))


def remember_version(request: HttpRequest, row: StringTranslation | SegmentOverride | None) -> None:
    """Keep in the session the version that the editor shows now."""
    seen = request.session.get(SEEN, {})
    versions = seen.pop(read_editor_id(request), {})
    versions[request.path] = hash_value(row.data if row is not None else None)
    recent = list(seen.items())[1 - MAX_EDITORS :]
    request.session[SEEN] = {**dict(recent), read_editor_id(request): versions}


def read_editor_id(request: HttpRequest) -> str:
    """Return the id of the open editor that sends the request."""
    return request.GET.get(EDITOR, "")[:ID_LENGTH]


# Before wagtail-localize's URL patterns, which have the same paths.
urlpatterns = [
    path(
        "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
        require_admin_access(edit_string),
        name="approval_edit_string",
    ),
    path(
        "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
        require_admin_access(edit_override),
        name="approval_edit_override",
    ),
]
