"""The forms through which files come in (named in settings).

What they refuse, they refuse on the field, in a sentence, with everything else that was typed kept.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .document_checks import check_document
from .image_checks import check_picture
from .usage import is_frozen, is_reserved

KEEPS_ITS_FILE = _("Un archivo guardado no se cambia. Sube una versión nueva y elígela en la página.")


class CheckedImageField(WagtailImageField):
    """An image field that asks the header before it lets anything decode the picture."""

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        """Return the upload once it is known to be a picture of bearable size."""
        if data is not None and data.size:
            check_picture(data, self.max_upload_size, self.max_image_pixels)
        return super().to_python(data)


SETTLED = _("Se ve en una página pública o en revisión: sube una versión nueva y elígela en la página.")


class KeepsItsFile:
    """A form that takes a file once, and keeps what readers see of it while a page shows it.

    Approval is given to a page with the files it shows. Were a file exchanged afterwards, something nobody
    looked at would be public; and a draft under review leaves no trace in the index of references, so
    there is no telling which file is safe to exchange. Refused here and not in the model, because
    Wagtail's form deletes the old file before it saves the new one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields and self.instance.pk:  # type: ignore[attr-defined]
            self.fields["file"].required = False  # type: ignore[attr-defined]
            self.fields["file"].help_text = KEEPS_ITS_FILE  # type: ignore[attr-defined]
        if self.instance.pk and is_frozen(self.instance):  # type: ignore[attr-defined]
            self._keep_what_is_seen()

    def _keep_what_is_seen(self) -> None:
        """Show what readers see, and take no change of it: a disabled field keeps what is stored."""
        names = {*self.instance.seen_fields} - {"file"}  # type: ignore[attr-defined]
        if is_reserved(self.instance):  # type: ignore[attr-defined]
            names.add("collection")
        for name in names & set(self.fields):  # type: ignore[attr-defined]
            self.fields[name].disabled = True  # type: ignore[attr-defined]
            # Wagtail has already bound some fields, which keep the help that they had then.
            self.fields[name].help_text = self[name].help_text = SETTLED  # type: ignore[attr-defined,index]

    def clean(self) -> dict[str, Any]:
        """Refuse another file for what already has one."""
        cleaned = super().clean()  # type: ignore[misc]
        if self.instance.pk and "file" in self.changed_data:  # type: ignore[attr-defined]
            self.add_error("file", KEEPS_ITS_FILE)  # type: ignore[attr-defined]
        return cleaned


class PortalImageForm(KeepsItsFile, BaseImageForm):
    """An image, checked before it is decoded."""

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
            # Wagtail's field writes its own help while it is built.
            self.fields["file"].help_text = stock.help_text
        if "description" in self.fields:
            self.fields["description"].label = _("Qué se ve")
            if not self.fields["description"].disabled:
                self.fields["description"].help_text = _(
                    "Lo lee en voz alta quien no ve la imagen. Di lo importante en una oración."
                )


class PortalDocumentForm(KeepsItsFile, BaseDocumentForm):
    """A document, checked before it is kept."""

    def clean_file(self) -> Any:
        """Refuse content that is not what the extension says."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_document(file)
        return file
