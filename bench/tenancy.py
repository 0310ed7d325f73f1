"""Measure the screens of a municipal editor in a portal with all municipalities and with one.

Both portals run in processes of their own and measure on command, in turns. Processor time is measured,
which other work on the machine does not change.
"""

import io
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, PageLogEntry

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from abierto.demo.loader.registry import load_municipalities
from abierto.media.models import PortalDocument, PortalImage
from abierto.spaces.empty_portal import build_empty_portal
from abierto.spaces.models import MunicipalitySpace
from abierto.tenancy.models import Space
from bench.environment import create_database
from bench.publishing import add_pages
from pages.standard.models import StandardPage
from search import admin_index

MEASURED = "11010"  # Coroneo
FILES, IN_REVIEW = 40, 3
REASON = "Un sitio para medir"
HALF = 2
STEPS_AT_ONCE = 100


@dataclass(frozen=True)
class FilledTown:
    """A municipality with its space, root page, section and editor."""

    space: Space
    root: Page
    section: Page
    editor: User


# --- The portal --------------------------------------------------------------------------------------------


def build_portal(codes: list[str], pages: int) -> dict[str, int]:
    """Provision the municipalities and fill each with pages, files, entries of the history and reviews."""
    create_database()
    build_empty_portal()
    with imported(REASON):
        load_municipalities()
    add_towns(codes, pages)
    return {"pages": Page.objects.filter(depth__gt=1).count(), "images": PortalImage.objects.count()}


def add_towns(codes: list[str], pages: int) -> None:
    """Provision the municipalities of the registry with these codes and fill them."""
    call_command("provision", *codes, stdout=io.StringIO())
    file = store_picture()
    links = MunicipalitySpace.objects.filter(municipality__code__in=codes)
    for link in links.select_related("holder", "municipality"):
        fill(add_people(link), pages, file)
    for difference in list(admin_index.find_all_differences()):
        admin_index.write_row(difference)


def add_people(link: MunicipalitySpace) -> FilledTown:
    """Give the municipality an editor, and a section for its pages."""
    code = link.municipality.code
    editor = User.objects.create(username=f"edita-{code}", first_name=f"Edita {code}")
    editor.groups.add(link.holder.editors)
    root = Page.objects.get(space_root__space=link.holder)
    with imported(REASON):
        section = root.add_child(instance=StandardPage(title="Archivo", slug="archivo"))
    return FilledTown(link.holder, root, section, editor)


def fill(town: FilledTown, pages: int, file: str) -> None:
    """Fill the section until the municipality has so many pages, half of them drafts."""
    missing = pages - town.root.get_descendant_count() - 1
    with imported(REASON):
        add_pages(town.section, 0, missing // HALF)
    add_drafts(town, missing // HALF, missing)
    Page.objects.filter(pk=town.section.pk).update(numchild=missing)
    add_files(town, file)
    keys = Page.objects.child_of(town.section).values_list("pk", "title")
    now, kind = timezone.now(), ContentType.objects.get_for_model(StandardPage)
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type=kind, label=title, action="wagtail.edit", page_id=pk, timestamp=now, user=town.editor
        )
        for pk, title in keys
    )


def add_drafts(town: FilledTown, start: int, end: int) -> None:
    """Add drafts, the first of them in review."""
    add_pages(town.section, start, end, is_public=False)
    drafts = StandardPage.objects.child_of(town.section).filter(live=False).order_by("path")
    for page in drafts[:IN_REVIEW]:
        page.save_revision(user=town.editor)
        page.get_workflow().start(page, town.editor)


def store_picture() -> str:
    """Store one picture, which every image shows, and return its name."""
    content = io.BytesIO()
    Image.new("RGB", (400, 300), (180, 90, 20)).save(content, "PNG")
    return str(
        PortalImage._meta.get_field("file").storage.save("medida.png", ContentFile(content.getvalue()))
    )


