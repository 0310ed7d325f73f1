"""Request every URL of the admin with the keys of another space."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.utils.functional import cached_property

from abierto.accounts.models import User
from tests.security.addresses import Address, Gaps, addresses
from tests.security.isolation_spaces import THEIR_WORD, SpaceContent, TwoSpaces
from tests.security.test_walk import filled
from tests.security.writes import Writes

NOWHERE = 987_654
SNIPPETS = (
    "institution",
    "person",
    "secretariat",
    "seat",
    "municipality",
    "steplist",
    "listedstep",
    "declaredfigure",
    "glossaryterm",
    "officialcontact",
)
#: Search, filter and export parameters of listings.
QUERIES = (f"q={THEIR_WORD}", "export=csv", "export=xlsx&multiple=1")
TERMS = ("term=zq", f"term={THEIR_WORD}")
ENDS_THE_SESSION = {"wagtailadmin_logout"}
#: What is different at each visit.
CHANGES_BY_ITSELF = re.compile(
    r'csrf\w*"?\s*(?:value=|:)\s*"[^"]*"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+|[a-z0-9]{64}'
    r"|\w+\.(?=max-|width-)|content-length: \d+|x-request-id: \w+|\d\d:\d\d(?::\d\d)?"
    r"|<time\b[\s\S]*?</time>"  # «Justo ahora» becomes «1 minuto antes»
    r"|[Jj]usto ahora|(?:[Hh]ace\b(?:&nbsp;|\W)*)?\d+(?:&nbsp;|\W)*(?:segundo|minuto)s?(?: antes)?"
)


def keys_of(content: SpaceContent) -> Gaps:
    """Return the URL arguments with the keys of one space."""
    key = content.key
    pages = [key("borrador"), key("enviada")]
    namespaces: dict[str, list[Any]] = {
        **{f"wagtailsnippets_registry_{name}": [key(name)] for name in SNIPPETS},
        **{f"wagtailsnippetchoosers_registry_{name}": [key(name)] for name in SNIPPETS},
        "wagtailsnippets_search_promotedresult": [key("promotedresult")],
        "wagtailsnippetchoosers_search_promotedresult": [key("promotedresult")],
        "wagtailusers_users": [key("editor")],
        "wagtailusers_groups": [content.space.reviewers_id],
        "wagtailadmin_collections": [key("collection")],
        "wagtailadmin_workflows": [key("workflow")],
        "wagtailadmin_workflows:edit_task": [key("task")],
        "wagtailadmin_workflows:enable_task": [key("task")],
        "wagtailadmin_workflows:disable_task": [key("task")],
        "dashboard:space_steps": [content.space.pk],
        "acts:administration": [content.rows["town"].pk if "town" in content.rows else 1],
        "spaces:detail": [content.space.pk],
        "bundles:detail": [key("bundle")],
        "delegation:end": [key("delegation")],
        "guest_links:revoke": [key("guest")],
        **{f"redactions:{name}": [key("redaction")] for name in ("choose", "detail", "file", "delete")},
        "microsite_copies:download": [key("copy")],
        "ruling_desk:batch": [key("batch")],
        "imports:batch": [key("import_batch")],
        "imports:current": [content.space.pk],
        **{f"ruling_desk:{name}": [key("count")] for name in ("edit_count", "evidence")},
        "wagtailadmin_api:documents": [key("document")],
        "wagtailadmin_api:images": [key("image")],
        "wagtailimages_chooser": [key("image")],
        "wagtaildocs_chooser": [key("document")],
        "wagtailsites": [1],
        "wagtaillocales": [1],
        "wagtailsettings": [1],
    }
    return Gaps(namespaces, gaps_of(content, pages))


def gaps_of(content: SpaceContent, pages: list[Any]) -> dict[str, list[Any]]:
    """Return the values of arguments whose names tell their model."""
    key = content.key
    return {
        "pk": pages,
        **dict.fromkeys(("page_id", "page_pk", "page_to_move_id"), pages),
        "parent_page_id": [key("borrador"), key("root")],
        "destination_id": [key("root")],
        "number": [key("editor")],
        "collection_id": [key("collection")],
        "plan_id": [key("root")],
        "redirect_id": [key("redirect")],
        "space_id": [content.space.pk],
        "document_id": [key("document")],
        "doc_id": [key("document")],
        "image_id": [key("image")],
        "uploaded_file_id": [key("upload")],
        "session_id": [key("session")],
        "object_id": [key("borrador")],
        "task_state_id": [key("task_state")],
        "task_id": [key("task")],
        "workflow_state_id": [key("workflow_state")],
        "workflow_pk": [key("workflow")],
        "revision_id": [key("revision")],
        "revision_id_a": ["live"],
        "revision_id_b": [key("revision")],
        "translation_source_id": [key("source")],
        "translation_id": [key("translation")],
        "string_segment_id": [key("segment")],
        "overridable_segment_id": [content.rows["override"].pk if "override" in content.rows else 1],
    }


PLAIN_GAPS = {
    "app_label": ["pages"],
    "app_name": ["taggit", "approval"],
    "model_name": ["standardpage", "tag", "tracesettings"],
    "content_type_app_name": ["pages"],
    "content_type_model_name": ["standardpage"],
    "action_name": ["approve", "copy", "publish"],
    "mode": ["default"],
    "filter_spec": ["width-20"],
    "uidb64": ["x"],
    "token": ["x"],
    "word_list": ["legal_words"],
    "kind": ["avances", "ruta", "glosario"],
    "file_format": ["xlsx"],
}


def missing_keys(gaps: Gaps) -> Gaps:
    """Return the same arguments with keys of missing rows."""
    return Gaps(
        {name: [NOWHERE for _key in keys] for name, keys in gaps.by_namespace.items()},
        {
            name: [key if name == "revision_id_a" else NOWHERE for key in keys]
            for name, keys in gaps.by_gap.items()
        },
    )


def mixed(first: Gaps, second: Gaps) -> Gaps:
    """Return the arguments with the first key of both spaces, for URLs with several."""
    return Gaps(
        {name: [keys[0], second.by_namespace[name][0]] for name, keys in first.by_namespace.items()},
        {name: [keys[0], second.by_gap[name][0]] for name, keys in first.by_gap.items()},
    )


def every(gaps: Gaps) -> Iterator[Address]:
    """Yield every registered URL of the admin with these keys."""
    known = Gaps(gaps.by_namespace, gaps.by_gap | PLAIN_GAPS)
    for address in addresses(known):
        if address.name not in ENDS_THE_SESSION:
            yield address
    gaps.unfilled |= known.unfilled


def with_several_keys(address: Address) -> bool:
    """Check whether a URL has more than one number."""
    return sum(part.isdecimal() for part in address.path.replace("...", "/").split("/")) > 1


def bulk_query(content: SpaceContent) -> str:
    """Return the query of a bulk action on objects of a space."""
    names = ("borrador", "enviada", "public", "image", "document", "editor", *SNIPPETS, "promotedresult")
    return "&".join(f"id={content.key(name)}" for name in names)


def one_at_a_time(content: SpaceContent) -> Iterator[tuple[str, Any]]:
    """Yield each field that may refer to an object of a space, with its key."""
    for fields, name in FIELDS.items():
        for field_name in fields.split():
            yield field_name, content.space.pk if name == "space" else content.key(name)


#: Fields of queries and forms, and the objects of a space that they may refer to.
FIELDS = {
    "id parent parent_page new_parent_page chooser page childOf child_of": "borrador",
    "descendant_of ancestor_of": "borrador",
    "translation_of parent_page_id destination destination_page_id target_pages[] redirect_page": "borrador",
    "owner edited_by user locked_by requested_by": "editor",
    "collection collection_id": "collection",
    "workflow": "workflow",
    "task": "task",
    "successor institution": "institution",
    "person": "person",
    "secretariat": "secretariat",
    "municipality": "municipality",
    "step_list": "steplist",
    "space": "space",
    "revision_id": "revision",
}


@dataclass
class Found:
    """The leaks that one user found."""

    asked: int = 0
    foreign_queries: int = 0
    leaks: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    writes: set[str] = field(default_factory=set)
    faults: set[str] = field(default_factory=set)
    answers: dict[str, int] = field(default_factory=dict)  # status by path
    distinguished: list[str] = field(default_factory=list)


ANY = "any name"


class ReadQuery(QueryDict):
    """A query that notes which values a view asks it for; passing it on whole, into a link, asks for none."""

    def __init__(self, *args: Any, read: set[str] | None = None, **kwargs: Any) -> None:
        self.read: set[str] = set() if read is None else read
        super().__init__(*args, **kwargs)

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.read.add(ANY)
        return super().__iter__()

    def getlist(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().getlist(key, default)

    def __copy__(self) -> ReadQuery:
        result = ReadQuery("", mutable=True, encoding=self.encoding, read=self.read)
        for key, values in self.lists():
            result.setlist(key, values)
        return result

    def __deepcopy__(self, memo: dict[int, Any]) -> ReadQuery:
        return self.__copy__()


def note_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request note which values of its query its view asks for."""

    def read_query(request: WSGIRequest) -> ReadQuery:
        return ReadQuery(request.META.get("QUERY_STRING", ""), encoding=request.encoding)

    noting = cached_property(read_query)
    noting.__set_name__(WSGIRequest, "GET")
    monkeypatch.setattr(WSGIRequest, "GET", noting)


