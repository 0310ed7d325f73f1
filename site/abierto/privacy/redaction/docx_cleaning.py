"""Remove the hidden content of the parts of a DOCX: tracked changes, comments, links to other files."""

import posixpath
from collections.abc import Collection, Iterator
from typing import cast
from xml.dom import minidom

REMOVED = frozenset(
    {
        "del",
        "moveFrom",
        "delText",
        "delInstrText",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "annotationRef",
        "object",
        "control",
        "altChunk",
        "subDoc",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "tcPrChange",
        "trPrChange",
        "tblGridChange",
        "numberingChange",
        "cellIns",
        "cellDel",
        "cellMerge",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "docVars",
        "attachedTemplate",
        "mailMerge",
        "dataBinding",
        "externalData",
        "rsids",
    }
)
"""Elements that are removed. Removing those of tracked changes accepts the changes."""

UNWRAPPED = frozenset({"ins", "moveTo"})
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NO_PLACE = "about:blank"
PERSONAL_SCHEMES = ("mailto:", "tel:", "sms:", "file:")


def clean_part(part: minidom.Document) -> None:
    """Accept the tracked changes of a part and remove its comments, in place."""
    for element in list(iter_elements(root_of(part))):
        if element.localName in REMOVED:
            remove(element)
        elif element.localName in UNWRAPPED:
            unwrap(element)


def root_of(part: minidom.Document) -> minidom.Element:
    """Return the root element of a parsed part, which always has one."""
    return cast(minidom.Element, part.documentElement)


def remove(element: minidom.Element) -> None:
    if element.parentNode is not None:
        element.parentNode.removeChild(element)


def unwrap(element: minidom.Element) -> None:
    """Replace an element by its children."""
    parent = cast(minidom.Element, element.parentNode)
    for child in list(element.childNodes):
        parent.insertBefore(child, element)
    parent.removeChild(element)


def iter_elements(element: minidom.Element) -> Iterator[minidom.Element]:
    """Yield the descendant elements of ``element`` in document order."""
    for child in element.childNodes:
        if isinstance(child, minidom.Element):
            yield child
            yield from iter_elements(child)


def read_relations(part: minidom.Document, name: str, entries: Collection[str]) -> set[str]:
    """Remove the relationships of a part to removed parts; return their ids."""
    folder = posixpath.dirname(posixpath.dirname(name))
    dropped = set()
    for relation in list(part.getElementsByTagName("Relationship")):
        target = relation.getAttribute("Target")
        if relation.getAttribute("TargetMode") == "External":
            is_lost = not relation.getAttribute("Type").endswith("/hyperlink")
            if target.lower().startswith(PERSONAL_SCHEMES):
                relation.setAttribute("Target", NO_PLACE)
        else:
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            is_lost = posixpath.normpath(path) not in entries
        if is_lost:
            dropped.add(relation.getAttribute("Id"))
            remove(relation)
    return dropped


def remove_references(part: minidom.Document, dropped: Collection[str]) -> None:
    """Remove the references to dropped relationships: the link of a picture, or the whole element."""
    for element in list(iter_elements(root_of(part))):
        for attribute in list(element.attributes.values()):
            if attribute.namespaceURI != RELATIONS or attribute.value not in dropped:
                continue
            if attribute.localName == "link":
                element.removeAttributeNode(attribute)
            else:
                remove(element)
