"""What all our blocks share: groups of the block picker, preview and rules between fields."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

TEXT = _("Texto")
MEDIA = _("Imágenes y archivos")
DATA = _("Cifras y datos")
LINKS = _("Enlaces")

PREVIEW = "blocks/preview/page.html"


class PortalBlock(blocks.StructBlock):
    """A group of fields that may have rules between them, told on the field that breaks them."""

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        problems = self.problems(cleaned)
        if problems:
            raise StructBlockValidationError(block_errors=problems)
        return cleaned

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        """Return the sentences to show, by field; a draft (`is_deferred_validation`) may be incomplete."""
        return {}

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """Return the words to search, without the “None” that Wagtail gives for a line never filled in."""
        if not self.search_index:
            return []
        return [
            text
            for name, block in self.child_blocks.items()
            if value.get(name) is not None
            for text in block.get_searchable_content(value[name])
        ]

    class Meta:
        preview_template = PREVIEW
