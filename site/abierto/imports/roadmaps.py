"""Import the roadmaps of municipalities: a row for each step, with its day, place and links to documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.guard.permissions import find_settled_pages
from abierto.approval.review.space_index import build_space_index
from abierto.approval.review.validation import find_field_problems
from abierto.registry.models import ListedStep, Municipality
from abierto.spreadsheets.rows import (
    SEPARATOR,
    RowProblem,
    Sheet,
    SheetColumn,
    SheetRow,
    build_error,
    heading_key,
)
from abierto.tenancy.access import own_pages
from abierto.tenancy.tree_paths import parent_path
from blocks.evidence import EvidenceKind
from pages.plans.outline_saving import find_refusal
from pages.roadmaps.enums import StepStatus
from pages.roadmaps.models import RoadmapPage, RoadmapStep

from .cells import describe_choices, describe_fields, read_choice, read_code, read_value
from .kinds import (
    Book,
    CheckedImport,
    ImportKind,
    Progress,
    Target,
    ValueChange,
    Written,
    find_writable_spaces,
    show_value,
)

CODE_LENGTH = 5
FIELDS = ("done_on", "place", "note")
PAPERS = ("papers", "addresses")
VALUES = ("status", *FIELDS, *PAPERS)


@dataclass
class LoadedRoadmap:
    """The latest version of a roadmap with its steps by number."""

    page: RoadmapPage
    town: Municipality
    steps: dict[int, RoadmapStep]
    refusal: str = ""
    #: The row of the file for each step.
    rows: dict[int, SheetRow] = field(default_factory=dict)
    changes: list[ValueChange] = field(default_factory=list)


class RoadmapImportKind(ImportKind):
    """Import the steps of the roadmaps of a space, by INEGI code and number of the step."""

    name = "ruta"
    label = gettext_lazy("Hoja de ruta de los municipios")
    help_text = gettext_lazy(
        "Un renglón por paso, con su fecha y las ligas a sus documentos. La hoja de ruta ya debe existir."
    )
    most_rows = 2_000

    def build_sheets(self) -> tuple[Sheet, ...]:
        """Return the single sheet of steps."""
        check = _("Sirve para comprobar que la clave y el número son los de este paso.")
        several = _("Varios, separados por punto y coma.")
        columns = (
            SheetColumn("code", _("Municipio"), True, _("Su clave del INEGI."), "11015"),
            SheetColumn("town", _("Nombre del municipio"), False, _("No se lee."), "Guanajuato"),
            SheetColumn("number", _("Número"), True, _("El del paso en su lista."), "4"),
            SheetColumn("step", _("Paso"), False, check),
            SheetColumn(
                "status", _("Estado"), False, describe_choices(StepStatus), str(StepStatus.DONE.label)
            ),
            *describe_fields(RoadmapStep, FIELDS),
            SheetColumn(
                "papers", _("Documentos: títulos"), False, several, "Acta de instalación; Convocatoria"
            ),
            SheetColumn(
                "addresses",
                _("Documentos: direcciones"),
                False,
                _("Una por título, en el mismo orden, separadas por punto y coma."),
                "https://www.example.org/acta; https://www.example.org/convocatoria",
            ),
        )
        return (Sheet(_("Pasos"), columns),)

    def find_targets(self, user: User) -> list[Target]:
        """Return the spaces of ``user`` that have a roadmap."""
        spaces = find_writable_spaces(user)
        index = build_space_index(user)
        pages = RoadmapPage.objects.source_language().filter(own_pages(spaces)) if spaces else ()
        found = {space.pk: space for page in pages if (space := index.of(page.path)) in spaces and space}
        return [Target(space) for space in spaces if space.pk in found]

    def read_current(self, target: Target, user: User) -> dict[str, list[dict[str, Any]]]:
        """Return a row for each step of the latest versions."""
        rows = [
            {"code": roadmap.town.code, "town": roadmap.town.name, "number": number, **read_step(step)}
            for roadmap in load_roadmaps(target, user)
            for number, step in sorted(roadmap.steps.items())
        ]
        return {self.build_sheets()[0].key: rows}

    def check(self, target: Target, user: User, book: Book, progress: Progress) -> CheckedImport:
        """Check the rows as the form does; queries grow with the roadmaps, not with the rows."""
        sheet = self.build_sheets()[0]
        return RoadmapCheck(load_roadmaps(target, user), sheet).run(book[sheet.key], progress)

    def write(self, checked: CheckedImport, user: User) -> list[Written]:
        """Save each changed roadmap as a draft of ``user``."""
        written = []
        for roadmap in checked.items:
            page, first = roadmap.page, min(row.number for row in roadmap.rows.values())
            before = page.latest_revision_id
            try:
                page.save_draft(user)
            except ValidationError as error:
                raise build_error(f"{roadmap.town.name}: {' '.join(error.messages)}", first) from error
            written.append(Written(Page.objects.get(pk=page.pk), first, before, is_new=False))
        return written


def load_roadmaps(target: Target, user: User) -> list[LoadedRoadmap]:
    """Return the roadmaps of a space with their municipalities, ordered by INEGI code."""
    index = build_space_index(user)
    pages = RoadmapPage.objects.source_language().filter(own_pages([target.space])).order_by("path")
    pages = [page for page in pages if index.of(page.path) == target.space]
    sites = Page.objects.filter(path__in={parent_path(page.path) for page in pages})
    of_site = dict(sites.values_list("path", "micrositepage__municipality"))
    towns = Municipality.objects.in_bulk()
    listed = ListedStep.objects.in_bulk()
    found: dict[str, LoadedRoadmap] = {}
    for stored in pages:
        page = stored.get_latest_revision_as_object()
        town = towns.get(page.municipality_id or of_site.get(parent_path(page.path)))
        if town is None:
            continue
        page.propose_steps()
        rows = sorted(page.steps.all(), key=lambda row: row.sort_order or 0)
        steps: dict[int, RoadmapStep] = {}
        for row in rows:
            row.step = listed[row.step_id]
            steps.setdefault(row.step.number, row)
        page.steps = rows
        is_settled = find_settled_pages(stored).filter(pk=stored.pk).exists()
        refusal = find_refusal(stored, user, is_settled=is_settled)
        found.setdefault(town.code, LoadedRoadmap(page, town, steps, refusal))
    return [found[code] for code in sorted(found)]


def read_step(step: RoadmapStep) -> dict[str, Any]:
    """Return the values of a step by column; the papers that are not links stay out."""
    links = read_links(step)
    return {
        "step": step.step.name,
        "status": step.get_status_display(),
        **{name: getattr(step, name) for name in FIELDS},
        "papers": f"{SEPARATOR} ".join(title for title, _url in links),
        "addresses": f"{SEPARATOR} ".join(url for _title, url in links),
    }


def read_links(step: RoadmapStep) -> list[tuple[str, str]]:
    """Return the title and the address of each link among the papers of a step."""
    return [
        (block.value["title"], block.value["url"])
        for block in step.evidence
        if block.value["kind"] == EvidenceKind.LINK
    ]


def set_links(step: RoadmapStep, links: list[tuple[str, str]]) -> None:
    """Set the links of a step; known links keep their blocks, and files and citations are not changed."""
    stored = step.evidence.get_prep_value()
    known = {child["value"]["url"]: child for child in stored if child["value"]["kind"] == EvidenceKind.LINK}
    others = [child for child in stored if child["value"]["kind"] != EvidenceKind.LINK]
    written = []
    for title, url in links:
        child = known.get(url) or {"type": "evidence", "value": {"kind": EvidenceKind.LINK.value, "url": url}}
        written.append({**child, "value": {**child["value"], "title": title}})
    step.evidence = [*written, *others]


class RoadmapCheck:
    """Reads the rows of one file into the steps of the roadmaps, and collects problems and changes."""

    def __init__(self, roadmaps: list[LoadedRoadmap], sheet: Sheet) -> None:
        self.roadmaps = {roadmap.town.code: roadmap for roadmap in roadmaps}
        self.headings = {column.name: column.heading for column in sheet.columns}
        self.checked = CheckedImport()

    def refuse(self, row: SheetRow, name: str, message: str) -> None:
        self.checked.problems.append(RowProblem(message, row.number, self.headings.get(name, "")))

    def run(self, rows: list[SheetRow], progress: Progress) -> CheckedImport:
        """Fill the steps, note what changes, and validate the steps that do."""
        self.checked.total = len(rows)
        for done, row in enumerate(rows):
            progress(done, len(rows))
            self.check_row(row)
        items = [roadmap for roadmap in self.roadmaps.values() if roadmap.changes]
        for roadmap in items:
            if roadmap.refusal:
                first = next(iter(roadmap.rows.values()))
                message = _("No la puedes cambiar aquí. %(reason)s")
                self.refuse(first, "code", message % {"reason": roadmap.refusal})
            self.checked.changes += roadmap.changes
        self.checked.items = items
        self.checked.changes.sort(key=lambda change: change.row)
        progress(len(rows), len(rows))
        self.checked.problems.sort(key=lambda problem: problem.row or 0)
        return self.checked

    def check_row(self, row: SheetRow) -> None:
        """Find the step of a row; a town of another space gets the same problem as an unknown one."""
        code = read_code(row, "code", self.refuse)
        number = read_code(row, "number", self.refuse)
        if not code or not number:
            return
        # Excel drops the zero before a number.
        roadmap = self.roadmaps.get(code.zfill(CODE_LENGTH))
        if roadmap is None:
            message = _("«%(code)s» no está entre los municipios con hoja de ruta de tu espacio.")
            self.refuse(row, "code", message % {"code": code[:20]})
            return
        step = roadmap.steps.get(int(number)) if number.isascii() and number.isdecimal() else None
        if step is None:
            message = _("La hoja de ruta de %(town)s no tiene el paso «%(number)s».")
            self.refuse(row, "number", message % {"town": roadmap.town.name, "number": number[:20]})
            return
        if step.step.number in roadmap.rows:
            message = _("El renglón %(row)s ya tiene este paso. Deja uno de los dos.")
            self.refuse(row, "number", message % {"row": roadmap.rows[step.step.number].number})
            return
        if row.text("step") and heading_key(row.text("step")) != heading_key(step.step.name):
            message = _("El paso %(number)s se llama «%(name)s». Revisa el número.")
            self.refuse(row, "step", message % {"number": step.step.number, "name": step.step.name})
            return
        roadmap.rows[step.step.number] = row
        self.fill(roadmap, step, row)

    def fill(self, roadmap: LoadedRoadmap, step: RoadmapStep, row: SheetRow) -> None:
        """Set the fields of a step from the cells of a row, and note the changes."""
        before = read_step(step)
        if row.has("status"):
            step.status = read_choice(row, "status", StepStatus, self.refuse) or StepStatus.UNKNOWN
        for name in FIELDS:
            if row.has(name):
                setattr(step, name, read_value(step._meta.get_field(name), row, name, self.refuse))
        if any(row.has(name) for name in PAPERS):
            self.fill_links(step, row)
        after = read_step(step)
        thing = f"{roadmap.town.name} · {step.step}"
        changes = [
            ValueChange(
                row.number, thing, self.headings[name], show_value(before[name]), show_value(after[name])
            )
            for name in VALUES
            if before[name] != after[name]
        ]
        if changes:
            roadmap.changes += changes
            for path, message in find_field_problems(step):
                name = path.partition(" ")[0]
                self.refuse(row, "addresses" if name == "evidence" else name, message)

    def fill_links(self, step: RoadmapStep, row: SheetRow) -> None:
        """Set the links of a step from a row, which must have as many titles as addresses."""
        titles, urls = row.values("papers"), row.values("addresses")
        if len(titles) != len(urls):
            message = _("Hay %(titles)s títulos y %(urls)s direcciones. Escribe una dirección por título.")
            self.refuse(row, "addresses", message % {"titles": len(titles), "urls": len(urls)})
            return
        set_links(step, list(zip(titles, urls, strict=True)))
