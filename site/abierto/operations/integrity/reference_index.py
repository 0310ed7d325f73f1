"""Whether the index of references, by which a file is open to everybody, says what public pages show."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from abierto.editorial.mixins import FourEyesPage
from abierto.media.models import PortalDocument, PortalImage

from .findings import Finding

FIX = "Ejecuta: manage.py rebuild_references_index"
AT_ONCE = 100

Reference = tuple[int, str]


def wrong_references() -> Iterator[Finding]:
    """Yield public pages whose stored references to files are not those of their content."""
    kinds = [ContentType.objects.get_for_model(model).pk for model in (PortalDocument, PortalImage)]
    page_type = ContentType.objects.get_for_model(Page).pk
    rows = ReferenceIndex.objects.filter(base_content_type=page_type, to_content_type__in=kinds)
    stored: dict[str, set[Reference]] = {}
    for key, kind, file in rows.values_list("object_id", "to_content_type_id", "to_object_id").iterator():
        stored.setdefault(key, set()).add((kind, file))
    page: Any
    for page in Page.objects.live().order_by("path").specific().iterator(chunk_size=AT_ONCE):
        if not issubclass(type(page), FourEyesPage):
            continue
        found = {
            (reference[0], str(reference[1]))
            for reference in ReferenceIndex._extract_references_from_object(page)
            if reference[0] in kinds
        }
        if found != stored.get(str(page.pk), set()):
            yield Finding(
                f"El índice de referencias no dice qué archivos muestra «{page.title}» (página {page.pk}).",
                FIX,
            )
