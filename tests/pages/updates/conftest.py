"""A draft update and its form, as an institution's editor has them before her."""

import pytest
from wagtail.test.utils.form_data import rich_text

from pages.updates.proposal import start_update
from tests.pages.admin.worlds import World, build, opened, signed_in
from tests.pages.updates.editing import AUGUST, NOVEMBER, TYPED


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def editor(world):
    return signed_in(world.north_editor)


@pytest.fixture
def draft(world):
    return start_update(world.north, AUGUST, NOVEMBER, world.north_editor)


@pytest.fixture
def form(editor, draft):
    return {**opened(editor, draft), "narrative": rich_text(f"<p>{TYPED}</p>")}
