"""A page cached with names is not served after the site chooses posts."""

from abierto.approval.models import TraceSettings
from tests import factories
from tests.abierto.approval.overrides.test_public_names import named_room, show_names
from tests.factories import published
from tests.pages.history.scenario import at, reviewed


def test_a_choice_invalidates_cached_pages(client, transactional_db, settings):
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    room = named_room()
    page = reviewed(room, published(factories.StandardPageFactory()), summary="Otro.")
    show_names()
    for place in (page.url, at(page)):
        assert "Lucía" in client.get(place).content.decode()
        assert "Lucía" in client.get(place).content.decode()

    naming = TraceSettings.objects.get()
    naming.by_post = True
    naming.save()

    for place in (page.url, at(page)):
        assert "Lucía" not in client.get(place).content.decode()
