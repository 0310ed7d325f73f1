"""The initial pages of the microsite of a municipality (``SpaceTree``)."""

from django.utils import timezone
from wagtail.models import Locale, Page

from abierto.approval.ledger.imports import imported
from abierto.registry.enums import GovernmentLevel
from abierto.registry.models import Municipality, Secretariat
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.space_trees import NoParentPage, SpaceTree, TreeOwner, TreePage, register_space_tree
from pages.home.models import HomePage
from pages.plans.enums import PlanKind
from pages.plans.models import PlanPage
from pages.roadmaps.models import RoadmapPage
from pages.roadmaps.queries import find_current_list
from pages.secretariats.models import SecretariatPage
from pages.standard.models import StandardPage

from .colors import DEFAULT_COLOR
from .models import MicrositePage, MunicipalityIndexPage

INDEX_SLUG = "municipios"
INDEX_TITLE = "Municipios"
REASON = "La página de la que cuelgan los micrositios de los municipios."


def get_or_create_index() -> Page:
    """Return the page above all microsites; create it, public, if missing.

    Raises:
        NoParentPage: if the portal has no home page.
    """
    home = HomePage.objects.filter(depth=2, locale=Locale.get_default()).first()
    if home is None:
        raise NoParentPage
    index = MunicipalityIndexPage.objects.child_of(home).first()
    if index is not None:
        return index
    page = MunicipalityIndexPage(title=INDEX_TITLE, slug=INDEX_SLUG, live=False, show_in_menus=True)
    home.add_child(instance=page)
    with imported(REASON):
        page.save_revision().publish()
    return page


def find_root(row: Municipality) -> MicrositePage | None:
    """Return a microsite of the municipality that was created by hand and is not yet the root of a space."""
    return (
        MicrositePage.objects.source_language()
        .filter(municipality=row, space_root__isnull=True)
        .order_by("path")
        .first()
    )


def build_root(owner: TreeOwner) -> MicrositePage:
    """Return the start page with the branding of the form."""
    return MicrositePage(
        municipality=owner.row,
        presentation=owner.presentation,
        band_color=owner.band_color or DEFAULT_COLOR,
        accent_color=owner.accent_color or DEFAULT_COLOR,
    )


def build_text(owner: TreeOwner) -> StandardPage:
    return StandardPage()


def build_plan(owner: TreeOwner) -> PlanPage:
    return PlanPage(level=GovernmentLevel.MUNICIPAL, kind=PlanKind.PAM)


def build_roadmap(owner: TreeOwner) -> RoadmapPage:
    """Return the roadmap with the steps of the list that is valid today; without a list it has none."""
    page = RoadmapPage(step_list=find_current_list(timezone.localdate()))
    page.propose_steps()
    return page


def build_secretariat(owner: TreeOwner) -> SecretariatPage:
    """Return the page of the secretariat of the municipality; the registry gets a draft of a missing one."""
    secretariat = Secretariat.objects.filter(municipality=owner.row).order_by("-pk").first()
    if secretariat is None:
        secretariat = Secretariat(
            name=f"Secretariado técnico municipal de {owner.row}",
            level=GovernmentLevel.MUNICIPAL,
            municipality=owner.row,
            space=owner.space,
            live=False,
        )
        secretariat.save()
    return SecretariatPage(secretariat=secretariat)


TREE = SpaceTree(
    get_parent=get_or_create_index,
    find_root=find_root,
    build_root=build_root,
    pages=(
        TreePage(
            "plan",
            "Plan de acción municipal",
            "plan",
            "Los compromisos de gobierno abierto de {municipio} y su avance.",
            build_plan,
        ),
        TreePage(
            "secretariat",
            "Secretariado técnico municipal",
            "secretariado",
            "Quiénes integran el secretariado técnico de {municipio} y qué acuerdan en sus sesiones.",
            build_secretariat,
        ),
        TreePage(
            "roadmap",
            "Hoja de ruta",
            "hoja-de-ruta",
            "Los pasos de {municipio} hacia su plan de acción municipal.",
            build_roadmap,
        ),
        TreePage(
            "calls",
            "Convocatorias",
            "convocatorias",
            "Las invitaciones a participar en {municipio}.",
            build_text,
        ),
        TreePage("news", "Noticias", "noticias", "Lo más reciente de {municipio}.", build_text),
        TreePage(
            "contact",
            "Contacto",
            "contacto",
            "Dónde está y cómo se contacta la oficina de gobierno abierto de {municipio}.",
            build_text,
        ),
        TreePage("text", "Página de texto", "", "", build_text, is_default=False),
    ),
)


def register() -> None:
    register_space_tree(SpaceKind.MUNICIPALITY, TREE)
