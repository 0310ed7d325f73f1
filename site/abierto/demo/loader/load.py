"""The order of the load: spaces and accounts, registry, pages, and last what is derived from them."""

from django.conf import settings
from wagtail.models import Locale, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.ledger.imports import imported
from abierto.approval.records.recording import record_publications
from abierto.demo.loader.accounts import load_accounts
from abierto.demo.loader.content import read
from abierto.demo.loader.plans import load_plan
from abierto.demo.loader.registry import load_registry
from abierto.demo.loader.secretariat import load_declaration, load_secretariats
from abierto.demo.loader.spaces import Spaces, assign_roots, load_spaces
from abierto.demo.loader.standard import fill_linked_pages, load_home, load_plan_index, load_standard_pages
from abierto.demo.loader.tree import Planting
from abierto.demo.loader.updates import load_updates
from pages.figures.projection.store import project_plan
from pages.plans.models import PlanPage
from search.indexing.outbox import enqueue

from .updates import load_report

REASON = "Contenido tomado de documentos públicos del Estado de Guanajuato."
CURRENT_PLAN = "plan-2022-2024"
OTHER_PLANS = ("plan-2019-2021", "work-plan")
HISTORY = "gobierno-abierto"  # the page from which the declaration and the secretariats hang


@tree_lock()
def load_demo() -> int:
    """Load everything that is not there yet and return how many pages were made."""
    load_locales()
    spaces = load_spaces()
    planting = Planting(user=load_accounts(spaces))
    with imported(REASON, by=planting.user):
        with disable_reference_index_auto_update():
            load_pages(planting, spaces)
        finish(planting)
    return len(planting.made)


def load_locales() -> None:
    """Make the languages of the portal known to Wagtail, so that pages can be translated into them."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def load_pages(planting: Planting, spaces: Spaces) -> None:
    """Place every page: what others hang from or link to comes first."""
    registry = load_registry()
    home = load_home(planting)
    index = load_plan_index(planting, home)
    load_standard_pages(planting, home)
    load_declaration(planting, planting.pages[HISTORY], registry)
    load_secretariats(planting, planting.pages[HISTORY], registry)
    content = read(CURRENT_PLAN)
    current = load_plan(planting, index, CURRENT_PLAN, registry)
    load_updates(planting, content)
    load_report(planting, current, content)
    for name in OTHER_PLANS:
        load_plan(planting, index, name, registry)
    fill_linked_pages(planting)
    if home in planting.made:
        home.current_plan = current
        planting.amend(home)
    assign_roots(spaces, home, planting.pages)


def finish(planting: Planting) -> None:
    """Write what publishing each page would have written: references, records, figures and the outbox."""
    if not planting.made:
        return
    for page in planting.made:
        ReferenceIndex.create_or_update_for_object(page)
    record_publications([page.pk for page in planting.made])
    for page in planting.pages.values():
        if isinstance(page, PlanPage):
            project_plan(page)
    enqueue([page.pk for page in planting.made])