def add_files(town: FilledTown, file: str) -> None:
    """Add images and documents to the collection of the municipality."""
    owned = {"collection": town.space.collection, "space": town.space, "uploaded_by_user": town.editor}
    names = [f"Archivo {number} de {town.root.title}" for number in range(FILES)]
    PortalImage.objects.bulk_create(
        PortalImage(title=name, file=file, width=400, height=300, **owned) for name in names
    )
    PortalDocument.objects.bulk_create(PortalDocument(title=name, file=file, **owned) for name in names)


# --- Screens -----------------------------------------------------------------------------------------------


class Screens:
    """The screens of the editor of the measured municipality."""

    def __init__(self) -> None:
        space = MunicipalitySpace.objects.get(municipality__code=MEASURED).holder
        root = Page.objects.get(space_root__space=space)
        section = root.get_children().get(slug="archivo")
        draft = section.get_children().filter(live=False).order_by("path").last()
        self.client = Client()
        self.client.force_login(User.objects.get(username=f"edita-{MEASURED}"))
        self.addresses = dict(list_screens(section.pk, draft.pk))

    def measure(self, name: str) -> float:
        """Open a screen and return the seconds of the processor.

        Raises:
            RuntimeError: when the status is not 200: a fast error page must not count.
        """
        began = time.process_time()
        response = self.client.get(self.addresses[name], follow=True)
        b"".join(response.streaming_content) if response.streaming else response.content
        seconds = time.process_time() - began
        if response.status_code != 200:
            raise RuntimeError(f"{self.addresses[name]}: {response.status_code}")
        return seconds

    def count_steps(self, name: str) -> int:
        """Open a screen and return the steps of SQLite, in hundreds: its work, whatever else runs."""
        steps = itertools.count()
        connection.ensure_connection()
        connection.connection.set_progress_handler(lambda: next(steps) and None, STEPS_AT_ONCE)
        try:
            self.measure(name)
        finally:
            connection.connection.set_progress_handler(None, STEPS_AT_ONCE)
        return next(steps)

    def count_queries(self, name: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.measure(name)
        return len(captured)


def list_screens(section: int, draft: int) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each screen."""
    yield "dashboard", reverse("wagtailadmin_home")
    yield "explorer, root", reverse("wagtailadmin_explore_root")
    yield "explorer, section", reverse("wagtailadmin_explore", args=[section])
    yield "search of pages", f"{reverse('wagtailadmin_pages:search')}?q=nota"
    yield "edit form", reverse("wagtailadmin_pages:edit", args=[draft])
    yield "history of a page", reverse("wagtailadmin_pages:history", args=[draft])
    yield "page chooser", reverse("tenancy:choose_page")
    yield "page chooser, section", reverse("tenancy:choose_page_child", args=[section])
    yield "page chooser, search", f"{reverse('tenancy:choose_page_search')}?q=nota"
    yield "image chooser", reverse("media:choose_image")
    yield "image chooser, search", f"{reverse('wagtailimages_chooser:choose_results')}?q=archivo"
    yield "document chooser", reverse("wagtaildocs_chooser:choose")
    yield "document chooser, search", f"{reverse('wagtaildocs_chooser:choose_results')}?q=archivo"
    for name in ("images", "documents"):
        yield name, reverse(f"media:{name}")
    for name in ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages", "translations"):
        yield f"report: {name}", reverse(f"tenancy:{name}")
    for name in ("commitments", "updates", "reports", "sessions"):
        yield f"list: {name}", reverse(f"{name}:index")
    for name in ("dashboard:queue", "dashboard:pending", "dashboard:grid", "bundles:list", "delegation:list"):
        yield name, reverse(name)
    yield "guest links", reverse("guest_links:list")
    yield "calendars", reverse("deadlines:calendars")
    yield "menu of pages", f"{reverse('wagtailadmin_api:pages:listing')}?child_of={section}&for_explorer=1"


def list_codes(count: int) -> list[str]:
    """Return the INEGI codes of so many municipalities, the measured one first."""
    codes = [f"11{number:03}" for number in range(1, 47)]
    return [MEASURED, *(code for code in codes if code != MEASURED)][:count]
