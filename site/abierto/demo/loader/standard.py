"""The front door, the list of plans and the pages of prose."""

from wagtail.models import Locale, Page, Site

from abierto.demo.loader.body import body, linked_pages
from abierto.demo.loader.content import only, read
from abierto.demo.loader.tree import Planting
from abierto.tenancy.models import PortalSettings
from pages.home.models import HomePage
from pages.plans.models import PlanIndexPage
from pages.standard.models import StandardPage

WELCOME_SLUG = "home"


def load_home(planting: Planting) -> HomePage:
    """Return the front door in the source language, made the root of the site where there is none."""
    home = HomePage.objects.filter(depth=2, locale=Locale.get_default()).first()
    if home is not None:
        return home
    entry = read("home")
    root = Page.get_first_root_node()
    home = planting.place(
        root,
        HomePage(
            **only(entry, "title", "seo_title", "slug", "summary", "lead"),
            popular_searches="\n".join(entry["popular_searches"]),
        ),
    )
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page, site.site_name = home, entry["site_name"]
    site.save()
    PortalSettings.objects.update_or_create(site=site, defaults={"territory": entry["territory"]})
    remove_welcome(root)
    return home


def remove_welcome(root: Page) -> None:
    """Remove the page with which Wagtail welcomes developers; anything else at its address stays."""
    welcome = root.get_children().filter(slug=WELCOME_SLUG, numchild=0).exact_type(Page).first()
    if welcome is not None:
        welcome.delete()


def load_plan_index(planting: Planting, home: HomePage) -> PlanIndexPage:
    """Place the list of plans."""
    entry = read("home")["plans"]
    fields = only(entry, "title", "summary", "intro")
    return planting.plant(home, PlanIndexPage, entry["slug"], **fields, show_in_menus=True)


def load_standard_pages(planting: Planting, home: HomePage) -> None:
    """Place the pages of prose, those that others hang from first."""
    for entry in read("pages")["page"]:
        parent = planting.pages[entry["parent"]] if "parent" in entry else home
        planting.plant(
            parent,
            StandardPage,
            entry["slug"],
            **only(entry, "title", "summary"),
            show_in_menus=entry.get("menu", False),
            body=body(entry["slug"], [] if linked_pages(entry["section"]) else entry["section"]),
        )


def fill_linked_pages(planting: Planting) -> None:
    """Write the body of the pages that link to others, now that all are there."""
    for entry in read("pages")["page"]:
        page = planting.pages[entry["slug"]]
        if page in planting.made and linked_pages(entry["section"]):
            page.body = body(entry["slug"], entry["section"], planting.pages)
            planting.amend(page)
