"""Pages of the secretariats, their sessions, and the joint declaration."""

import datetime
from zoneinfo import ZoneInfo

from wagtail.models import Page

from abierto.demo.loader.body import build_body, build_notice, build_stream
from abierto.demo.loader.content import read_content, select_fields, source_fields, to_bullets, to_paragraphs
from abierto.demo.loader.page_loader import PageLoader
from abierto.demo.loader.registry import Registry
from pages.declarations.models import DeclarationPage, Signatory
from pages.secretariats.models import SecretariatPage
from pages.secretariats.sessions import SessionPage

CENTRAL_MEXICO = ZoneInfo("America/Mexico_City")


def load_secretariats(loader: PageLoader, parent: Page, registry: Registry) -> None:
    """Load the pages of secretariats that have one, with their sessions."""
    pages = {}
    for entry in read_content("secretariat")["secretariat"]:
        if "page" not in entry:
            continue
        page = entry["page"]
        pages[entry["key"]] = loader.get_or_add(
            parent,
            SecretariatPage,
            page["slug"],
            **select_fields(page, "title", "summary", "members_source"),
            **source_fields(page),
            intro=" ".join(page["intro"].split()),
            body=build_stream(page["slug"], [build_notice(page["note"])]),
            secretariat=registry.secretariats[entry["key"]],
        )
    sessions = read_content("sessions")
    for entry in sessions["session"]:
        loader.get_or_add(
            pages[entry["secretariat"]],
            SessionPage,
            entry["slug"],
            **select_fields(entry, "title", "summary", "kind", "number", "place"),
            **source_fields(sessions),
            starts_at=to_local_time(entry["starts_at"]),
            agenda=to_bullets(entry["agenda"]) + to_paragraphs(entry["note"]),
        )


def to_local_time(moment: datetime.datetime) -> datetime.datetime:
    """Return a naive datetime in the time zone of central Mexico."""
    return moment.replace(tzinfo=CENTRAL_MEXICO)


def load_declaration(loader: PageLoader, parent: Page, registry: Registry) -> DeclarationPage:
    """Load the declaration with its signatories."""
    entry = read_content("declaration")
    found = loader.find(parent, DeclarationPage, entry["slug"])
    if found is not None:
        return found
    official = {"text": f"Nombre oficial: {entry['official_name']}."}
    page = DeclarationPage(
        **select_fields(entry, "slug", "title", "summary", "signed_on", "place"),
        **source_fields(entry),
        body=build_body(entry["slug"], [official, *entry["section"]]),
    )
    page.signatories = [
        Signatory(
            institution=registry.institutions[row["institution"]],
            person=registry.people[row["person"]],
            post=row["post"],
            role=row["role"],
        )
        for row in entry["signatory"]
    ]
    return loader.add(parent, page)
