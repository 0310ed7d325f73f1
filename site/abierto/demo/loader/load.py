"""Order of the load: spaces and accounts, registry, pages, derived data."""

from django.conf import settings
from wagtail.models import Locale, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.ledger.imports import imported
from abierto.approval.records.services import record_publications
from abierto.demo.loader.accounts import load_accounts
from abierto.demo.loader.content import read_content
from abierto.demo.loader.english import load_english_pages
from abierto.demo.loader.municipalities import load_microsites, load_municipality_index
from abierto.demo.loader.page_loader import PageLoader
from abierto.demo.loader.participation import load_participation, redirect_old_consultation
from abierto.demo.loader.plans import load_plan
from abierto.demo.loader.registry import load_contacts, load_registry
from abierto.demo.loader.rulings import load_rulings, withdraw_rulings
from abierto.demo.loader.secretariat import load_declaration, load_secretariats
from abierto.demo.loader.spaces import Spaces, assign_roots, link_institutions, load_spaces
from abierto.demo.loader.standard import (
    fill_linked_pages,
    load_home,
    load_plan_index,
    load_standard_pages,
    redirect_old_glossary,
)
from abierto.demo.loader.updates import load_updates
from pages.figures.projection.store import project_plan
from pages.plans.models import PlanPage
from search.indexing.outbox import enqueue

from .updates import load_report

REASON = "Contenido tomado de documentos públicos del Estado de Guanajuato."
CURRENT_PLAN = "plan-2022-2024"
OTHER_PLANS = ("plan-2019-2021", "work-plan")
HISTORY_SLUG = "gobierno-abierto"  # parent page of the declaration and the secretariats


@tree_lock()
def load_demo() -> int:
    """Load everything that is missing; return the number of created pages."""
    load_locales()
    spaces = load_spaces()
    loader = PageLoader(user=load_accounts(spaces))
    with imported(REASON, by=loader.user):
        with disable_reference_index_auto_update():
            load_pages(loader, spaces)
        write_derived_data(loader)
        withdraw_rulings(loader)
    return len(loader.created)


def load_locales() -> None:
    """Create the locales of the content languages."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def load_pages(loader: PageLoader, spaces: Spaces) -> None:
    """Load all pages; parents and link targets come first."""
    registry = load_registry()
    load_contacts(spaces.institutions)
    home = load_home(loader)
    index = load_plan_index(loader, home)
    load_standard_pages(loader, home)
    load_declaration(loader, loader.pages[HISTORY_SLUG], registry)
    load_secretariats(loader, loader.pages[HISTORY_SLUG], registry)
    content = read_content(CURRENT_PLAN)
    current = load_plan(loader, index, CURRENT_PLAN, registry)
    load_updates(loader, content)
    load_report(loader, current, content)
    for name in OTHER_PLANS:
        load_plan(loader, index, name, registry)
    load_participation(loader, home)
    load_microsites(loader, load_municipality_index(loader, home), registry, spaces)
    load_rulings(loader, home, registry, spaces)
    fill_linked_pages(loader)
    redirect_old_glossary()
    redirect_old_consultation()
    if home in loader.created:
        home.current_plan = current
        loader.save_again(home)
    load_english_pages(loader, home, index, current)
    link_institutions(spaces, registry.institutions)
    assign_roots(spaces, home, loader.pages)


def write_derived_data(loader: PageLoader) -> None:
    """Write what publishing would write: references, records, figures and outbox."""
    if not loader.created:
        return
    for page in loader.created:
        ReferenceIndex.create_or_update_for_object(page)
    record_publications([page.pk for page in loader.created])
    for page in loader.pages.values():
        if isinstance(page, PlanPage):
            project_plan(page)
    enqueue([page.pk for page in loader.created])
