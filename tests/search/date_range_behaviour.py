"""The tests of a range of dates, which every engine must pass (``EngineBehaviour`` has the engine)."""

from datetime import date

import pytest

from search.query.date_range import DateRange
from tests.search.corpus import ask, found


class DateRangeBehaviour:
    @pytest.mark.parametrize(
        ("since", "until", "pages"),
        [
            (date(2022, 8, 1), None, {1, 2, 4}),
            (date(2022, 8, 2), None, {4}),
            (None, date(2019, 7, 1), {3}),
            (None, date(2019, 6, 30), set()),
            (date(2022, 8, 1), date(2022, 8, 1), {1, 2}),
        ],
    )
    def test_a_date_range_includes_both_days_and_no_page_without_a_date(self, engine, since, until, pages):
        assert set(found(engine, days=DateRange(since, until))) == pages

    def test_total_facets_and_passages_respect_a_date_range(self, engine):
        results = ask(engine, "sentencias", days=DateRange(since=date(2022, 8, 1)))
        assert {hit.group for hit in results.hits} == {2, 4}
        assert results.total == 2
        assert dict(results.facets["year"]) == {"2022": 1, "2023": 1}
        assert ask(engine, '"lenguaje ciudadano"', days=DateRange(until=date(2020, 1, 1))).total == 0
