"""Answers that must not tell an object of another space from one that does not exist."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from abierto.accounts.models import User
from pages.core.page_cache import MESSAGES_COOKIE
from tests.security.addresses import ADMIN, Address, addresses
from tests.security.isolation_spaces import THEIR_WORD, TwoSpaces
from tests.security.isolation_walk import (
    CHANGES_BY_ITSELF,
    ENDS_THE_SESSION,
    FIELDS,
    NOWHERE,
    PLAIN_GAPS,
    SNIPPETS,
    Gaps,
    full_text,
    keys_of,
    missing_keys,
    mixed,
)

MISSING_SLUG = "zqnoexiste"
#: Headers that tell of a file or of a version.
TELLING_HEADERS = ("ETag", "Last-Modified", "Content-Disposition", "Cache-Control", "Allow")
CONDITIONS = {"if-none-match": "*", "if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"}
#: Registry models that are served exactly as institutions.
ALIKE = tuple(f"registry_{name}" for name in SNIPPETS if name != "institution")
#: Different in each answer; the keys are those of an empty text in the editor.
CHANGES = re.compile(
    rf'<updated>[^<]*|{CHANGES_BY_ITSELF.pattern}|nonce[-=]"?[\w+/=-]+|key\W{{1,8}}[a-z0-9]{{5}}\b'
)


@dataclass(frozen=True)
class Pair:
    """The address of another space's object, and the same address of an object that does not exist."""

    name: str
    theirs: str
    missing: str


@dataclass
class Channel:
    """What a visitor could learn from one kind of answer."""

    pairs: int = 0
    leaks: list[str] = field(default_factory=list)


class Observer:
    """A visitor who compares the answers of two addresses."""

    def __init__(self, user: User | None, *, compares_text: bool = False) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.compares_text = compares_text

    def answer(
        self, address: str, others: Iterable[str], method: str, data: dict[str, Any] | None
    ) -> tuple[Any, ...]:
        """Send one request, undo its changes and return what an observer sees, without its own words."""
        self.client.cookies.pop(MESSAGES_COOKIE, None)  # a message of the last answer
        with transaction.atomic():
            if method == "post":
                response = self.client.post(address, data or {"value": "x", "action": "approve"})
            else:
                response = self.client.get(address, headers=CONDITIONS)
            transaction.set_rollback(True)
        headers = [response.headers.get(name, "") for name in ("Location", *TELLING_HEADERS)]
        text = CHANGES.sub("", full_text(response)) if self.compares_text else ""
        return (response.status_code, *(without(others, shown) for shown in (*headers, text)))

    def compare(self, pairs: Iterable[Pair], method: str = "get") -> Channel:
        """Request both addresses of each pair and record those that differ."""
        channel = Channel()
        for pair in pairs:
            channel.pairs += 1
            own_words = words_apart(pair)
            theirs = self.answer(pair.theirs, own_words, method, None)
            missing = self.answer(pair.missing, own_words, method, None)
            if theirs != missing:
                channel.leaks.append(f"{pair.name} {method}: {describe_difference(theirs, missing)}")
        return channel


def describe_difference(theirs: tuple[Any, ...], missing: tuple[Any, ...]) -> str:
    """Return the first part in which two answers differ, from where it differs."""
    pairs = zip(map(str, theirs), map(str, missing), strict=True)
    one, other = next(pair for pair in pairs if pair[0] != pair[1])
    ends = (number for number, (left, right) in enumerate(zip(one, other, strict=False)) if left != right)
    start = next(ends, min(len(one), len(other)))
    return " / ".join(repr(text[max(0, start - 40) : start + 40]) for text in (one, other))


def words_apart(pair: Pair) -> set[str]:
    """Return the parts in which the addresses of a pair differ: what the visitor has sent."""
    theirs, missing = (re.findall(r"[\w.-]+", address) for address in (pair.theirs, pair.missing))
    return {pair.theirs, pair.missing, *(set(theirs) ^ set(missing))}


def without(words: Iterable[str], text: str) -> str:
    """Return the text without these words, the longest first."""
    for word in sorted(words, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.-]){re.escape(word.lower())}(?![\w])", "#", text.lower())
    return text


# --- The admin -----------------------------------------------------------------------------------------


def admin_pairs(place: TwoSpaces) -> Iterator[Pair]:
    """Yield every address of the admin with a key of the other space, and with a missing one."""
    own, theirs = keys_of(place.own), keys_of(place.theirs)
    theirs.by_gap["plan_id"] = [place.theirs.key("plan")]
    known: set[str] = set()
    for foreign, missing in (
        (theirs, missing_keys(theirs)),
        (mixed(own, theirs), mixed(own, missing_keys(theirs))),
    ):
        for pair in pair_up(foreign, missing):
            is_alike = pair.name.split(":")[0].endswith(ALIKE)
            if pair.theirs not in known and pair.theirs != pair.missing and not is_alike:
                known.add(pair.theirs)
                yield pair


def pair_up(foreign: Gaps, missing: Gaps) -> Iterator[Pair]:
    """Yield the addresses of both sets of keys in pairs: every set yields them in the same order."""
    found = [
        [
            address
            for address in addresses(Gaps(gaps.by_namespace, gaps.by_gap | PLAIN_GAPS))
            if address.name not in ENDS_THE_SESSION
        ]
        for gaps in (foreign, missing)
    ]
    for theirs, nowhere in zip(*found, strict=True):
        yield Pair(theirs.name, theirs.path, nowhere.path)


