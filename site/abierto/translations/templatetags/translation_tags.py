"""Template tag of the panel below the editor of a translation."""

from typing import Any

from django.template import Context, Library
from wagtail_localize.models import Translation

from abierto.approval.review.notes import SubmissionNoteForm
from abierto.translations.glossary import list_terms
from abierto.translations.strings import PROGRESS_ATTRIBUTE, read_progress
from pages.core.content_language import language_tag

register = Library()


@register.inclusion_tag("translations/panel.html", takes_context=True)
def translation_panel(context: Context, translation: Translation, page: Any) -> dict[str, Any]:
    """Show the progress of a translation, what changed in its source, and the form that sends it."""
    request = context["request"]
    progress = request.__dict__.get(PROGRESS_ATTRIBUTE) or read_progress(translation)
    state, permissions = page.current_workflow_task_state, page.permissions_for_user(request.user)
    return {
        "translation": translation,
        "source_language": language_tag(translation.source.locale.language_code),
        "language": language_tag(translation.target_locale.language_code),
        "progress": progress,
        "terms": list_terms(progress.texts, translation.target_locale),
        "in_review_since": state.started_at if state is not None else None,
        "may_send": permissions.can_edit() and permissions.can_submit_for_moderation(),
        "form": SubmissionNoteForm(),
        "request": request,
    }
