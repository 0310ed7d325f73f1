"""Upload forms, named in the settings.

A refused file is an error of its field, and the other input stays.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .document_checks import check_document
from .image_checks import UNSUPPORTED, check_picture
from .usage import is_frozen, is_restricted

FILE_IS_FIXED = _("Un archivo guardado no se cambia. Sube una versión nueva y elígela en la página.")


class CheckedImageField(WagtailImageField):
    """Image field that checks the header before anything decodes the image."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail's uploader shows it before it sends a file.
        self.error_messages["invalid_image_extension"] = UNSUPPORTED

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        """Return the upload after the checks."""
        if data is not None and data.size:
            check_picture(data, self.max_upload_size, self.max_image_pixels)
        return super().to_python(data)


FROZEN = _("Se ve en una página pública o en revisión: sube una versión nueva y elígela en la página.")


class FrozenFileMixin:
    """Form mixin: a saved file cannot be replaced, and its public fields are fixed while it is in use.

    A page is approved together with its files. If a file could be replaced afterwards, content that no
    reviewer saw would be public. The reference index does not cover drafts under review, so no file is safe
    to replace. This is checked in the form, because Wagtail's form deletes the old file before it saves.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields and self.instance.pk:  # type: ignore[attr-defined]
            self.fields["file"].required = False  # type: ignore[attr-defined]
            self.fields["file"].help_text = FILE_IS_FIXED  # type: ignore[attr-defined]
        if self.instance.pk and is_frozen(self.instance):  # type: ignore[attr-defined]
            self._disable_public_fields()

    def _disable_public_fields(self) -> None:
        """Disable the public fields of a frozen file."""
        names = {*self.instance.public_fields} - {"file"}  # type: ignore[attr-defined]
        if is_restricted(self.instance):  # type: ignore[attr-defined]
            names.add("collection")
        for name in names & set(self.fields):  # type: ignore[attr-defined]
            self.fields[name].disabled = True  # type: ignore[attr-defined]
            # Bound fields that Wagtail has already created keep a help text of their own.
            self.fields[name].help_text = self[name].help_text = FROZEN  # type: ignore[attr-defined,index]

    def clean(self) -> dict[str, Any]:
        """Refuse another file for a saved row."""
        cleaned = super().clean()  # type: ignore[misc]
        if self.instance.pk and "file" in self.changed_data:  # type: ignore[attr-defined]
            self.add_error("file", FILE_IS_FIXED)  # type: ignore[attr-defined]
        return cleaned


class PortalImageForm(FrozenFileMixin, BaseImageForm):
    """Form of an image, which is checked before it is decoded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            stock = self.fields["file"]
            self.fields["file"] = CheckedImageField(
                label=stock.label,
                required=stock.required,
                widget=stock.widget,
                max_length=stock.max_length,
            )
            # Wagtail's field sets its own help text in its constructor.
            self.fields["file"].help_text = stock.help_text
        if "description" in self.fields:
            self.fields["description"].label = _("Qué se ve")
            if not self.fields["description"].disabled:
                self.fields["description"].help_text = _(
                    "Lo lee en voz alta quien no ve la imagen. Di lo importante en una oración."
                )


class PortalDocumentForm(FrozenFileMixin, BaseDocumentForm):
    """Form of a document, which is checked before it is stored."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_document(file)
        return file
