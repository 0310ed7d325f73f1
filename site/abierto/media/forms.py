"""The forms through which files come in (named in settings)."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm


class PortalImageForm(BaseImageForm):
    """An image, checked before it is decoded."""


class PortalDocumentForm(BaseDocumentForm):
    """A document, checked before it is kept."""
