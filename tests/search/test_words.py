"""The words with counts that suggestions are read from."""

import pytest
from django.urls import reverse

from search.indexing.reconcile import rebuild
from search.indexing.words import find_words
from search.models import PageWords, WordCount
from tests.factories import StandardPageFactory, published, republished
from tests.search.corpus import LOCALE

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


def count_words(prefix):
    """Return how many pages have each word with this prefix."""
    rows = WordCount.objects.filter(locale=LOCALE, word__startswith=prefix)
    return dict(rows.values_list("word", "pages"))


def test_words_are_counted_by_page_and_the_most_frequent_come_first(engine, committed):
    with committed():
        for title in ("Xilófonos y xilografía, xilografía", "Xilófonos", "Xilófonos para Xi"):
            published(StandardPageFactory(title=title))
    assert count_words("xi") == {"xilofonos": 3, "xilografia": 1}
    assert find_words("xil", LOCALE, 8) == ["xilofonos", "xilografia"]
    assert find_words("xilo", LOCALE, 1) == ["xilofonos"]
    assert find_words("xil", "en", 8) == find_words("x", LOCALE, 8) == find_words("xil_", LOCALE, 8) == []


def test_a_changed_and_a_withdrawn_page_take_their_words_off(engine, committed):
    with committed():
        first, second = (published(StandardPageFactory(title=f"Xilófono {n}")) for n in (1, 2))
    with committed():
        republished(first, title="Ximena")
    assert count_words("xi") == {"xilofono": 1, "ximena": 1}
    with committed():
        second.unpublish()
    assert count_words("xi") == {"ximena": 1}
    assert not PageWords.objects.filter(group=second.pk).exists()
    assert "xilofono" not in " ".join(PageWords.objects.values_list("words", flat=True))


def test_a_text_that_was_not_approved_has_no_words(engine, committed):
    with committed():
        page = published(StandardPageFactory(title="Obra"))
        page.title = "Xilófono"
        page.save_revision()
        StandardPageFactory(title="Xilografía")
    assert count_words("xi") == {}


def test_describing_a_page_again_counts_it_once(engine, committed):
    with committed():
        published(StandardPageFactory(title="Xilófono"))
    before = dict(WordCount.objects.values_list("word", "pages"))
    rebuild(engine)
    rebuild(engine)
    assert dict(WordCount.objects.values_list("word", "pages")) == before


def test_a_rebuild_takes_off_the_words_of_pages_that_are_gone(engine, committed):
    with committed():
        page = published(StandardPageFactory(title="Xilófono"))
    page.unpublish()  # without a commit, nothing drains its row
    assert count_words("xi") == {"xilofono": 1}
    rebuild(engine)
    assert count_words("xi") == {}


def test_no_request_adds_a_word(engine, committed, client):
    with committed():
        published(StandardPageFactory(title="Xilófono"))
    before = list(WordCount.objects.values_list("word", "pages"))
    for text in ("xilof", "zzqwerty", "xilófono zzqwerty", "zz"):
        client.get(reverse("search:suggestions"), {"q": text})
        client.get(reverse("search:results"), {"q": text})
    assert list(WordCount.objects.values_list("word", "pages")) == before


def test_suggesting_words_searches_no_passage(engine, committed, django_assert_num_queries):
    with committed():
        published(StandardPageFactory(title="Xilófono"))
    with django_assert_num_queries(1):
        assert find_words("xil", LOCALE, 8) == ["xilofono"]
