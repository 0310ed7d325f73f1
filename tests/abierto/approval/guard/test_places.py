"""Writes below the views do not change the address or the visitors of what is public or under review."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from abierto.approval.errors import NotAllowed
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, approve, expect_refusal, fresh, newsroom, submit
from tests.abierto.media.uploads import page_with, stored_document
from tests.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


@pytest.fixture(params=["in review", "scheduled"])
def waiting(request, room) -> Page:
    """A restricted draft that is in review, or approved for a date."""
    page = factories.StandardPageFactory(parent=room.home, owner=room.editor)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    if request.param == "scheduled":
        page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    state = submit(page, room.editor)
    if request.param == "scheduled":
        approve(state, room.reviewer)
    return fresh(page)


def test_a_page_in_review_or_scheduled_is_not_moved(waiting):
    folder = factories.StandardPageFactory(title="Otra")

    with pytest.raises(NotAllowed), transaction.atomic():
        waiting.move(folder, "last-child")

    assert not fresh(waiting).is_child_of(fresh(folder))


def test_privacy_of_a_page_in_review_or_scheduled_is_not_opened(waiting):
    restriction = PageViewRestriction.objects.get(page=waiting)

    with pytest.raises(NotAllowed), transaction.atomic():
        restriction.delete()
    restriction.restriction_type = "password"
    with pytest.raises(NotAllowed), transaction.atomic():
        restriction.save()

    assert PageViewRestriction.objects.get(page=waiting).restriction_type == "login"


@pytest.mark.parametrize("is_specific", [True, False], ids=["own class", "Page"])
def test_slug_of_a_draft_above_a_public_page_is_not_changed(is_specific):
    above = published(factories.StandardPageFactory(title="Arriba"))
    below = published(factories.StandardPageFactory(title="Abajo", parent=above))
    fresh(above).unpublish()
    page = fresh(above) if is_specific else Page.objects.get(pk=above.pk)
    page.slug = "otra-direccion"

    with expect_refusal():
        page.save(clean=False)

    assert fresh(below).url_path == below.url_path


def test_collection_of_a_public_document_is_not_opened(room):
    document = stored_document(room.space)
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.objects.get(pk=document.collection_id), restriction_type="login"
    )
    restriction.restriction_type = "password"
    restriction.save()
    published(page_with(document))
    restriction.restriction_type = "none"

    with expect_refusal():
        restriction.save()
    with expect_refusal():
        restriction.delete()

    restriction.refresh_from_db()
    assert restriction.restriction_type == "password"
