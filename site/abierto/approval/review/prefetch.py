"""The referenced objects of two versions, read with a fixed number of queries, and their display text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
from wagtail.models import DraftStateMixin, Page

from abierto.accounts.models import User
from abierto.media.models.base import OwnedFile
from abierto.tenancy.access import scope, sees_everything
from abierto.tenancy.isolation.sharing import shared_version_for
from abierto.tenancy.visibility import public_condition, published_condition
from blocks.raw_values import stored_key, typed_key

from .attachments import Attachment, build_attachment, prefetch_renditions
from .rich_text import Reference, iter_rich_text_references


@dataclass(frozen=True)
class ClosedTarget:
    """A page or file that the new version names and that the public cannot open."""

    name: str
    effect: str


class NamedObjects:
    """The objects that content refers to, by model and key.

    ``viewer`` reads the comparison: titles that she may not see are hidden. Without a viewer no title of a
    non-public page is shown; files and rows are, so the caller passes only public ones.
    """

    def __init__(self, viewer: User | None = None) -> None:
        self.viewer = viewer
        self._found: dict[type[models.Model], dict[Any, Any]] = defaultdict(dict)
        self._masked: set[tuple[type[models.Model], Any]] = set()
        self._names: dict[tuple[type[models.Model], Any], str] = {}

    def read(self, named: Iterable[NamedObject]) -> None:
        """Read the objects: one query for each model, and one more for those visible to the viewer."""
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for named_object in named:
            key = database_key(named_object.model, named_object.key)
            if key is not None:
                wanted[named_object.model].add(key)
        for model, keys in wanted.items():
            self._read_model(model, keys)

    def _read_model(self, model: Any, keys: set[Any]) -> None:
        queryset = _annotated_pages() if issubclass(model, Page) else model._base_manager.all()
        found = self._found[model] = queryset.in_bulk(keys)
        guarded = [key for key, found_object in found.items() if _may_need_hiding(found_object)]
        if issubclass(model, Page) and self.viewer is None:
            seen: set[Any] = set()
        elif not guarded or self.viewer is None or sees_everything(self.viewer):
            seen = set(guarded)
        else:
            own = scope(model._default_manager.filter(pk__in=guarded), self.viewer)
            seen = set(own.values_list("pk", flat=True)) | self._find_shared(found)
        self._masked |= {(model, key) for key in guarded if key not in seen}
        if issubclass(model, AbstractImage):
            prefetch_renditions(image for key, image in found.items() if (model, key) not in self._masked)

    def _find_shared(self, found: dict[Any, Any]) -> set[Any]:
        """Return the keys of the files of the version that another space shares with the viewer."""
        shared = shared_version_for(self.viewer)
        files = {key: file for key, file in found.items() if isinstance(file, OwnedFile)}
        return {key for key, file in files.items() if shared is not None and shared.includes_file(file)}

    def get(self, model: Any, key: Any) -> Any:
        """Return an object; None if it does not exist."""
        base = base_model(model)
        return self._found[base].get(database_key(base, key))

    def is_masked(self, model: Any, key: Any) -> bool:
        """Check whether the name of the object must be hidden from the viewer."""
        base = base_model(model)
        return (base, database_key(base, key)) in self._masked

    def attachment(self, model: Any, key: Any) -> Attachment | None:
        """Return the attachment of a file."""
        return None if self.is_masked(model, key) else build_attachment(self.get(model, key))

    def describe(self, model: Any, key: Any, *, is_link: bool = False) -> str:
        """Return the name of an object; if the public cannot open it, also why and the consequence."""
        base = base_model(model)
        name, effect = self.name(base, key), self._effect(base, key, is_link=is_link)
        return f"{name}: {effect}" if effect else name

    def describe_reference(self, reference: Reference) -> str:
        """Return the target of a link or picture of rich text, after the word for its kind."""
        model = rich_text_model(reference.kind)
        found = self.get(model, reference.key)
        description = self.describe(model, reference.key, is_link=reference.kind != "image")
        if found is None or self.is_masked(model, reference.key):
            return description
        kinds = {"page": _("página"), "document": _("documento"), "image": _("imagen")}
        return f"{kinds[reference.kind]} {description}"

    def closed(self, named: Iterable[NamedObject]) -> tuple[ClosedTarget, ...]:
        """Return the objects that the public cannot open or that are deleted, without the rows of
        ``drafts``.
        """
        found: dict[ClosedTarget, None] = {}
        for named_object in named:
            if self._is_visible_draft(named_object):
                continue
            effect = self._effect(named_object.model, named_object.key, is_link=named_object.is_link)
            if effect:
                target = ClosedTarget(self.name(named_object.model, named_object.key), effect)
                found[target] = None
        return tuple(found)

    def drafts(self, named: Iterable[NamedObject]) -> tuple[Any, ...]:
        """Return the rows, not pages, that are drafts or were withdrawn and that the viewer may know of."""
        rows = (
            self.get(named_object.model, named_object.key)
            for named_object in named
            if self._is_visible_draft(named_object)
        )
        return tuple(dict.fromkeys(rows))

    def _is_visible_draft(self, named_object: NamedObject) -> bool:
        return is_draft_row(self.get(named_object.model, named_object.key)) and not self.is_masked(
            named_object.model, named_object.key
        )

    def name(self, model: Any, key: Any) -> str:
        """Return the name of an object, with its state when the public cannot open it."""
        known = model, str(key)
        if known not in self._names:
            self._names[known] = self._name_of(self.get(model, key), model, key)
        return self._names[known]

    def _name_of(self, found: Any, model: Any, key: Any) -> str:
        label = model._meta.verbose_name
        if found is None:
            return _("%(kind)s %(number)s, que ya no existe") % {"kind": label, "number": key}
        if self.is_masked(model, key):
            return _masked_name(found, self.viewer)
        if not isinstance(found, Page):
            return f"{found}, {found.status_string}" if is_draft_row(found) else str(found)
        state = page_status(found)
        if not state:
            return f"«{found.title}», {found.get_url() or found.url_path}"
        return f"«{found.get_admin_display_title()}», {state}"

    def _effect(self, model: Any, key: Any, *, is_link: bool) -> str:
        found = self.get(model, key)
        is_closed_page = isinstance(found, Page) and bool(page_status(found))
        if not (found is None or is_closed_page or is_draft_row(found)):
            return ""
        return _("el público verá las palabras sin enlace") if is_link else _("el público no lo verá")


def database_key(model: Any, key: Any) -> Any:
    """Return a stored key as the database has it; None for a value that cannot be a key of ``model``."""
    return stored_key(key, model) or typed_key(key, model)


def _annotated_pages() -> models.QuerySet[Page]:
    """Return pages annotated with whether they are public."""
    annotated = Page.objects.annotate(is_public=public_condition(), is_published=published_condition())
    return annotated.select_related("locale")


def page_status(page: Any) -> str:
    """Return why the public cannot open a page; nothing when it can."""
    if page.is_public:
        return ""
    if not page.live:
        was_public = page.first_published_at or page.last_published_at
        return _("retirada") if was_public else _("borrador")
    if page.is_published:
        return _("privada")
    if page.expire_at is not None and page.expire_at <= timezone.now():
        return _("retirada")
    if page.alias_of_id is not None:
        return _("copia de una página que no es pública")
    return _("debajo de una página que no es pública")


def _may_need_hiding(found: Any) -> bool:
    """Check whether only people of its space may know of an object."""
    if isinstance(found, Page):
        return bool(page_status(found))
    if isinstance(found, AbstractDocument | AbstractImage):
        return True
    return is_draft_row(found)


def is_draft_row(found: Any) -> bool:
    """Check for a row, not a page, that is a draft or was withdrawn."""
    return isinstance(found, DraftStateMixin) and not isinstance(found, Page) and not found.live


def _masked_name(found: Any, viewer: User | None) -> str:
    number = found.pk
    if isinstance(found, Page):
        if viewer is None:
            return _("una página que no es pública, número %(number)s") % {"number": number}
        return _("una página de otro espacio que no es pública, número %(number)s") % {"number": number}
    if isinstance(found, AbstractDocument | AbstractImage):
        return _("un archivo de otro espacio, número %(number)s") % {"number": number}
    return _("una ficha de otro espacio que no es pública, número %(number)s") % {"number": number}


# --- The references in stored content: foreign keys, choosers, links in rich text ----------------------

Content = Mapping[str, Any]
"""The content of an object as ``ledger.hashing.canonical`` returns it."""


class NamedObject(NamedTuple):
    """An object that content refers to; ``is_link`` when only a text link leads to it."""

    model: type[models.Model]
    key: Any
    is_link: bool = False


def iter_named_objects(model: type[models.Model], content: Content) -> Iterator[NamedObject]:
    """Yield the objects that ``content`` of ``model`` and its inline rows refer to."""
    for field in model._meta.fields:
        if field.name in content:
            yield from _iter_field_objects(field, content[field.name])
    for relation in get_all_child_relations(model):
        for row in content.get(relation.get_accessor_name(), ()):
            yield from iter_named_objects(relation.related_model, row)
    for field in get_all_child_m2m_relations(model):
        for key in content.get(field.name, ()):
            yield NamedObject(base_model(field.related_model), key)


def _iter_field_objects(field: models.Field, value: Any) -> Iterator[NamedObject]:
    if isinstance(field, StreamField):
        yield from iter_block_objects(field.stream_block, value)
    elif isinstance(field, RichTextField):
        yield from _iter_rich_text_objects(value)
    elif (field.many_to_one or field.one_to_one) and value is not None:
        yield NamedObject(base_model(field.related_model), value)


def iter_block_objects(block: Any, value: Any) -> Iterator[NamedObject]:
    """Yield the objects that the stored ``value`` of a block refers to; none for an unknown format."""
    if isinstance(block, ChooserBlock):
        if value is not None:
            yield NamedObject(base_model(block.model_class), value)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _iter_rich_text_objects(value)
    elif isinstance(block, TypedTableBlock):
        yield from _iter_table_objects(block, value)
    else:
        for child, inner in iter_children(block, value):
            yield from iter_block_objects(child, inner)


def iter_children(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the child blocks of a stored value with their values."""
    if isinstance(block, blocks.StructBlock):
        inner = struct_fields(block, value)
        yield from ((child, inner.get(name)) for name, child in block.child_blocks.items())
    elif isinstance(block, blocks.ListBlock) and isinstance(value, list):
        yield from ((block.child_block, item_value(item)) for item in value)
    elif isinstance(block, blocks.StreamBlock) and isinstance(value, list):
        for child in value:
            kind = child.get("type") if isinstance(child, dict) else None
            if isinstance(kind, str) and kind in block.child_blocks:
                yield block.child_blocks[kind], child.get("value")


