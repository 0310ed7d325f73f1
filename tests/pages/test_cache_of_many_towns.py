"""When one town publishes, the cache keeps at least half of all public pages."""

from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.db import transaction
from wagtail.models import Page

from abierto.spaces.empty_portal import build_empty_portal
from abierto.spaces.municipalities import NewMunicipality, provision
from abierto.tenancy.visibility import filter_public
from pages.core.page_cache import CACHE
from pages.standard.models import StandardPage
from tests.factories import MunicipalityFactory, StandardPageFactory, published
from tests.municipal_factories import ListedStepFactory
from tests.pages.test_cache_by_space import change_prose, is_hit, publish_town

pytestmark = pytest.mark.slow

NAMES = ("Coroneo", "Apaseo el Alto", "Dolores Hidalgo", "Silao")
KEPT_SHARE = 0.5


def publish_microsite(name: str) -> StandardPage:
    """Provision a municipality, publish its pages and return one of them."""
    space = provision(NewMunicipality(MunicipalityFactory(name=name)), by=None).space
    root = Page.objects.get(space_root__space=space)
    for page in root.get_children().specific():
        published(page)
    return StandardPage.objects.child_of(root).get(slug="noticias")


@pytest.fixture
def news(transactional_db, settings) -> StandardPage:
    """The news of one of several towns, in a portal whose pages may be cached."""
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    caches[CACHE].clear()
    with transaction.atomic():
        build_empty_portal()
        ListedStepFactory()
        found = [publish_microsite(name) for name in NAMES]
        published(StandardPageFactory(title="Qué es"))
        publish_town(found[0].get_parent().get_parent(), "Yuriria")
    return found[0]


def test_most_pages_stay_cached_when_one_town_publishes(client, news, capsys):
    pages = list(filter_public(Page.objects.filter(depth__gt=1)).order_by("path"))
    for page in pages:
        assert client.get(page.url).status_code == 200
    before = [page for page in pages if is_hit(client, page)]

    change_prose(SimpleNamespace(prose=news))

    kept = [page for page in before if is_hit(client, page)]
    with capsys.disabled():
        print(f"\n{len(kept)} of {len(before)} cached pages are kept", end=" ")
    assert before == pages
    assert news not in kept
    assert len(kept) >= KEPT_SHARE * len(before)
