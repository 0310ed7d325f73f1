"""Every reference point, found by introspection, with foreign, malformed and deleted keys."""

import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.admin.panels import get_edit_handler
from wagtail.blocks.field_block import ChooserBlock
from wagtail.models import Page, ReferenceIndex

from abierto.approval.ledger.hashing import NOT_CONTENT
from abierto.approval.references.checks import error_message, find_refused_references
from abierto.approval.references.extraction import iter_data_references, iter_references
from abierto.approval.references.forms import ReferencesForm
from abierto.tenancy.reference_policy import has_space
from blocks.choosers import TolerantChooser
from tests.pages.references.conftest import SECRET
from tests.pages.references.reference_points import MALFORMED, NAMES_NOTHING, list_content_models, list_points

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def is_shared(model: type[models.Model]) -> bool:
    """Check whether every space may choose every row of ``model``."""
    return not issubclass(model, Page) and not has_space(model)


def find_refusals(point, key, space, user=None) -> list:
    return find_refused_references(iter_data_references(point.model, point.stored(key)), space, user)


def test_reference_points_are_found():
    found = {str(point) for point in list_points()}

    assert {
        "StandardPage.body.image.image.image",
        "StandardPage.body.links.cards.item.page",
        "StandardPage.body.accordion.entries.item.text:Page",
        "ProgressUpdatePage.rows.evidence.evidence.document",
        "ProgressUpdatePage.narrative:Page",
        "CommitmentPage.parties.institution",
        "HomePage.current_plan",
        "MicrositePage.logo",
        "MicrositePage.portrait",
        "MicrositePage.privacy_page",
        "RulingIndexPage.guide",
        "PromotedResult.page",
    } <= found


def test_foreign_keys_are_refused_everywhere(own, foreign):
    let_through, blocked = [], []
    for point in list_points():
        if is_shared(point.target):
            continue
        key = foreign.of(point.target).pk
        if not find_refusals(point, key, own.space):
            let_through.append(str(point))
        if not find_refusals(point, key, None, user=own_editor(own)):
            let_through.append(f"{point} (person)")
        if find_refusals(point, own.of(point.target).pk, own.space, own_editor(own)):
            blocked.append(str(point))

    assert (let_through, blocked) == ([], [])


def own_editor(own):
    return own.space.editors.user_set.get()


def test_malformed_and_deleted_keys_are_refused_everywhere(own):
    let_through = []
    for point in list_points():
        for key in (*MALFORMED, NAMES_NOTHING):
            if point.in_text and key is True:
                continue
            if not find_refusals(point, key, None):
                let_through.append(f"{point}: {key!r}")

    assert let_through == []


def test_the_message_names_the_field_and_not_the_object(own, foreign):
    for point in list_points():
        if is_shared(point.target):
            continue
        for reference in find_refusals(point, foreign.of(point.target).pk, own.space):
            text = error_message(reference)
            assert SECRET not in text
            assert text.startswith("«")


def test_every_reference_found_by_wagtail_is_found(own):
    for thing in (own.draft, own.row, own.draft.get_parent().specific):
        ours = {
            (ContentType.objects.get_for_model(_base(reference.model)).pk, str(reference.pk))
            for reference in iter_references(thing)
        }
        left_out = {
            ContentType.objects.get_for_model(model).pk
            for model in (ContentType, *(field.related_model for field in _bookkeeping(type(thing))))
        }
        theirs = {
            (kind, key)
            for kind, key, _model_path, _path in ReferenceIndex._extract_references_from_object(thing)
            if kind not in left_out
        }
        assert theirs <= ours


def test_every_block_reference_found_by_wagtail_is_found(own):
    for point in list_points():
        if point.path and not point.path.startswith(".item"):
            stored = point.stored(own.of(point.target).pk if not is_shared(point.target) else 1)
            field = next(
                (model_field for model_field in point.model._meta.fields if model_field.name == point.field),
                None,
            )
            if not hasattr(field, "extract_references"):
                continue
            value = field.to_python(stored[point.field])
            theirs = {(_base(model), str(key)) for model, key, *_paths in field.extract_references(value)}
            ours = {
                (_base(reference.model), str(reference.pk))
                for reference in iter_data_references(point.model, stored)
            }
            assert theirs, str(point)
            assert theirs <= ours, str(point)


def _base(model):
    return Page if issubclass(model, Page) else model


def _bookkeeping(model):
    return [field for field in model._meta.fields if field.name in NOT_CONTENT and field.is_relation]


def test_every_chooser_tolerates_any_stored_value():
    """Wagtail's own chooser blocks raise an error for a malformed key."""
    plain = [
        f"{model.__name__}.{field.name}: {block}"
        for model in _models_with_rows()
        for field in model._meta.fields
        if hasattr(field, "stream_block")
        for block in _all_blocks(field.stream_block)
        if isinstance(block, ChooserBlock) and not isinstance(block, TolerantChooser)
    ]

    assert plain == []


def _models_with_rows():
    for model in list_content_models():
        yield model
        for relation in get_all_child_relations(model):
            yield relation.related_model


def _all_blocks(block):
    yield block
    inner = [
        *getattr(block, "child_blocks", {}).values(),
        *filter(None, [getattr(block, "child_block", None)]),
    ]
    for child in inner:
        yield from _all_blocks(child)


def test_every_content_form_checks_chosen_references():
    unchecked = []
    for model in list_content_models():
        viewset = getattr(model, "snippet_viewset", None)
        handler = viewset.get_edit_handler() if viewset else get_edit_handler(model)
        if not issubclass(handler.get_form_class(), ReferencesForm):
            unchecked.append(model.__name__)

    assert unchecked == []


def test_malformed_streams_have_no_references():
    for raw in ("{", "5", '{"a": 1}', "[1, null, [2]]", json.dumps("x"), '[{"type": 3}]', '[{"value": 1}]'):
        for model in list_content_models():
            for field in model._meta.fields:
                if hasattr(field, "stream_block"):
                    assert list(iter_data_references(model, {field.name: raw})) == []
                    assert list(field.to_python(raw)) == []
