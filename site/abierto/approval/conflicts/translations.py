"""Optimistic locking of translated strings: a save must name the value that it replaces.

The translation editor saves each string by script and does not send the value on screen.
``static/translations.js`` adds it to each save; a save without it, or with another value, is refused, and
the editor keeps the submitted text.
"""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.shortcuts import get_object_or_404
from django.urls import path
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

CONFLICT = 409
OPENED = "opened"
NOTHING = "null"


def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponseBase:
    """Save or remove one translated string if it is still the one on screen."""
    translation = get_object_or_404(Translation, pk=translation_id)
    segment = get_object_or_404(StringSegment, pk=string_segment_id)
    current = StringTranslation.objects.filter(
        translation_of_id=segment.string_id,
        locale_id=translation.target_locale_id,
        context_id=segment.context_id,
    ).first()

    def save(request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = stock.edit_string_translation(
            request, translation_id=translation_id, string_segment_id=string_segment_id
        )
        return response

    return save_if_current(request, translation, current, save)


def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponseBase:
    """Save or remove one override if it is still the one on screen."""
    translation = get_object_or_404(Translation, pk=translation_id)
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id)
    current = SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id, context_id=segment.context_id
    ).first()

    def save(request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = stock.edit_override(
            request, translation_id=translation_id, overridable_segment_id=overridable_segment_id
        )
        return response

    return save_if_current(request, translation, current, save)


def save_if_current(
    request: HttpRequest,
    translation: Translation,
    current: StringTranslation | SegmentOverride | None,
    save: Callable[[HttpRequest], HttpResponseBase],
) -> HttpResponseBase:
    """Call ``save`` unless another user changed the value; take the tree lock before the check."""
    opened = read_opened_value(request)  # Before the view: Django caches a body that was read completely.
    may_look = stock.user_can_edit_instance(request.user, translation.get_target_instance())
    if not may_look or current is None or opened == current.data:
        return save(request)
    return JsonResponse({"sentence": conflict_message(current), "data": current.data}, status=CONFLICT)


def read_opened_value(request: HttpRequest) -> Any:
    """Return the value that was on screen; None if the form does not send it."""
    try:
        return json.loads(parse_body(request).get(OPENED, NOTHING))
    except json.JSONDecodeError:
        return None


def parse_body(request: HttpRequest) -> QueryDict:
    """Return the form data of a PUT or DELETE request, which Django leaves unread."""
    if not (request.content_type or "").startswith("multipart/"):
        return QueryDict(request.body)
    try:
        fields, _files = MultiPartParser(request.META, BytesIO(request.body), request.upload_handlers).parse()
    except MultiPartParserError:
        return QueryDict()
    return fields


def conflict_message(current: StringTranslation | SegmentOverride) -> str:
    """Return the message for the second user."""
    by = current.last_translated_by
    who = by.public_name if by is not None else _("Otra persona")
    text = _("%(who)s guardó «%(text)s» mientras escribías.") % {"who": who, "text": current.data}
    return f"{text} {_('Lo tuyo no se guardó y sigue aquí. Guárdalo otra vez si debe quedar.')}"


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
