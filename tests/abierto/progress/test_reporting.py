"""Due dates of reports, and the notice of each day."""

from datetime import date

import pytest

from abierto.progress.reporting import Notice, due_days, notice_on

DUE = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("today", "notice"),
    [
        (date(2024, 3, 23), None),
        (date(2024, 3, 24), Notice.SOON),
        (date(2024, 3, 31), Notice.SOON),
        (date(2024, 4, 1), Notice.PAST),
        (date(2024, 4, 15), Notice.PAST),
        (date(2024, 4, 16), Notice.LATE),
        (date(2030, 1, 1), Notice.LATE),
    ],
)
def test_before_on_and_after_the_day(today, notice):
    assert notice_on(today, DUE, remind_days=7, grace_days=15) == notice


def test_without_a_due_date_there_is_no_notice():
    assert notice_on(date(2024, 4, 1), None, 7, 15) is None


def test_without_grace_the_day_after_is_late():
    assert notice_on(date(2024, 4, 1), DUE, 0, 0) is Notice.LATE


def test_a_calendar_goes_on_to_the_end_by_the_last_day_of_short_months():
    days = due_days(date(2023, 8, 31), date(2024, 8, 31), 3)

    assert days == [date(2023, 11, 30), date(2024, 2, 29), date(2024, 5, 31), date(2024, 8, 31)]


def test_the_last_report_comes_on_or_after_the_end():
    assert due_days(date(2024, 1, 1), date(2024, 6, 15), 4)[-1] == date(2024, 9, 1)


@pytest.mark.parametrize(
    ("start", "end", "cadence"),
    [
        (None, DUE, 3),
        (DUE, None, 3),
        (DUE, date(2020, 1, 1), 3),
        (date(2020, 1, 1), DUE, 0),
        (date(2020, 1, 1), DUE, None),
        (date(2020, 1, 1), DUE, -2),
    ],
)
def test_without_cadence_or_dates_there_is_no_calendar(start, end, cadence):
    assert due_days(start, end, cadence) == []
