"""The list of municipalities and the microsites, each in a space of its own."""

from typing import Any

from wagtail.models import Page

from abierto.demo.loader.body import build_body, build_stream
from abierto.demo.loader.content import Entry, read_content, select_fields, source_fields
from abierto.demo.loader.page_loader import PageLoader
from abierto.demo.loader.registry import Registry
from abierto.demo.loader.spaces import Spaces
from abierto.demo.loader.updates import build_evidence_item
from abierto.registry.models import Municipality
from abierto.spaces.models import MunicipalitySpace
from abierto.tenancy.provisioning import assign_root
from pages.municipalities.models import MicrositePage, MunicipalityIndexPage
from pages.roadmaps.models import RoadmapPage
from pages.secretariats.models import SecretariatPage

FIELDS = ("title", "summary", "presentation", "band_color", "accent_color")


def load_municipality_index(loader: PageLoader, home: Page) -> MunicipalityIndexPage:
    """Load the list; the page that its body links to exists already."""
    entry = read_content("microsites")["index"]
    return loader.get_or_add(
        home,
        MunicipalityIndexPage,
        entry["slug"],
        **select_fields(entry, "title", "summary", "intro"),
        show_in_menus=True,
        body=build_body(entry["slug"], [{"links": entry["links"]}], loader.pages),
    )


def load_microsites(
    loader: PageLoader, index: MunicipalityIndexPage, registry: Registry, spaces: Spaces
) -> None:
    """Load the microsites with their pages, and assign each to the space of its municipality."""
    for entry in read_content("microsites")["microsite"]:
        town = Municipality.objects.get(code=entry["municipality"])
        page = loader.get_or_add(
            index,
            MicrositePage,
            entry["slug"],
            **select_fields(entry, *FIELDS),
            **source_fields(entry),
            municipality=town,
        )
        _load_pages(loader, page, entry, registry)
        space = spaces.municipalities[town.code]
        if not space.roots.filter(page_id=page.pk).exists():
            assign_root(space, page)
        MunicipalitySpace.objects.get_or_create(municipality=town, defaults={"holder": space})


def _load_pages(loader: PageLoader, microsite: MicrositePage, entry: Entry, registry: Registry) -> None:
    source = source_fields(entry)
    if (found := entry.get("secretariat")) is not None:
        loader.get_or_add(
            microsite,
            SecretariatPage,
            found["slug"],
            **select_fields(found, "title", "summary", "members_source", "intro"),
            **source,
            secretariat=registry.secretariats[found["key"]],
            body=build_body(f"{entry['slug']}/{found['slug']}", found["section"], loader.pages),
        )
    if (roadmap := entry.get("roadmap")) is not None:
        _load_roadmap(loader, microsite, roadmap, registry)


def _load_roadmap(loader: PageLoader, microsite: MicrositePage, entry: Entry, registry: Registry) -> None:
    """Load a roadmap, unless an earlier load has created a page at its address."""
    if microsite.get_children().filter(slug=entry["slug"]).exists():
        loader.find(microsite, RoadmapPage, entry["slug"])
        return
    page = RoadmapPage(
        step_list=registry.step_lists[entry["list"]],
        **select_fields(entry, "slug", "title", "summary", "intro", "declaration"),
        **source_fields(read_content("steps")),
    )
    page.propose_steps()
    known = {step["number"]: step for step in entry.get("step", [])}
    for row in page.steps.all():
        step = known.get(row.step.number, {})
        for name, value in select_fields(step, "status", "done_on", "place", "note").items():
            setattr(row, name, value)
        papers = [("evidence", build_cited_paper(title)) for title in step.get("papers", [])]
        row.evidence = build_stream(f"{microsite.slug}/{entry['slug']}/{row.step.number}", papers)
    loader.add(microsite, page)


def build_cited_paper(title: str) -> dict[str, Any]:
    """Return the evidence block of a paper that the document cites and of which the portal has no file."""
    return build_evidence_item({"title": title})
