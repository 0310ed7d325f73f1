"""Home page, plan index and standard pages."""

from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from abierto.demo.loader.body import build_body, linked_slugs
from abierto.demo.loader.content import read_content, select_fields, source_fields
from abierto.demo.loader.page_loader import PageLoader
from abierto.spaces.empty_portal import remove_welcome_page
from abierto.tenancy.models import PortalSettings
from pages.home.models import HomePage
from pages.plans.models import PlanIndexPage
from pages.standard.models import StandardPage


def load_home(loader: PageLoader) -> HomePage:
    """Return the home page in the source language, created as the site's root page if missing."""
    home = HomePage.objects.filter(depth=2, locale=Locale.get_default()).first()
    if home is not None:
        return home
    entry = read_content("home")
    root = Page.get_first_root_node()
    home = loader.add(
        root,
        HomePage(
            **select_fields(entry, "title", "seo_title", "slug", "summary", "lead"),
            popular_searches="\n".join(entry["popular_searches"]),
        ),
    )
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page, site.site_name = home, entry["site_name"]
    site.save()
    PortalSettings.objects.update_or_create(site=site, defaults={"territory": entry["territory"]})
    remove_welcome_page(root)
    return home


def load_plan_index(loader: PageLoader, home: HomePage) -> PlanIndexPage:
    entry = read_content("home")["plans"]
    fields = select_fields(entry, "title", "summary", "intro")
    return loader.get_or_add(home, PlanIndexPage, entry["slug"], **fields, show_in_menus=True)


def load_standard_pages(loader: PageLoader, home: HomePage) -> None:
    """Load the standard pages, parents first."""
    for entry in read_content("pages")["page"]:
        parent = loader.pages[entry["parent"]] if "parent" in entry else home
        loader.get_or_add(
            parent,
            StandardPage,
            entry["slug"],
            **select_fields(entry, "title", "summary"),
            **source_fields(entry),
            show_in_menus=entry.get("menu", False),
            body=build_body(entry["slug"], [] if linked_slugs(entry["section"]) else entry["section"]),
        )


def redirect_old_glossary() -> None:
    """Redirect the former glossary page of the demo to the glossary of the portal."""
    redirect_old_address("/gobierno-abierto/glosario/", reverse("pages:glossary"))


def redirect_old_address(path: str, link: str) -> None:
    """Redirect a path of earlier demos to ``link``; an existing redirect is not changed."""
    known = Redirect.normalise_path(path)
    Redirect.objects.get_or_create(old_path=known, site=None, defaults={"redirect_link": link})


def fill_linked_pages(loader: PageLoader) -> None:
    """Set the bodies that link to other pages, after all pages were loaded."""
    for entry in read_content("pages")["page"]:
        page = loader.pages[entry["slug"]]
        if page in loader.created and linked_slugs(entry["section"]):
            page.body = build_body(entry["slug"], entry["section"], loader.pages)
            loader.save_again(page)
