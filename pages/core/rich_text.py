"""Link and image handlers of rich text that tolerate any stored value.

Wagtail's handlers query any key and fail on one that is not an integer. Here a link without a target shows
its text without a link, and an image without a target is left out.
"""

from typing import Any

from django.db.models import Model
from django.utils.html import escape
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.contentstate_models import Entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    ExternalLinkElementHandler,
    PageLinkElementHandler,
)
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler, document_link_entity
from wagtail.images.formats import get_image_formats
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.images.rich_text.contentstate import ImageElementHandler, image_entity
from wagtail.rich_text import EntityHandler
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from blocks.choosers import may_see, may_show
from blocks.raw_values import typed_key

from .link_targets import current_link_targets

Attributes = dict[str, str]

NO_LINK = "<a>"


class TolerantHandler(EntityHandler):
    """A rich text handler that queries valid keys only."""

    @classmethod
    def key_of(cls, attrs: Attributes) -> Any | None:
        """Return the stored key if it is valid."""
        return typed_key(attrs.get("id", ""), cls.get_model())

    @classmethod
    def get_instance(cls, attrs: Attributes) -> Model:
        """Return the target.

        Raises:
            DoesNotExist: also for an invalid key.
        """
        model = cls.get_model()
        key = cls.key_of(attrs)
        if key is None:
            raise model.DoesNotExist
        return super().get_instance({**attrs, "id": key})

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Model | None]:
        """Return the targets, None for each missing one."""
        keys = [cls.key_of(attrs) for attrs in attrs_list]
        known = iter(super().get_many([{"id": str(key)} for key in keys if key is not None]))
        return [next(known) if key is not None else None for key in keys]

    @classmethod
    def extract_references(cls, attrs: Attributes) -> Any:
        """Yield the reference for the index, if what is stored is a key."""
        key = cls.key_of(attrs)
        if key is not None:
            yield cls.get_model(), str(key), "", ""


class PageLinks(TolerantHandler, PageLinkHandler):
    """Links to pages in the active language; without an address if the page is not public."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        """Return an opening tag for each link. The queries do not depend on how many there are."""
        keys = [cls.key_of(attrs) for attrs in attrs_list]
        targets = current_link_targets().pages({key for key in keys if key is not None})
        linked = [targets[key].linked if key is not None else None for key in keys]
        return [opening_tag(page.url if page is not None else None) for page in linked]


class DocumentLinks(TolerantHandler, DocumentLinkHandler):
    """Links to documents, without an address for those in private collections."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        """Return an opening tag for each link. The queries do not depend on how many there are."""
        keys = [cls.key_of(attrs) for attrs in attrs_list]
        found = current_link_targets().documents({key for key in keys if key is not None})
        linked = [found.get(key) if key is not None else None for key in keys]
        return [opening_tag(document.url if document is not None else None) for document in linked]


def opening_tag(url: str | None) -> str:
    """Return the opening tag of a link; the closing tag follows in the stored text."""
    return f'<a href="{escape(url)}">' if url else NO_LINK


class ImageEmbeds(TolerantHandler, ImageEmbedHandler):
    """Images; those of an unknown format or of a space are left out, as the page is unknown here.

    The portal's editors offer no images in rich text; images have a block.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        """Return each image as HTML, nothing for each that names none."""
        formats = {image_format.name for image_format in get_image_formats()}
        images = cls.get_many(attrs_list)
        return [
            super(ImageEmbeds, cls).expand_db_attributes_many([attrs])[0]
            if image is not None and may_show(image, None) and attrs.get("format") in formats
            else ""
            for attrs, image in zip(attrs_list, images, strict=True)
        ]


# --- The editor ----------------------------------------------------------------------------------------


def may_see_in_editor(handler: type[TolerantHandler], attrs: Attributes) -> bool:
    """Check that the editor may see the address of the target."""
    instance = handler.get_many([attrs])[0]
    return instance is not None and may_see(instance)


class EditedPageLink(PageLinkElementHandler):
    """A page link in the editor: without an address if its target is missing or out of the user's scope."""

    def get_attribute_data(self, attrs: Attributes) -> dict[str, Any]:
        """Return the attributes that the editor stores."""
        if may_see_in_editor(PageLinks, attrs):
            return super().get_attribute_data(attrs)
        return {"id": attrs.get("id", ""), "url": None, "parentId": None}


class EditedDocumentLink(DocumentLinkElementHandler):
    """A document link in the editor: without an address if its target is missing or out of scope."""

    def get_attribute_data(self, attrs: Attributes) -> dict[str, Any]:
        """Return the attributes that the editor stores."""
        if may_see_in_editor(DocumentLinks, attrs):
            return super().get_attribute_data(attrs)
        return {"id": attrs.get("id", "")}


class EditedImage(ImageElementHandler):
    """An image in the editor: without data if its target is missing or out of scope."""

    def create_entity(self, name: str, attrs: Attributes, state: Any, contentstate: Any) -> Entity:
        """Return the entity that the editor stores."""
        known = {image_format.name for image_format in get_image_formats()}
        if attrs.get("format") in known and may_see_in_editor(ImageEmbeds, attrs):
            return super().create_entity(name, attrs, state, contentstate)
        attributes = {key: attrs.get(key, "") for key in ("id", "alt", "format")}
        return Entity("IMAGE", "IMMUTABLE", {**attributes, "src": ""})


def register_handlers(features: FeatureRegistry) -> None:
    """Replace Wagtail's handlers, for readers and in the editor."""
    for links in (PageLinks, DocumentLinks):
        features.register_link_type(links)
    features.register_embed_type(ImageEmbeds)
    features.register_converter_rule(
        "contentstate",
        "link",
        {
            "from_database_format": {
                "a[href]": ExternalLinkElementHandler("LINK"),
                'a[linktype="page"]': EditedPageLink("LINK"),
            },
            "to_database_format": {"entity_decorators": {"LINK": link_entity}},
        },
    )
    features.register_converter_rule(
        "contentstate",
        "document-link",
        {
            "from_database_format": {'a[linktype="document"]': EditedDocumentLink("DOCUMENT")},
            "to_database_format": {"entity_decorators": {"DOCUMENT": document_link_entity}},
        },
    )
    features.register_converter_rule(
        "contentstate",
        "image",
        {
            "from_database_format": {'embed[embedtype="image"]': EditedImage()},
            "to_database_format": {"entity_decorators": {"IMAGE": image_entity}},
        },
    )
