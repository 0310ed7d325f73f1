"""An image, a document and pages for the blocks to refer to."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from abierto.approval.ledger.imports import imported


@pytest.fixture
def image(db):
    return get_image_model().objects.create(title="Plaza", file=get_test_image_file(size=(900, 600)))


@pytest.fixture
def document(db):
    return get_document_model().objects.create(
        title="Informe <b>parcial</b>", file=ContentFile(b"%PDF-1.4", name="informe.pdf")
    )


@pytest.fixture
def add_page(db):
    """Add a plain page under the home page of the default site."""
    home = Site.objects.get(is_default_site=True).root_page

    def add(title: str, *, live: bool = True) -> Page:
        with imported("Una página de una prueba"):
            return home.add_child(instance=Page(title=title, live=live))

    return add