def query_pairs(place: TwoSpaces, lists: Iterable[Address]) -> Iterator[Pair]:
    """Yield each list with one parameter that refers to an object, another parameter for each list."""
    asked = [(name, kind) for names, kind in FIELDS.items() for name in names.split() if kind != "space"]
    for number, address in enumerate(lists):
        name, kind = asked[number % len(asked)]
        query = f"{address.path}?{name}="
        yield Pair(f"{address.name} ?{name}", f"{query}{place.theirs.key(kind)}", f"{query}{NOWHERE}")


# --- The public site -----------------------------------------------------------------------------------


def public_patterns(
    resolver: URLResolver | None = None, prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, URLPattern]]:
    """Yield the name, the route and the pattern of every address outside the admin."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            namespace = (pattern.namespace,) if pattern.namespace else ()
            yield from public_patterns(pattern, route, spaces + namespace)
        elif not route.startswith((ADMIN, "django-admin/")):
            yield ":".join([*spaces, pattern.name or ""]), route, pattern


def names_of(pattern: URLPattern) -> list[str]:
    """Return the names of the arguments of an address."""
    return list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)


def public_pairs(place: TwoSpaces) -> Iterator[Pair]:
    """Yield every public address that takes an object, with a draft of the other space and a missing one."""
    values = public_values(place)
    for name, _route, pattern in public_patterns():
        arguments = names_of(pattern)
        if not name.rpartition(":")[2] or not arguments or not values.keys() >= set(arguments):
            continue
        theirs, missing = ({key: values[key][side] for key in arguments} for side in (0, 1))
        try:
            yield Pair(name, reverse(name, kwargs=theirs), reverse(name, kwargs=missing))
        except NoReverseMatch:
            continue  # another argument of the same name, as the format of a download
    document, draft, root = (place.theirs.rows[name] for name in ("document", "borrador", "root"))
    for number in (document.pk, NOWHERE):
        yield Pair(
            "wagtaildocs_serve",
            f"/documents/{number}/{document.filename}",
            f"/documents/{NOWHERE}/{document.filename}",
        )
    yield Pair("wagtail_serve", draft.get_url(), f"{root.get_url()}{MISSING_SLUG}/")
    yield Pair("wagtail_serve /en/", f"/en{draft.get_url()}", f"/en{root.get_url()}{MISSING_SLUG}/")


def public_values(place: TwoSpaces) -> dict[str, tuple[Any, Any]]:
    """Return for each argument of public addresses a value of the other space and a missing one."""
    key = place.theirs.key
    rendition = place.theirs.rows["image"].get_rendition("width-20")
    plan = place.theirs.rows["plan"]
    return {
        "page_id": (key("borrador"), NOWHERE),
        "number": (1, 1),
        "institution_id": (key("institution"), NOWHERE),
        "slug": ("x", "x"),
        "restriction_id": (NOWHERE, NOWHERE + 1),
        "page_view_restriction_id": (NOWHERE, NOWHERE + 1),
        "name": (rendition.file.name.rpartition("/")[2], f"{MISSING_SLUG}.width-20.png"),
        "token": (f"{key('guest')}:x", f"{NOWHERE}:x"),
        "plan_slug": (plan.slug, MISSING_SLUG),
        "code": ("1.1", "1.1"),
        "town": (f"{THEIR_WORD}municipio", MISSING_SLUG),
        "tribunal": (f"{THEIR_WORD}sentencias", MISSING_SLUG),
        "case_number": ("12-2023", "12-2023"),
        "matter": ("civil", "civil"),
        "year": ("2026", "2026"),
        "month": ("11", "11"),
        "table": ("compromisos", "compromisos"),
        "file_format": ("csv", "csv"),
        "catalogue_format": ("ttl", "ttl"),
        "goal": ("16", "16"),
        "topic": (THEIR_WORD, MISSING_SLUG),
        "record_id": (str(plan.translation_key), str(uuid.UUID(int=NOWHERE))),
    }


#: Arguments that refer to no object of a space: colours, formats and the keys of one's own account.
NO_OBJECT = frozenset(("band", "accent", "pk", "number", "uidb36", "key", "restriction", "page"))


def unpaired_addresses(place: TwoSpaces) -> set[str]:
    """Return the routes of public addresses with arguments for which no value is known."""
    known = {*public_values(place), *NO_OBJECT, "document_id", "document_filename"}
    return {route for _name, route, pattern in public_patterns() if not known >= set(names_of(pattern))}


def public_lists() -> Iterator[str]:
    """Yield every public address without arguments, and the searches for words of the other space."""
    for name, _route, pattern in public_patterns():
        if name.rpartition(":")[2] and not pattern.pattern.regex.groups and not pattern.pattern.converters:
            yield reverse(name)
    yield "/"
    search, suggestions = reverse("search:results"), reverse("search:suggestions")
    for word in (THEIR_WORD, THEIR_WORD[:4]):
        yield f"{search}?q={word}"
        yield f"{suggestions}?q={word}"
    for kind in ("csv", "json", "atom"):
        yield f"{reverse('search:download', args=[kind])}?q={THEIR_WORD}"