def names_read(*responses: Any) -> set[str]:
    """Return the names of the query that the views of these responses asked for."""
    return {name for response in responses for name in getattr(response.wsgi_request.GET, "read", {ANY})}


class Walker:
    """A user with a client, who records every trace of the other space."""

    def __init__(self, spaces: TwoSpaces, user: User | None) -> None:
        self.spaces = spaces
        self.user = user
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self.found = Found()
        self.before = fingerprint(spaces.theirs)

    def get(self, address: Address, query: str = "") -> Any:
        """Open a URL; return the response."""
        return self.ask(address, "get", query)

    def ask(self, address: Address, method: str, query: str = "", data: dict[str, Any] | None = None) -> Any:
        """Send one request, check the response, and undo its changes."""
        path = f"{address.path}{'&' if '?' in address.path else '?'}{query}" if query else address.path
        self.found.asked += 1
        writes = Writes()
        with transaction.atomic():
            with connection.execute_wrapper(writes):
                response = (
                    getattr(self.client, method)(path, data or {})
                    if method == "post"
                    else self.client.get(path)
                )
                text = full_text(response)
            if writes.statements and fingerprint(self.spaces.theirs) != self.before:
                self.found.writes.add(f"{method} {path}")
            transaction.set_rollback(True)
        label = f"{address.name} {method}"
        if response.status_code >= 500:
            self.found.faults.add(f"{label} {path}")
        for word in words_in(text, self.spaces.theirs.word, sent=f"{path} {data or ''}"):
            self.found.leaks[label].add(f"{word} ({path})")
        return response


