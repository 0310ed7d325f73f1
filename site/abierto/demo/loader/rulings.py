"""Invented rulings of three tribunals, each list in the space of its tribunal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.http import HttpRequest, QueryDict
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Collection, Page

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from abierto.approval.overrides.withdrawal_reasons import FIELD, use_request
from abierto.demo.loader.body import build_stream
from abierto.demo.loader.content import CONTENT, Entry, read_content, select_fields, to_paragraphs
from abierto.demo.loader.page_loader import PageLoader
from abierto.demo.loader.registry import Registry, load_chambers
from abierto.demo.loader.spaces import Spaces
from abierto.demo.ruling_files import draw_scan, draw_text_pdf
from abierto.media.models import PortalDocument, PortalImage
from abierto.registry.models import Institution
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingGroup, RulingPage
from pages.rulings.parts import EasyReadPage, InfographicPage, PlainVersionPage, PublicVersionPage
from pages.rulings.sections import PLAIN_SECTIONS

REASON = "Ejemplo ficticio, escrito para este portal."
SCAN_CONFIRMED = "Es la imagen de un texto escrito para este portal, sin datos de nadie."
INFOGRAPHICS = CONTENT / "infographics"
#: The files of rulings and, by the same key, the institutions.
TRIBUNALS = ("poder-judicial", "tja", "teeg")
FIELDS = (
    "title", "case_number", "matter", "proceeding", "decided_on", "outcome", "decision", "finality",
    "finality_date", "finality_reason",
)  # fmt: skip


def read_rulings() -> Iterator[Entry]:
    """Yield the rulings of all tribunals."""
    for tribunal in TRIBUNALS:
        yield from read_content(f"rulings/{tribunal}")["ruling"]


def load_rulings(loader: PageLoader, home: Page, registry: Registry, spaces: Spaces) -> None:
    """Load the lists, the rulings and their parts; a ruling is loaded after the rulings it refers to."""
    index = read_content("home")["rulings"]
    with imported(REASON, by=loader.user):
        whole = loader.get_or_add(
            home,
            RulingIndexPage,
            index["slug"],
            **select_fields(index, "title", "summary", "intro"),
            guide=loader.pages[index["guide"]],
            show_in_menus=True,
        )
        for key in TRIBUNALS:
            content = read_content(f"rulings/{key}")
            tribunal = _load_list(loader, whole, content["list"], registry, spaces.institutions[key], key)
            team = _find_team(spaces.institutions[key], load_chambers(content["chamber"]))
            # A ruling that was changed refers to the ruling that changed it, which must exist.
            for entry in sorted(content["ruling"], key=lambda entry: "finality_ruling" in entry):
                _load_ruling(loader, tribunal, entry, team)
        for entry in read_rulings():
            _cite_later(loader, entry)


def _load_list(
    loader: PageLoader, whole: Page, entry: Entry, registry: Registry, space: Space, key: str
) -> RulingIndexPage:
    page = loader.get_or_add(
        whole,
        RulingIndexPage,
        entry["slug"],
        **select_fields(entry, "title", "summary", "intro"),
        tribunal=registry.institutions[key],
    )
    if not space.roots.filter(page_id=page.pk).exists():
        assign_root(space, page)
    return page


@dataclass(frozen=True)
class Team:
    """The people and the collection of a tribunal, and its chambers by their key in the content file."""

    clerk: User | None
    reviewer: User | None
    collection: Collection
    chambers: dict[str, Institution]


def _find_team(space: Space, chambers: dict[str, Institution]) -> Team:
    """Return the first editor and the first reviewer of a space."""
    people = User.objects.order_by("pk")
    return Team(
        clerk=people.filter(groups=space.editors).first(),
        reviewer=people.filter(groups=space.reviewers).first(),
        # Read again: adding a collection changes the tree paths of its later siblings.
        collection=Collection.objects.get(pk=space.collection_id),
        chambers=chambers,
    )


def _load_ruling(loader: PageLoader, tribunal: RulingIndexPage, entry: Entry, team: Team) -> None:
    if loader.find(tribunal, RulingPage, entry["slug"]) is not None:
        return
    page = RulingPage(
        slug=entry["slug"],
        **select_fields(entry, *FIELDS),
        tribunal=tribunal.tribunal,
        chamber=team.chambers[entry["chamber"]],
        summary=entry["decision"],
        topics="\n".join(entry["topics"]),
        provisions="\n".join(entry.get("provisions", [])),
        has_gender_perspective=entry.get("gender", False),
        votes=build_stream(f"{entry['slug']}/votes", (("vote", vote) for vote in entry["votes"])),
        finality_ruling=loader.pages.get(entry.get("finality_ruling", "")),
        replaces=loader.pages.get(entry.get("replaces", "")),
        citations=_choose(entry, "ruling", _find_cited(loader, entry)),
        commitments=_choose(entry, "commitment", _find_commitments(loader, entry)),
        is_fictional=True,
    )
    page.groups = [RulingGroup(group=group) for group in entry.get("groups", [])]
    loader.add(tribunal, page)
    for part in _build_parts(entry, team):
        loader.add(page, part)
    with imported(REASON, by=loader.user, confirmation=SCAN_CONFIRMED):
        loader.add(page, _build_public_version(entry, team))


def _find_commitments(loader: PageLoader, entry: Entry) -> list[Page]:
    """Return the commitments of the current plan with these codes."""
    codes = entry.get("commitments", [])
    known = {getattr(page, "code", ""): page for page in reversed(loader.pages.values())}
    return [known[code] for code in codes]


def _cite_later(loader: PageLoader, entry: Entry) -> None:
    """Set the citations of a new ruling again, now with the rulings that were loaded after it."""
    page = loader.pages[entry["slug"]]
    if page in loader.created and len(page.citations) < len(entry.get("cites", [])):
        page.citations = _choose(entry, "ruling", _find_cited(loader, entry))
        loader.save_again(page)


def _find_cited(loader: PageLoader, entry: Entry) -> list[Page]:
    """Return the cited rulings that are loaded already."""
    return [loader.pages[slug] for slug in entry.get("cites", []) if slug in loader.pages]


def _choose(entry: Entry, block: str, pages: Iterable[Page]) -> str:
    return build_stream(f"{entry['slug']}/{block}", ((block, page.pk) for page in pages))


def _build_parts(entry: Entry, team: Team) -> Iterator[Any]:
    """Yield the parts of a ruling, not saved yet."""
    sections = {name: to_paragraphs(entry[name]) for name, _anchor, _label in PLAIN_SECTIONS if name in entry}
    if sections:
        yield _with_title(PlainVersionPage(**sections))
    if "easy" in entry:
        yield _with_title(EasyReadPage(text=to_paragraphs(entry["easy"])))
    if "infographic" in entry:
        yield _with_title(_build_infographic(entry["infographic"], team.collection))


def _build_public_version(entry: Entry, team: Team) -> PublicVersionPage:
    """Return the text of the court: as a file if the entry has a format, else as one block for each page."""
    document = _store_file(entry, team.collection)
    texts = (("page", {"number": number, "text": text}) for number, text in enumerate(entry["pages"], 1))
    return _with_title(
        PublicVersionPage(
            document=document,
            pages=build_stream(f"{entry['slug']}/pages", texts) if document is None else "",
            anonymized_by=team.clerk,
            names_reviewed_by=team.reviewer,
        )
    )


def _store_file(entry: Entry, collection: Collection) -> PortalDocument | None:
    draw = {"pdf": draw_text_pdf, "scan": draw_scan}.get(entry.get("format", ""))
    if draw is None:
        return None
    content = ContentFile(draw([text.strip() for text in entry["pages"]]), f"{entry['slug']}.pdf")
    title = f"Expediente {entry['case_number']}, versión pública"
    document = PortalDocument(title=title, file=content, collection=collection, file_size=content.size)
    document.save()
    return document


def _with_title[Part: (PlainVersionPage, EasyReadPage, InfographicPage, PublicVersionPage)](
    part: Part,
) -> Part:
    part.complete_title()
    return part


def _build_infographic(entry: Entry, collection: Collection) -> InfographicPage:
    content = ContentFile((INFOGRAPHICS / entry["file"]).read_bytes(), entry["file"])
    image = PortalImage(title=entry["intro"][:255], file=content, collection=collection)
    image.save()
    steps = (("step", step) for step in entry["steps"])
    return InfographicPage(image=image, intro=entry["intro"], steps=build_stream(entry["file"], steps))


def withdraw_rulings(loader: PageLoader) -> None:
    """Unpublish the new rulings whose entry has a reason, after all pages were recorded as public."""
    for entry in read_rulings():
        page = loader.pages[entry["slug"]]
        if "withdrawn" in entry and page in loader.created:
            with imported(REASON, by=loader.user), use_request(_write_request(entry["withdrawn"])):
                UnpublishPageAction(page, user=None, log_action=False).execute(skip_permission_checks=True)


def _write_request(reason: str) -> HttpRequest:
    """Return the request that a withdrawal reads its reason from."""
    request = HttpRequest()
    request.method = "POST"
    request.POST = QueryDict(urlencode({FIELD: reason}))
    return request
