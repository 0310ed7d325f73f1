"""Two contents with different hashes show a difference: every field and block of every type."""

import copy
import json
from collections import defaultdict
from typing import Any, NamedTuple

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from abierto.approval.ledger.hashing import NOT_CONTENT, canonical, content_hash, digest
from abierto.approval.review.comparison import Comparison, compare_versions
from abierto.approval.review.field_changes import ChangeGroup, FieldChange
from abierto.approval.review.prefetch import NamedObjects
from pages.history.redaction import public_content
from pages.history.versions import compare_public
from pages.standard.models import StandardPage
from tests.abierto.approval.newsroom import newsroom
from tests.abierto.approval.review.contents import MODELS, Content, Maker, Targets, changes, of_stream
from tests.security.newsdesk import town_hall
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@built_once
def make_spaces() -> None:
    newsroom()
    town_hall()


@pytest.fixture
def maker(monkeypatch):
    make_spaces()
    monkeypatch.setattr(NamedObjects, "_read_model", read_once(NamedObjects._read_model))
    return Maker(Targets())


def read_once(read):
    """Return ``_read_model`` that reads the same objects once in a test, which changes none of them."""
    known = {}

    def read_model(objects, model, keys):
        wanted = model, objects.viewer, frozenset(keys)
        if wanted not in known:
            read(objects, model, keys)
            masked = {one for one in objects._masked if one[0] is model}
            known[wanted] = objects._found[model], masked
        objects._found[model], masked = known[wanted]
        objects._masked |= masked

    return read_model


NO_ROW = 10**9
"""A key that no row has, for contents that are built and not stored."""


def built(model, content):
    made = model.from_serializable_data(copy.deepcopy(content))
    made.pk = made.id = NO_ROW
    return made


def once_in_a_row(build):
    """Return ``build`` that builds equal contents that follow each other once: most have the same base."""
    last = []

    def build_once(model, content):
        if last[:2] != [model, content]:
            last[:] = [model, content, build(model, content)]
        return last[2]

    return build_once


def shows_difference(change: FieldChange) -> bool:
    """Check that the shown change differs between its sides."""
    if change.blocks:
        return any(shows_group_change(block) for block in change.blocks)
    return change.before is None or change.after is None or change.before.html != change.after.html


def shows_group_change(group: ChangeGroup) -> bool:
    return bool(group.status or group.moved) or any(shows_difference(change) for change in group.changes)


def stored_text(content, name) -> str:
    """Return what the ledger hashes of one name: on its own, not with the comparison's code."""
    return json.dumps(content[name], sort_keys=True, cls=DjangoJSONEncoder) if name in content else ""


def unshown_names(old, new, comparison: Comparison) -> set[str]:
    """Return the stored names that differ without a shown difference."""
    before, after = (
        canonical(type(content), content.serializable_data(), NOT_CONTENT) for content in (old, new)
    )
    differing = {
        name for name in before.keys() | after.keys() if stored_text(before, name) != stored_text(after, name)
    }
    shown = {change.root for change in comparison.fields if shows_difference(change)}
    shown |= {group.root for group in comparison.changed if shows_group_change(group)}
    return differing - shown


def streams_of(model):
    """Return the kinds of block of each stream field of a type, by the field's name."""
    return {
        field.name: tuple(field.stream_block.child_blocks)
        for field in model._meta.fields
        if hasattr(field, "stream_block")
    }


FIRST_WITH = {kinds: model for model in reversed(MODELS) for kinds in streams_of(model).values()}
"""The type in which every change of a stream of blocks is tried; in others that have it, one in seventeen."""


def sampled(model, all_changes):
    """Yield the changes to try in a type."""
    streams = streams_of(model)
    for number, changed in enumerate(all_changes):
        kinds = streams.get(changed.what.partition(":")[0])
        if kinds is None or FIRST_WITH[kinds] is model or number % 17 == 0:
            yield changed


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_single_change_is_shown_and_nothing_else(model, maker):
    wrong = defaultdict(list)
    tried = 0
    built_before = once_in_a_row(built)
    for what, before, after in sampled(model, changes(maker, model)):
        old, new = built_before(model, before), built(model, after)
        comparison = compare_versions(old, new)
        tried += 1
        if content_hash(old) == content_hash(new):
            if comparison.changed:
                wrong["shown without a difference"].append(what)
        elif unshown_names(old, new, comparison):
            wrong["hidden"].append(what)
    assert tried
    assert dict(wrong) == {}


EXTRA = {"type": "heading", "value": "Otra cosa", "id": "extra"}


def test_every_change_of_a_block_is_shown_beside_another_change(maker):
    wrong = []
    page = built(StandardPage, maker.content(StandardPage))

    def with_body(blocks):
        return page.with_content_json(page.serializable_data() | {"body": json.dumps(blocks)})

    for what, before, after in of_stream(maker, StandardPage._meta.get_field("body").stream_block):
        if content_hash(with_body(before)) == content_hash(with_body(after)):
            continue
        (change,) = compare_versions(with_body(before), with_body([*after, EXTRA])).fields
        if not any(shows_group_change(block) for block in change.blocks if block.path != "body.extra"):
            wrong.append(what)
    assert wrong == []


class Version(NamedTuple):
    """A version of the public history: its content, its hash, and what the public reads of it."""

    whole: Content
    sha: str
    shown: Any


def read_version(model, content) -> Version:
    whole = built(model, content).serializable_data()
    shown = built(model, public_content(model, whole, lambda target, key: True))
    return Version(whole, digest(model, whole), shown)


@pytest.mark.parametrize(
    "model", [model for model in MODELS if issubclass(model, Page)], ids=lambda model: model.__name__
)
def test_the_public_history_never_says_that_nothing_changed(model, maker):
    wrong = []
    read_before = once_in_a_row(read_version)
    for what, before, after in sampled(model, changes(maker, model)):
        old, new = read_before(model, before), read_version(model, after)
        differs = old.sha != new.sha
        changed = compare_public((old.whole, new.whole), (old.shown, new.shown))
        says_so = (
            any(shows_group_change(group) for group in changed.comparison.changed) or changed.changes_more
        )
        if says_so != differs:
            wrong.append(what)
    assert wrong == []


def test_versions_differ_on_screen_if_they_differ_in_hash(maker):
    """Several changes at once: from one changed content to another, with submitted text."""
    drawn = {model: [*changes(maker, model)] for model in MODELS}

    @settings(max_examples=60)
    @given(st.data())
    def check(data):
        model = data.draw(st.sampled_from(MODELS))
        first, second = (data.draw(st.sampled_from(drawn[model])) for _ in range(2))
        old, new = (
            built(model, first.content),
            built(model, with_added_words(second.content, data.draw(WORDS))),
        )
        comparison = compare_versions(old, new)
        assert unshown_names(old, new, comparison) == set()
        assert bool(comparison.changed) == (content_hash(old) != content_hash(new))

    check()


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


def with_added_words(content, words):
    """Return ``content`` with added words in its short texts."""
    texts = [name for name in ("summary", "honorific", "acronym", "post", "aliases") if name in content]
    return content | dict.fromkeys(texts, words)