def full_text(response: Any) -> str:
    """Return the body, the headers and the messages of a response as plain text."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        body = unzipped(body)
    text = body.decode("utf-8", "replace")
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    request = getattr(response, "wsgi_request", None)
    texts = (
        " ".join(str(message) for message in get_messages(request)) if hasattr(request, "_messages") else ""
    )
    return html.unescape(f"{text} {unescaped(text)} {headers} {texts}").lower()


def unescaped(text: str) -> str:
    """Return a JSON body without escapes; empty for other bodies."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return ""


def unzipped(body: bytes) -> bytes:
    """Return the content of a spreadsheet."""
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return b" ".join(archive.read(name) for name in archive.namelist())


def words_in(text: str, secret: str, sent: str) -> set[str]:
    """Return the words of the other space in a response; the request's own values may be repeated."""
    return {word for word in re.findall(rf"{secret}\w*", text) if word not in sent}


def fingerprint(content: SpaceContent) -> tuple[Any, ...]:
    """Return all rows of a space in the database."""
    return tuple(
        tuple(type(row)._base_manager.filter(pk=row.pk).values_list()) for row in content.rows.values()
    )


def form_of(response: Any) -> dict[str, Any]:
    """Return the fields that the form of a response would submit."""
    context = response.context or {}
    return filled(context["form"]) if "form" in context else {}
