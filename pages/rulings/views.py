"""The permanent address of a ruling by its case number, and the feeds of its tribunal and matter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from abierto.addresses import page_url
from pages.core.feeds import build_feed, respond_with_feed
from pages.core.translation import source_language_condition

from .case_numbers import make_case_key
from .enums import Matter
from .index import RulingIndexPage
from .models import RulingPage
from .withdrawn import describe_withdrawal

FEED_LENGTH = 50


def find_list(slug: str) -> RulingIndexPage:
    """Return the public list of rulings with this slug, in the portal's own language.

    Raises:
        Http404: when there is none.
    """
    rows = RulingIndexPage.objects.public().filter(source_language_condition(), slug=slug)
    found: RulingIndexPage | None = rows.select_related("tribunal").order_by("path").first()
    if found is None:
        raise Http404
    return found


@require_safe
def redirect_to_ruling(request: HttpRequest, tribunal: str, case_number: str) -> HttpResponse:
    """Redirect ``/sentencia/TRIBUNAL/NUMBER/``, in any usual spelling, to the page of the ruling.

    The address of a withdrawn ruling still leads to the reason of its withdrawal.
    """
    index = find_list(tribunal)
    key = make_case_key(case_number, index.tribunal.acronym if index.tribunal is not None else "")
    rows = RulingPage.objects.descendant_of(index).filter(case_key=key).order_by("path")
    page = rows.public().first() or next((row for row in rows if describe_withdrawal(row)), None)
    if page is None or not key:
        raise Http404
    translated = RulingPage.objects.public().filter(
        translation_key=page.translation_key, locale__language_code=get_language()
    )
    url = (translated.first() or page).get_url(request)
    if url is None:
        raise Http404
    return HttpResponseRedirect(url)


@require_safe
def feed(request: HttpRequest, tribunal: str, matter: str = "") -> HttpResponse:
    """Return the last rulings of a list, or of one matter of it, as an Atom feed."""
    index = find_list(tribunal)
    rulings = RulingPage.objects.public().descendant_of(index)
    title, own = index.title, reverse("pages:rulings_feed", args=[tribunal])
    if matter:
        if matter not in Matter.values:
            raise Http404
        rulings = rulings.filter(matter=matter)
        title = f"{title}. {_('Materia')}: {Matter(matter).label}"
        own = reverse("pages:rulings_of_matter_feed", args=[tribunal, matter])
    made = build_feed(request, title, page_url(index, request), own)
    for ruling in rulings.order_by("-last_published_at", "path")[:FEED_LENGTH]:
        add_ruling(made, ruling, request)
    return respond_with_feed(made)


def add_ruling(feed: Atom1Feed, ruling: RulingPage, request: HttpRequest) -> None:
    """Add a ruling to a feed, with its state."""
    feed.add_item(
        title=write_feed_title(ruling),
        link=page_url(ruling, request),
        description=ruling.decision,
        unique_id=ruling.translation_key.urn,
        pubdate=ruling.first_published_at,
        updateddate=ruling.last_published_at,
        categories=(str(ruling.get_matter_display()), str(ruling.get_finality_display())),
    )


def write_feed_title(ruling: RulingPage) -> str:
    """Return the title of a ruling with its finality; fictional rulings are marked."""
    title = f"{ruling.title} ({ruling.get_finality_display()})"
    return f"{_('Ejemplo ficticio')}: {title}" if ruling.is_fictional else title
