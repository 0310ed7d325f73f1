"""A draft update and its form for an institution's editor."""

from typing import Any

import pytest
from wagtail.test.utils.form_data import rich_text

from pages.updates.drafts import start_update
from pages.updates.models import ProgressUpdatePage
from tests.pages.admin.worlds import ListingWorld, build, opened, signed_in
from tests.pages.updates.editing import AUGUST, NOVEMBER, TYPED
from tests.shared_rows import built_once


@built_once
def build_draft_update() -> tuple[ListingWorld, ProgressUpdatePage, dict[str, Any]]:
    """Build the institutions, start a quarter's update and open its form."""
    world = build()
    draft = start_update(world.north, AUGUST, NOVEMBER, world.north_editor)
    return world, draft, opened(signed_in(world.north_editor), draft)


@pytest.fixture
def desk(request):
    """The institutions, with the draft and its form."""
    return build_draft_update() if "draft" in request.fixturenames else (build(), None, {})


@pytest.fixture
def world(desk) -> ListingWorld:
    return desk[0]


@pytest.fixture
def editor(world):
    return signed_in(world.north_editor)


@pytest.fixture
def draft(desk):
    return desk[1]


@pytest.fixture
def form(desk, draft):
    return {**desk[2], "narrative": rich_text(f"<p>{TYPED}</p>")}
