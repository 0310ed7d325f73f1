"""The pages of the state's secretariats, their known sessions, and the declaration it all began with."""

import datetime
from zoneinfo import ZoneInfo

from wagtail.models import Page

from abierto.demo.loader.body import body, notice, stream
from abierto.demo.loader.content import bullets, only, paragraphs, read
from abierto.demo.loader.registry import Registry
from abierto.demo.loader.tree import Planting
from pages.declarations.models import DeclarationPage, Signatory
from pages.secretariats.models import SecretariatPage, SessionPage

CENTRAL_MEXICO = ZoneInfo("America/Mexico_City")


def load_secretariats(planting: Planting, parent: Page, registry: Registry) -> None:
    """Place a page for each secretariat that has one, and its sessions below it."""
    pages = {}
    for entry in read("secretariat")["secretariat"]:
        if "page" not in entry:
            continue
        page = entry["page"]
        pages[entry["key"]] = planting.plant(
            parent,
            SecretariatPage,
            page["slug"],
            **only(page, "title", "summary"),
            intro=" ".join(page["intro"].split()),
            body=stream(page["slug"], [notice(page["note"])]),
            secretariat=registry.secretariats[entry["key"]],
        )
    for entry in read("sessions")["session"]:
        planting.plant(
            pages[entry["secretariat"]],
            SessionPage,
            entry["slug"],
            **only(entry, "title", "summary", "kind", "number", "place"),
            starts_at=local_time(entry["starts_at"]),
            agenda=bullets(entry["agenda"]) + paragraphs(entry["note"]),
        )


def local_time(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment written without its zone as one of central Mexico."""
    return moment.replace(tzinfo=CENTRAL_MEXICO)


def load_declaration(planting: Planting, parent: Page, registry: Registry) -> DeclarationPage:
    """Place the declaration with everybody who signed it."""
    entry = read("declaration")
    found = planting.find(parent, DeclarationPage, entry["slug"])
    if found is not None:
        return found
    official = {"text": f"Nombre oficial: {entry['official_name']}."}
    page = DeclarationPage(
        **only(entry, "slug", "title", "summary", "signed_on", "place"),
        body=body(entry["slug"], [official, *entry["section"]]),
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
    return planting.place(parent, page)