def struct_fields(block: blocks.StructBlock, value: Any) -> dict[str, Any]:
    """Return the fields of a stored struct; an image was once stored as its key alone."""
    if isinstance(block, ImageBlock) and isinstance(value, int) and not isinstance(value, bool):
        return {"image": value}
    return value if isinstance(value, dict) else {}


def item_value(item: Any) -> Any:
    """Return the value of a list item; items without an id are stored bare."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item


def _iter_table_objects(block: TypedTableBlock, value: Any) -> Iterator[NamedObject]:
    table = value if isinstance(value, dict) else {}
    kinds = [column.get("type") for column in table.get("columns") or () if isinstance(column, dict)]
    for row in table.get("rows") or ():
        cells = row.get("values") or () if isinstance(row, dict) else ()
        for kind, cell in zip(kinds, cells, strict=False):
            if kind in block.child_blocks:
                yield from iter_block_objects(block.child_blocks[kind], cell)


def _iter_rich_text_objects(html: Any) -> Iterator[NamedObject]:
    if not isinstance(html, str):
        return
    for kind, key in iter_rich_text_references(html):
        yield NamedObject(rich_text_model(kind), key, is_link=kind != "image")


def rich_text_model(kind: str) -> type[models.Model]:
    """Return the model that rich text calls "page", "document" or "image"."""
    if kind == "page":
        return Page
    return get_document_model() if kind == "document" else get_image_model()


def base_model(model: Any) -> type[models.Model]:
    """Return the model under which an object is read: a page is a page, whatever its type."""
    return Page if issubclass(model, Page) else model
