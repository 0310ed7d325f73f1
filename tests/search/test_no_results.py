"""The help on a page without results."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from tests.search.portal import Portal, titles

MAX_QUERIES = 12


class NothingFoundTests(Portal):
    def help(self, **parameters):
        return self.ask(**parameters).context["help"]

    def test_each_filter_can_be_dropped_with_the_resulting_count(self):
        ways = self.help(q="transporte", plan="pal-2022-2024", tipo="compromiso").dropping
        assert [(way.text, way.count) for way in ways] == [("Plan 2022–2024", 1)]
        followed = self.client.get(f"/buscar/?{ways[0].query}")
        assert titles(followed) == ["Transporte sin humo"]
        assert followed.context["total"] == 1

    def test_the_days_can_be_dropped(self):
        found = self.help(q="transporte", hasta="1990-12-31")
        assert [(way.text, way.count) for way in found.dropping] == [("Hasta el 31 de diciembre de 1990", 1)]
        assert self.client.get(f"/buscar/?{found.dropping[0].query}").context["total"] == 1
        assert found.unfiltered.count == 1

    def test_a_filter_whose_removal_finds_nothing_is_not_suggested(self):
        assert self.help(q="xilófono", tipo="compromiso").dropping == ()

    def test_the_query_without_filters_shows_its_count(self):
        found = self.help(q="transporte", plan="pal-2022-2024", tipo="sesion")
        assert found.dropping == ()
        assert found.unfiltered.count == 1
        assert titles(self.client.get(f"/buscar/?{found.unfiltered.query}")) == ["Transporte sin humo"]
        assert self.help(q="xilófono", tipo="sesion").unfiltered is None

    def test_similar_words_are_suggested(self):
        near = self.help(q="ladriyeros").near
        assert "ladrilleras" in [way.text for way in near]
        assert titles(self.client.get(f"/buscar/?{near[0].query}"))

    def test_words_of_pages_no_longer_public_are_not_suggested(self):
        Page.objects.filter(pk=self.first.pk).update(live=False)
        assert self.help(q="ladriyeros").near == ()

    def test_the_date_range_of_the_content_is_shown(self):
        found = self.help(q="xilófono")
        assert found.oldest.day == datetime.date(2022, 8, 1)  # its plans: commitments have no date
        assert found.newest.day == timezone.localdate()
        html = self.ask(q="xilófono").content.decode()
        assert "Lo más reciente:" in html
        assert f'href="{found.newest.url}"' in html

    def test_pages_no_longer_public_are_not_in_the_date_range(self):
        Page.objects.all().exclude(depth__lte=2).update(live=False)
        found = self.help(q="xilófono")
        assert (found.oldest, found.newest) == (None, None)

    def test_a_query_with_results_has_no_help(self):
        assert self.help(q="humo") is None

    def test_the_help_stays_within_the_query_budget(self):
        self.ask(q="nada")
        with CaptureQueriesContext(connection) as queries:
            self.ask(q="ladriyeros", tipo="sesion", plan="pal-2022-2024", anio="1999")
        assert len(queries) <= MAX_QUERIES

    def test_the_query_text_is_escaped(self):
        html = self.ask(q="<img src=x onerror=alert(1)>xyz", institucion="<i>zzz").content.decode()
        assert "<img src=x" not in html
        assert "<i>zzz" not in html
        assert "&lt;i&gt;zzz" in html
