"""A portal without content: its languages, a public home page and the state's space."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.ledger.imports import imported
from abierto.tenancy.provisioning import assign_root
from pages.home.models import HomePage

from .administrators import get_or_create_state_space

TITLE = "Gobierno abierto"
SLUG = "inicio"
REASON = "La portada con la que empieza un portal vacío."
WELCOME_SLUG = "home"
HTTP_PORT, HTTPS_PORT = 80, 443


@tree_lock()
@transaction.atomic
def build_empty_portal() -> HomePage:
    """Create what every portal needs before its first page; repeating it changes nothing."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    space = get_or_create_state_space()
    home = HomePage.objects.filter(depth=2, locale=Locale.get_default()).first()
    if home is None:
        home = create_home()
    if not space.roots.filter(page_id=home.pk).exists():
        assign_root(space, home)
    return home


def create_home() -> HomePage:
    """Create a public home page and make it the root of the default site."""
    root = Page.get_first_root_node()
    home: HomePage = root.add_child(instance=HomePage(title=TITLE, slug=SLUG, live=False))
    with imported(REASON):
        home.save_revision().publish()
        values = {"root_page": home, "site_name": TITLE, **read_site_address()}
        Site.objects.update_or_create(is_default_site=True, defaults=values)
    remove_welcome_page(root)
    return home


def read_site_address() -> dict[str, Any]:
    """Return the host and the port of the configured address, as Wagtail's record of the site has them."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    default = HTTPS_PORT if address.scheme == "https" else HTTP_PORT
    return {"hostname": address.hostname or "localhost", "port": address.port or default}


def remove_welcome_page(root: Page) -> None:
    """Delete Wagtail's welcome page; any other page with its slug stays."""
    welcome = root.get_children().filter(slug=WELCOME_SLUG, numchild=0).exact_type(Page).first()
    if welcome is not None:
        welcome.delete()
