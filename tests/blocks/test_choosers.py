"""Choosers read a malformed stored key as nothing, and refuse a malformed typed one."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from blocks.choosers import DocumentChoice, ImageChoice, PageChoice, hidden_state

pytestmark = pytest.mark.django_db

CHOOSERS = [PageChoice, DocumentChoice, ImageChoice]


@pytest.mark.parametrize("chooser", CHOOSERS)
@pytest.mark.parametrize("key", ["abc", "", 1.5, True, 0, 10**30, [], {}], ids=repr)
def test_a_stored_value_that_is_no_key_reads_as_nothing(chooser, key):
    block = chooser(required=False)

    assert block.to_python(key) is None
    assert block.bulk_to_python([key]) == [None]


def test_a_malformed_key_does_not_take_the_others_with_it():
    root = Page.objects.get(depth=1)

    assert PageChoice().bulk_to_python(["abc", root.pk, 10**30]) == [None, root, None]


@pytest.mark.parametrize("chooser", CHOOSERS)
@pytest.mark.parametrize("text", ["abc", "1.5", "-1", "007", "9" * 30])
def test_a_typed_value_that_is_no_key_is_refused_also_where_nothing_is_required(chooser, text):
    block = chooser(required=False)
    chosen = block.value_from_form(text)

    assert block.get_form_state(chosen) is None
    with pytest.raises(ValidationError, match="ya no existe"):
        block.clean(chosen)


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_a_typed_key_that_names_nothing_is_shown_as_an_object_of_another_space(chooser):
    block = chooser(required=False)

    chosen = block.clean(block.value_from_form("987654"))

    assert block.get_form_state(chosen) == hidden_state(987654)
    assert block.get_prep_value(chosen) == 987654


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_an_empty_field_is_no_malformed_key(chooser):
    block = chooser(required=False)

    assert block.clean(block.value_from_form("")) is None
