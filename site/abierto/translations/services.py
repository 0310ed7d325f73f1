"""Write the translated strings to a draft and send it to review, like the draft of any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import Translation, TranslationLog

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.review.submission import check_may_submit, start_review

from .staleness import note_draft
from .strings import find_translation, name_strings, read_progress

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_NAMED = 3


class TranslationRefused(ReviewRefused):
    """A translation that cannot be sent to review."""

    heading: StrOrPromise = gettext_lazy("No se envió nada")


@transaction.atomic
def write_draft(translation: Translation, by: User) -> Revision:
    """Save the translated strings as a draft revision of the target page.

    Untranslated strings have the text of the source.
    """
    draft: Any = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    # Another page of this language may have the slug of the source.
    draft.slug = find_available_slug(draft.get_parent(), draft.slug, ignore_page_id=draft.pk)
    revision: Revision = draft.save_revision(user=by, log_action=True)
    TranslationLog.objects.create(
        source=translation.source, locale=translation.target_locale, revision=revision
    )
    note_draft(translation, draft)
    return revision


@transaction.atomic
def send_translation(translation: Translation, by: User, note: str = "") -> WorkflowState:
    """Write the draft of a translation and send it to the review of its space.

    Raises:
        ReviewRefused: if the translation is in review, is incomplete, has a source that is not public or
            invalid content, or if ``by`` may not send it.
    """
    target: Page = translation.get_target_instance()
    check_may_submit(target, by)
    write_complete_draft(translation, by)
    return start_review(target, by, note)


def prepare_translation(page: Page, by: User) -> bool:
    """Write the draft of a page if it is a translation, before it is sent in a bundle; return whether it is.

    Raises:
        ReviewRefused: see ``send_translation``.
    """
    translation = find_translation(page)
    if translation is not None:
        write_complete_draft(translation, by)
    return translation is not None


def write_complete_draft(translation: Translation, by: User) -> None:
    """Write the draft of a translation, if it is complete and its source is public."""
    check_complete(translation)
    check_source(translation)
    write_draft(translation, by)


def check_complete(translation: Translation) -> None:
    """Refuse an incomplete translation, with its first untranslated strings."""
    missing = read_progress(translation).missing
    if not missing:
        return
    raise TranslationRefused(
        ngettext(
            "Falta traducir %(count)s texto: %(texts)s. Tradúcelo y envía otra vez.",
            "Faltan por traducir %(count)s textos, por ejemplo: %(texts)s. Tradúcelos y envía otra vez.",
            len(missing),
        )
        % {"count": len(missing), "texts": name_strings(missing, MOST_NAMED)}
    )


def check_source(translation: Translation) -> None:
    """Refuse a translation whose source is no longer public."""
    source = translation.source.get_source_instance()
    if not source.live:
        raise TranslationRefused(
            _("El original, «%(title)s», ya no es público. Su traducción no puede serlo.")
            % {"title": source.title}
        )
