"""Count the public pages that contain each word; suggestions read these counts instead of the passages.

A page is counted when it is indexed. Its words are stored beside the counts, so that they can
be subtracted when it changes or is withdrawn; a word without public pages has no row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import batched

from django.db import transaction

from search.models import PageWords, WordCount
from search.query.analysis import STOP_WORDS

from .schema import Document

AT_ONCE = 500
LOCK = 0  # the row of no page: one process counts at a time
SHORTEST, LONGEST = 3, 40  # letters
START = 2  # letters, by which words are looked up

Words = tuple[str, frozenset[str]]  # the language, and the folded words
NONE: Words = ("", frozenset())


class WordWriter:
    """Collects the words of groups, to count them when the index is committed."""

    def __init__(self) -> None:
        self._words: dict[int, Words] = {}

    def begin(self, groups: Collection[int]) -> None:
        """Reset the words of groups whose documents are built next; those that are not public have none."""
        self._words |= dict.fromkeys(groups, NONE)

    def add(self, group: int, documents: Sequence[Document]) -> None:
        """Collect the words of a group."""
        words = frozenset(word for document in documents for word in document.exact.split())
        self._words[group] = (documents[0].locale, frozenset(filter(_is_suggested, words)))

    def save(self) -> None:
        """Store the words, and count them instead of the earlier ones of the same groups."""
        for groups in batched(sorted(self._words), AT_ONCE):
            with transaction.atomic():
                _take_lock()
                _replace_words({group: self._words[group] for group in groups})


def forget_other_groups(public: Collection[int]) -> None:
    """Subtract the words of groups that are not among ``public``."""
    counted = PageWords.objects.exclude(pk=LOCK).values_list("pk", flat=True)
    others = WordWriter()
    others.begin(set(counted).difference(public))
    others.save()


def find_words(prefix: str, locale: str, limit: int) -> list[str]:
    """Return folded words with this folded prefix, of two letters or more; those of most pages first."""
    if len(prefix) < START:
        return []
    rows = WordCount.objects.filter(locale=locale, start=prefix[:START], word__startswith=prefix)
    return list(rows.order_by("-pages", "word").values_list("word", flat=True)[:limit])


def _is_suggested(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word not in STOP_WORDS


def _take_lock() -> None:
    PageWords.objects.bulk_create([PageWords(group=LOCK)], ignore_conflicts=True)
    PageWords.objects.select_for_update().get(pk=LOCK)


def _replace_words(described: dict[int, Words]) -> None:
    """Store the words of the groups and count the difference."""
    rows = PageWords.objects.filter(pk__in=described).values_list("group", "locale", "words")
    stored: dict[int, Words] = {group: (locale, frozenset(words.split())) for group, locale, words in rows}
    changed = {group: words for group, words in described.items() if words != stored.get(group, NONE)}
    change: Counter[tuple[str, str]] = Counter()
    for group, (locale, words) in changed.items():
        change.update((locale, word) for word in words)
        earlier, gone = stored.get(group, NONE)
        change.subtract((earlier, word) for word in gone)
    PageWords.objects.filter(pk__in=[group for group, words in changed.items() if words == NONE]).delete()
    stored_now = ((group, *words) for group, words in changed.items() if words != NONE)
    PageWords.objects.bulk_create(
        [
            PageWords(group=group, locale=locale, words=" ".join(sorted(words)))
            for group, locale, words in stored_now
        ],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["group"],
        update_fields=["locale", "words"],
    )
    for locale in {locale for locale, _word in change}:
        differences = {word: number for (of, word), number in change.items() if of == locale and number}
        for some in batched(sorted(differences), AT_ONCE):
            _count(locale, {word: differences[word] for word in some})


def _count(locale: str, differences: dict[str, int]) -> None:
    rows = WordCount.objects.filter(locale=locale, word__in=differences)
    pages = Counter(differences)
    pages.update(dict(rows.values_list("word", "pages")))
    rows.filter(word__in=_without_pages(pages)).delete()
    WordCount.objects.bulk_create(
        [
            WordCount(locale=locale, start=word[:START], word=word, pages=number)
            for word, number in pages.items()
            if number > 0
        ],
        update_conflicts=True,
        unique_fields=["locale", "word"],
        update_fields=["pages"],
    )


def _without_pages(pages: Counter[str]) -> Iterable[str]:
    return [word for word, number in pages.items() if number <= 0]
