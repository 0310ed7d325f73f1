"""English pages of the demo: PO files become translations of wagtail-localize, then public pages.

A file holds the texts of several pages, each text once. Figures, dates and codes are no texts of a page.
"""

from collections.abc import Iterable, Mapping, Sequence

import polib  # type: ignore[import-untyped]
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from abierto.demo.loader.content import CONTENT
from abierto.demo.loader.page_loader import PageLoader
from abierto.translations.services import write_draft
from abierto.translations.staleness import note_publication

ENGLISH = "en"
HOME = "home"
CURRENT_PLAN = "plan-2022-2024"


class TextsDiffer(Exception):
    """A PO file and its pages have different texts; the message lists the differences."""


def load_english_pages(loader: PageLoader, home: Page, index: Page, plan: Page) -> None:
    """Translate the home page, the list of plans, and the current plan with all that is below it."""
    locale = Locale.objects.filter(language_code=ENGLISH).first()
    if locale is None or locale == home.locale:
        return
    below = [page.specific for page in plan.get_descendants().order_by("path")]
    translate_pages(loader, locale, HOME, [home, index])
    translate_pages(loader, locale, CURRENT_PLAN, [plan, *below])


def translate_pages(loader: PageLoader, locale: Locale, name: str, pages: Sequence[Page]) -> None:
    """Publish the missing translations of ``pages``, in which a parent comes before its children.

    A page of an earlier load whose texts were edited since has no translation; nor do those below it.

    Raises:
        TextsDiffer: when the file ``name`` and the pages of this load have different texts.
    """
    new = {page.pk for page in loader.created}
    texts = read_texts(name)
    wanted: set[str] = set()
    for page in pages:
        if not may_translate(page, locale):
            continue
        source, _made = TranslationSource.update_or_create_from_instance(page)
        segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
        wanted.update(segment.string.data for segment in segments)
        missing = [segment for segment in segments if segment.string.data not in texts]
        if not missing:
            publish(loader, page, source, locale, translate(segments, texts, locale))
        elif page.pk in new:
            raise TextsDiffer("\n".join(name_missing(name, page, missing)))
    unknown = texts.keys() - wanted
    if unknown and new.issuperset(page.pk for page in pages):
        raise TextsDiffer("\n".join(f"{name}.po: no page has «{text}»." for text in sorted(unknown)))


def read_texts(name: str) -> dict[str, str]:
    """Return the translated texts of the file ``name`` by their Spanish."""
    entries = polib.pofile(str(CONTENT / "english" / f"{name}.po"), check_for_duplicates=True)
    return {entry.msgid: entry.msgstr for entry in entries if entry.translated()}


def name_missing(name: str, page: Page, missing: Iterable[StringSegment]) -> Iterable[str]:
    """Yield the place of each text that the file lacks: page, field and text."""
    for segment in missing:
        yield f"{name}.po lacks «{segment.string.data}» ({page.url_path} {segment.context.path})."


def may_translate(page: Page, locale: Locale) -> bool:
    """Return whether the parent is translated and no page has the address of the translation."""
    if page.has_translation(locale):
        return False
    parent = page.get_parent()
    if parent.is_root():
        return True
    translated = parent.get_translation_or_none(locale)
    return translated is not None and not translated.get_children().filter(slug=page.slug).exists()


def translate(
    segments: Iterable[StringSegment], texts: Mapping[str, str], locale: Locale
) -> list[StringTranslation]:
    """Return the unsaved translations of the texts of a page."""
    places = {(segment.context_id, segment.string_id): segment for segment in segments}
    return [
        StringTranslation(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            data=texts[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment in places.values()
    ]


def publish(
    loader: PageLoader,
    page: Page,
    source: TranslationSource,
    locale: Locale,
    strings: Iterable[StringTranslation],
) -> None:
    """Store the translations of a page and make the translated page public."""
    translation = Translation.objects.create(source=source, target_locale=locale)
    StringTranslation.objects.bulk_create(strings, ignore_conflicts=True)
    page.copy_for_translation(locale)
    loader.add_translation(write_draft(translation, loader.user))
    note_publication(translation)
