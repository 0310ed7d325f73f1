"""Checks of a request's input before any view reads it.

Three kinds are refused: text that no database can store, and invalid numbers and addresses. Parameters are
checked by name where the name has the same meaning on every screen of the admin.
"""

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from .submitted_input import input_texts, strings_in

#: Parameters of Wagtail and of the portal with the key of a row, or a position in a list.
INTEGERS = frozenset(
    {
        "collection_id", "destination_page_id", "id", "ids", "image_id", "limit", "loaded_revision_id",
        "offset", "overwrite_revision_id", "owner", "page_id", "parent_page_id", "pk", "position",
        "revision_id", "target_pages[]", "user",
    }
)  # fmt: skip
COUNTS = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS", "-count")
ADDRESSES = frozenset({"next", "return_url"})
#: Words that Wagtail accepts in place of a key.
KEYWORDS = {"id": "all"}
_INTEGER = re.compile(r"\s*[+-]?\d{1,19}\s*")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
LARGEST = 2**63 - 1

PathCheck = Callable[[str], bool]
_path_checks: dict[str, PathCheck] = {}


def register_path_check(name: str, is_readable: PathCheck) -> None:
    """Check with ``is_readable`` the URL parameter that every view calls ``name``."""
    _path_checks[name] = is_readable


def find_unreadable_text(request: HttpRequest) -> str | None:
    """Return the message for a request with a text that no database can store, or None."""
    if any(has_unstorable_text(text) for text in input_texts(request)):
        return _(
            "Lo que enviaste lleva un carácter que ningún texto puede tener. Quítalo e inténtalo otra vez."
        )
    return None


def has_unstorable_text(text: str) -> bool:
    """Check for NUL and for halves of surrogate pairs, which PostgreSQL and UTF-8 do not have.

    JSON may also contain them escaped.
    """
    if _UNSTORABLE.search(text):
        return True
    if not _ESCAPED.search(text) or not text.lstrip().startswith(("{", "[", '"')):
        return False
    try:
        return any(_UNSTORABLE.search(string) for string in strings_in(json.loads(text)))
    except (ValueError, RecursionError):
        return False


def find_unreadable_value(request: HttpRequest) -> str | None:
    """Return the message for an admin request with an invalid number or address, or None."""
    for name, value in _pairs(request.GET, request.POST):
        if _is_integer_field(name) and not is_integer(value) and KEYWORDS.get(name) != value:
            return _("En «%(name)s» va un número entero. Corrígelo o vuelve atrás.") % {"name": name}
        if name in ADDRESSES and not is_address(value):
            return _("En «%(name)s» va una dirección de este portal.") % {"name": name}
    return find_impossible_count(request.POST)


def find_unreadable_json(request: HttpRequest) -> str | None:
    """Return the message for a JSON body that is no object: no view of the admin takes another."""
    if request.content_type != "application/json" or not request.body:
        return None
    try:
        is_object = isinstance(json.loads(request.body), dict)
    except (ValueError, RecursionError):
        is_object = False
    return (
        None if is_object else _("El programa que pidió esto no envió lo que se espera. Recarga la página.")
    )


def find_impossible_count(data: QueryDict) -> str | None:
    """Return the message for a form that claims more rows than it has fields."""
    for name, value in _pairs(data):
        if name.endswith("-count") and value.strip() and int(value) > len(data):
            return _("El formulario dice tener más renglones de los que trae. Vuelve atrás y recarga.")
    return None


def find_unreadable_path(request: HttpRequest) -> str | None:
    """Return the message for a URL with a part that its view cannot read, or None."""
    match = request.resolver_match
    for name, value in (match.kwargs if match else {}).items():
        if name in _path_checks and not _path_checks[name](str(value)):
            return _("Esa parte de la dirección no se entiende: «%(value)s».") % {"value": str(value)[:80]}
    return None


def is_integer(text: str) -> bool:
    """Check that a text is empty or an integer that every database can store."""
    if not text.strip():
        return True
    return _INTEGER.fullmatch(text) is not None and -LARGEST <= int(text) <= LARGEST


def is_address(text: str) -> bool:
    """Check that a text is empty or an address; names of views are refused."""
    if not text:
        return True
    try:
        urlsplit(text)
    except ValueError:
        return False
    return text.startswith(("/", "http://", "https://"))


def _is_integer_field(name: str) -> bool:
    return name in INTEGERS or name.endswith(COUNTS)


def _pairs(*dictionaries: QueryDict) -> Iterator[tuple[str, str]]:
    for data in dictionaries:
        for name, values in data.lists():
            yield from ((name, value) for value in values if isinstance(value, str))
