"""Integrity checks of spaces and permissions."""

from collections.abc import Iterator

from wagtail.models import Collection, GroupPagePermission, Page, WorkflowPage

from abierto.media.models import PortalDocument, PortalImage
from abierto.tenancy.access import space_of_collection
from abierto.tenancy.models import SpaceRoot
from abierto.tenancy.provisioning import ADMINISTRATOR_PAGES, EDITOR_PAGES, REVIEWER_PAGES
from abierto.tenancy.tree_paths import branch_paths
from pages.plans.commitments import CommitmentPage, find_plan_path
from pages.plans.hand_over import find_hand_over, follows_institution
from pages.plans.models import PlanPage

from .findings import IntegrityFinding

FIX_SPACE = "Asigna la página, o una superior, a un espacio."
FIX_ROOT = "Asigna de nuevo la página a su espacio: se repone lo que falte."
FIX_INSTITUTION = "Abre el compromiso, envíalo a revisión y publícalo otra vez: pasa a ese espacio."
FIX_PUBLISH = "Quita el permiso de publicar a ese grupo: se publica al aprobar."
FIX_FILE = "Abre el archivo en el administrador y guárdalo: su espacio se corrige."


def find_pages_without_space() -> Iterator[IntegrityFinding]:
    roots = set(SpaceRoot.objects.values_list("page__path", flat=True))
    for page in Page.objects.live().filter(depth__gt=1).order_by("path"):
        if roots.isdisjoint(branch_paths(page.path)):
            yield IntegrityFinding(f"«{page.title}» (página {page.pk}) no es de ningún espacio.", FIX_SPACE)


def find_incomplete_roots() -> Iterator[IntegrityFinding]:
    """Yield root pages with missing permissions or another workflow."""
    roots = SpaceRoot.objects.select_related("space", "page")
    granted = set(GroupPagePermission.objects.values_list("group_id", "page_id", "permission__codename"))
    workflows = dict(WorkflowPage.objects.values_list("page_id", "workflow_id"))
    for root in roots.order_by("page__path"):
        space = root.space
        wanted = {
            (group_id, root.page_id, codename)
            for group_id, codenames in (
                (space.editors_id, EDITOR_PAGES),
                (space.administrators_id, ADMINISTRATOR_PAGES),
                (space.reviewers_id, REVIEWER_PAGES),
            )
            for codename in codenames
        }
        if not wanted <= granted:
            yield IntegrityFinding(
                f"A los grupos de «{space}» les faltan permisos en «{root.page}».", FIX_ROOT
            )
        if workflows.get(root.page_id) != space.workflow_id:
            yield IntegrityFinding(f"«{root.page}» no pasa por la revisión de «{space}».", FIX_ROOT)


def find_commitments_in_wrong_space() -> Iterator[IntegrityFinding]:
    """Yield the commitments of open plans that are not in the space of their responsible institution."""
    plans = {plan.path: plan for plan in PlanPage.objects.live().defer("body")}
    for page in CommitmentPage.objects.live().order_by("path"):
        plan = plans.get(find_plan_path(page))
        if plan is None or not plan.is_open or not follows_institution(page):
            continue
        change = find_hand_over(page)
        if change.institution is not None and change.is_change:
            yield IntegrityFinding(
                f"«{page.title}» es de «{change.current}», y por «{change.institution}» le toca a "
                f"«{change.target}».",
                FIX_INSTITUTION,
            )


def find_publishing_groups() -> Iterator[IntegrityFinding]:
    """Yield groups with permission to publish pages without review."""
    rows = GroupPagePermission.objects.filter(permission__codename="publish_page")
    for row in rows.select_related("group", "page").order_by("group__name", "page__path"):
        yield IntegrityFinding(f"El grupo «{row.group}» puede publicar en «{row.page}».", FIX_PUBLISH)


def find_files_with_wrong_space() -> Iterator[IntegrityFinding]:
    """Yield files whose space is not that of their collection."""
    spaces = {row: space_of_collection(row) for row in Collection.objects.all()}
    for model in (PortalImage, PortalDocument):
        for file in model.objects.select_related("collection", "space").order_by("pk"):
            if file.space != spaces[file.collection]:
                yield IntegrityFinding(f"«{file.title}» no dice el espacio de su colección.", FIX_FILE)
