"""Two contents with different fingerprints show a difference: every field and block of every type."""

import copy
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from abierto.editorial.ledger.hashing import NOT_CONTENT, canonical, content_hash
from abierto.editorial.review.comparison import Comparison, compare_versions
from abierto.editorial.review.reading import MISSING, is_same
from abierto.editorial.review.sides import Change, Group
from pages.history.redaction import public_content
from pages.history.versions import compare_public
from tests.abierto.editorial.newsroom import newsroom
from tests.abierto.editorial.review.contents import MODELS, Changed, Maker, Targets, changes
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_database]


@pytest.fixture
def maker():
    newsroom()
    town_hall()
    return Maker(Targets())


def built(model, content):
    return model.from_serializable_data(copy.deepcopy(content))


def tells(change: Change) -> bool:
    """Check that what a change shows differs between its sides."""
    if change.blocks:
        return any(says(block) for block in change.blocks)
    return change.before is None or change.after is None or change.before.html != change.after.html


def says(group: Group) -> bool:
    return bool(group.status or group.moved) or any(tells(change) for change in group.changes)


def hidden(old, new, comparison: Comparison) -> set[str]:
    """Return the stored names that differ and of which no shown difference tells."""
    before, after = (canonical(type(one), one.serializable_data(), NOT_CONTENT) for one in (old, new))
    differing = {
        name
        for name in before.keys() | after.keys()
        if not is_same(before.get(name, MISSING), after.get(name, MISSING))
    }
    shown = {change.root for change in comparison.fields if tells(change)}
    shown |= {group.root for group in comparison.changed if says(group)}
    return differing - shown


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_single_change_is_shown_and_nothing_else(model, maker, seen_streams):
    wrong = defaultdict(list)
    old = built(model, maker.content(model))
    count = 0
    for what, content in unseen(model, changes(maker, model), seen_streams):
        new = built(model, content)
        comparison = compare_versions(old, new)
        count += 1
        if content_hash(old) == content_hash(new):
            if comparison.changed:
                wrong["shown without a difference"].append(what)
        elif hidden(old, new, comparison):
            wrong["hidden"].append(what)
    assert count
    assert dict(wrong) == {}


@pytest.fixture(scope="module")
def seen_streams():
    """The streams of blocks whose changes were all tried in another type."""
    return {}


def unseen(model, all_changes, seen):
    """Yield the changes; of a stream that another type has too, a few."""
    streams = {
        field.name: tuple(field.stream_block.child_blocks)
        for field in model._meta.fields
        if hasattr(field, "stream_block")
    }
    for number, changed in enumerate(all_changes):
        kinds = streams.get(changed.what.partition(":")[0])
        if kinds is None or seen.setdefault(kinds, model) is model or number % 17 == 0:
            yield changed


@pytest.mark.parametrize(
    "model", [model for model in MODELS if issubclass(model, Page)], ids=lambda model: model.__name__
)
def test_the_public_history_never_says_that_nothing_changed(model, maker):
    base = maker.content(model)
    wrong = []
    for number, (what, content) in enumerate(changes(maker, model)):
        kept = [built(model, one).serializable_data() for one in (base, content)]
        if (
            (number % 7
            and ": " in what)
            or content_hash(built(model, base)) == content_hash(built(model, content))
        ):
            continue
        shown = [built(model, public_content(model, one, lambda target, key: True)) for one in kept]
        changed = compare_public(tuple(kept), tuple(shown))
        if not any(says(group) for group in changed.comparison.changed) and not changed.changes_more:
            wrong.append(what)
    assert wrong == []


def test_any_two_versions_differ_on_screen_as_they_do_in_the_ledger(maker):
    """Several things at once, old and new drawn from everything that can change in one."""
    drawn = {model: [*changes(maker, model)] for model in MODELS}

    @settings(max_examples=60)
    @given(st.data())
    def check(data):
        model = data.draw(st.sampled_from(MODELS))
        one, other = (data.draw(st.sampled_from(drawn[model])) for _ in range(2))
        words = data.draw(st.text(max_size=12))
        old, new = built(model, one.content), built(model, merged(one, other, words, model))
        comparison = compare_versions(old, new)
        assert hidden(old, new, comparison) == set()
        assert bool(comparison.changed) == (content_hash(old) != content_hash(new))

    check()


def merged(one: Changed, other: Changed, words: str, model) -> dict:
    """Return the second content with some text typed into it."""
    content = copy.deepcopy(other.content)
    texts = [name for name in ("summary", "honorific", "acronym", "post", "aliases") if name in content]
    return content | dict.fromkeys(texts, words.replace("\0", ""))
