"""The examples of the issue, and the findings of the long round: sent in every run, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from tests.security.fuzzing.requests import JSON, XHR, Pairs, Probe, encode, replaced
from tests.security.fuzzing.values import NASTY
from tests.security.newsdesk import Desk

NUMBERS = ("NaN", "abc", "10^30", "NUL", "1.5", "empty", "list")
RICH_TEXT = [
    "list", "object", "list of null", "scalar string", "scalar number", "null", "half JSON", "deep JSON",
    "blocks null", "blocks of null", "block without text", "block of a list", "entity without data",
    "entity of a huge id", "text with NUL", "text with half a pair",
]  # fmt: skip
LISTS = (
    "wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index",
    "wagtailusers_users:index", "wagtailsnippetchoosers_registry_institution:choose_results",
    "wagtailadmin_choose_page_search", "wagtailimages_chooser:choose_results",
    "wagtaildocs_chooser:choose_results", "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:locked_pages", "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks", "wagtailadmin_reports:aging_pages",
    "wagtailredirects:index", "dashboard:queue", "dashboard:pending",
    "wagtailsnippets_registry_institution:list", "wagtailsnippets_registry_seat:list",
)  # fmt: skip
CHOSEN = (
    "wagtailadmin_choose_page_chosen_multiple", "wagtailimages_chooser:chosen_multiple",
    "wagtaildocs_chooser:chosen_multiple",
    "wagtailsnippetchoosers_registry_institution:chosen_multiple",
)  # fmt: skip


def examples(desk: Desk, form: Pairs) -> Iterator[Probe]:
    """Yield the examples."""
    yield from searches(desk)
    yield from numbers(desk)
    yield from forms(desk, form)
    for path in ("images/", "images/?limit=abc", "documents/", "pages/?offset=" + "1" + "0" * 30):
        yield Probe("api", f"/admin/api/main/{path}", path, headers=JSON)
    yield Probe("failwhale", "/admin/failwhale/", "page that fails")
    for spec in ("fill-0x0", "max-0x0", "width-99999999", "format-xyz"):
        yield Probe("preview", reverse("wagtailimages:preview", args=[desk.image.pk, spec]), spec)


def path_of(name: str) -> str:
    """Return the URL of a listing."""
    return reverse(name)


def searches(desk: Desk) -> Iterator[Probe]:
    """Yield text that breaks full-text search."""
    explorer = reverse("wagtailadmin_explore", args=[desk.room.home.pk])
    for path in (explorer, *(reverse(name) for name in LISTS)):
        for what in ("quote", "NUL", "many words"):
            yield Probe("search", path, f"q={what}", query=[("q", NASTY[what])], headers=XHR)


def numbers(desk: Desk) -> Iterator[Probe]:
    """Yield invalid numbers for numeric parameters."""
    explorer = reverse("wagtailadmin_explore", args=[desk.room.home.pk])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    places = [(explorer, "owner"), (explorer, "p"), (bulk, "id"), ("/admin/api/main/pages/", "offset"),
              ("/admin/api/main/pages/", "child_of"), ("/admin/api/main/pages/", "id"),
              (reverse("wagtailadmin_pages:workflow_history", args=[desk.other.pk]), "p"),
              (reverse("wagtailadmin_choose_page"), "target_pages[]"),
              (reverse("wagtailadmin_reports:site_history"), "user"),
              *((reverse(name), "id") for name in CHOSEN),
              *((reverse(name), "collection_id") for name in LISTS[1:3])]  # fmt: skip
    for path, name in places:
        for what in NUMBERS:
            yield Probe("number", path, f"{name}={what}", query=[(name, NASTY[what])])
    for what in ("-1", "abc", "quote", "broken URL"):
        path = reverse("wagtailadmin_pages:delete", args=[desk.draft.pk])
        yield Probe("next", path, f"next={what}", query=[("next", NASTY[what])])
        yield Probe("next", path, f"POST next={what}", "POST", body=encode([("next", NASTY[what])]).encode())


def forms(desk: Desk, form: Pairs) -> Iterator[Probe]:
    """Yield forms with one field that its widget would not submit."""
    edit = reverse("wagtailadmin_pages:edit", args=[desk.draft.pk])
    block = [("body-count", b"1"), ("body-0-deleted", b""), ("body-0-order", b"0"), ("body-0-id", b"")]
    for kind in ("paragraph", "table", "image", "document"):
        for what in RICH_TEXT:
            body = [
                *replaced(form, "body-count"),
                *block,
                ("body-0-type", kind.encode()),
                ("body-0-value", NASTY[what]),
            ]
            yield Probe("block", edit, f"{kind} {what}", "POST", body=encode(body).encode())
    for name in ("body-count", "comments-TOTAL_FORMS", "loaded_revision_id", "overwrite_revision_id"):
        for what in NUMBERS:
            body = replaced(form, name, NASTY[what])
            yield Probe("count", edit, f"{name}={what}", "POST", body=encode(body).encode())
    for name in (
        "institution",
        "person",
        "seat",
        "secretariat",
        "municipality",
        "steplist",
        "listedstep",
        "declaredfigure",
        "glossaryterm",
    ):
        path = reverse(f"wagtailsnippetchoosers_registry_{name}:create")
        yield Probe("chooser", path, "empty POST", "POST", headers=XHR)
    for body in (b"{", b"[]", b"7", b"null", b"\xff", b""):
        path = reverse("wagtailadmin_dismissibles")
        yield Probe("dismissibles", path, repr(body), "PATCH", body=body, content_type="application/json")
