"""The checks of a municipal secretariat, and the order of steps: rules without a database."""

import datetime

import pytest

from pages.roadmaps.enums import CheckOutcome
from pages.roadmaps.rules import (
    SeatFact,
    SecretariatFacts,
    StepFact,
    check_chair,
    check_members,
    check_oath,
    check_sessions,
    check_term,
    find_out_of_order,
    find_reached,
    lacks_documents,
    run_checks,
)

DAY = datetime.date(2023, 6, 30)


def make_day(month: int, number: int = 1) -> datetime.date:
    return datetime.date(2023, month, number)


def make_seat(institution: int, kind: str, role: str = "holder", post: str = "") -> SeatFact:
    return SeatFact(institution, kind, role, post)


TOWN = [make_seat(1, "municipality"), make_seat(1, "municipality")]
GROUPS = [make_seat(2, "civil_society"), make_seat(3, "civil_society")]


@pytest.mark.parametrize(
    ("seats", "outcome"),
    [
        ([*TOWN, *GROUPS], CheckOutcome.MET),
        ([*TOWN, make_seat(2, "civil_society"), make_seat(2, "civil_society")], CheckOutcome.FAILED),
        (
            [*TOWN, make_seat(2, "civil_society"), make_seat(3, "civil_society", "deputy")],
            CheckOutcome.FAILED,
        ),
        ([*TOWN, make_seat(2, "university"), make_seat(3, "business")], CheckOutcome.FAILED),
        ([TOWN[0], *GROUPS], CheckOutcome.FAILED),
    ],
)
def test_two_authorities_and_two_different_organizations(seats, outcome):
    assert check_members(SecretariatFacts(seats=seats, is_complete=True)).outcome == outcome


def test_a_list_that_is_not_complete_proves_no_lack():
    check = check_members(SecretariatFacts(seats=TOWN))

    assert check.outcome == CheckOutcome.UNKNOWN
    assert check.finding == "Constan 2 autoridades y 0 organizaciones. No conocemos la lista completa."


@pytest.mark.parametrize(
    ("post", "outcome"),
    [
        ("Presidenta Municipal y Presidenta del Secretariado Técnico Municipal", CheckOutcome.MET),
        ("Síndico y Presidente del STM", CheckOutcome.FAILED),
        ("Presidenta Municipal", CheckOutcome.UNKNOWN),
        ("", CheckOutcome.UNKNOWN),
    ],
)
def test_the_mayor_chairs_according_to_the_post(post, outcome):
    facts = SecretariatFacts(seats=[make_seat(1, "municipality", post=post)])

    assert check_chair(facts).outcome == outcome


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"oath_on": DAY, "oath_before": "IACIP", "is_guarantor": True}, CheckOutcome.MET),
        ({"oath_on": DAY, "oath_before": "Cabildo"}, CheckOutcome.FAILED),
        ({"oath_on": DAY}, CheckOutcome.UNKNOWN),
        ({"oath_before": "IACIP", "is_guarantor": True}, CheckOutcome.UNKNOWN),
    ],
)
def test_the_oath_is_taken_before_the_guarantor(fields, outcome):
    assert check_oath(SecretariatFacts(**fields)).outcome == outcome


@pytest.mark.parametrize(
    ("sessions", "until", "outcome"),
    [
        ([make_day(3), make_day(5)], None, CheckOutcome.MET),
        ([make_day(3), make_day(4, 30)], None, CheckOutcome.MET),  # 30 June is two months after 30 April
        ([make_day(3), make_day(4, 29)], None, CheckOutcome.FAILED),
        ([make_day(3, 2), make_day(5)], None, CheckOutcome.FAILED),  # one day too late after the installation
        ([make_day(3)], make_day(4), CheckOutcome.MET),  # what comes after the term is not judged
        ([], None, CheckOutcome.UNKNOWN),
    ],
)
def test_no_two_months_without_an_ordinary_session(sessions, until, outcome):
    facts = SecretariatFacts(installed_on=make_day(1), valid_until=until, ordinary_sessions=sessions)

    assert check_sessions(facts, DAY).outcome == outcome


def test_a_session_to_come_was_not_held():
    facts = SecretariatFacts(installed_on=make_day(1), ordinary_sessions=[make_day(8)])

    assert check_sessions(facts, DAY).outcome == CheckOutcome.UNKNOWN


@pytest.mark.parametrize(
    ("until", "outcome"),
    [(DAY, CheckOutcome.MET), (make_day(6, 29), CheckOutcome.FAILED), (None, CheckOutcome.UNKNOWN)],
)
def test_the_last_day_of_a_term_counts(until, outcome):
    assert check_term(SecretariatFacts(valid_until=until), DAY).outcome == outcome


def test_without_a_secretariat_nothing_is_judged_and_every_rule_has_its_source():
    checks = run_checks(None, DAY)

    assert {check.outcome for check in checks} == {CheckOutcome.UNKNOWN}
    assert all(check.rule and check.source and check.finding for check in checks)


# --- Steps ---------------------------------------------------------------------------------------------


def test_a_step_is_out_of_order_while_an_earlier_one_is_not_done_or_was_done_later():
    steps = [
        StepFact(1, "done", make_day(5)),
        StepFact(2, "not_applicable"),
        StepFact(3, "done", make_day(4)),
        StepFact(4, "done"),
        StepFact(5, "pending"),
        StepFact(6, "done", make_day(6)),
    ]

    assert find_out_of_order(steps) == {3, 6}
    assert find_out_of_order(reversed(steps)) == {3, 6}
    assert find_reached(steps) == 6
    assert find_reached([StepFact(1, "underway")]) is None


@pytest.mark.parametrize(
    ("status", "delivered", "lacking"), [("done", 1, True), ("done", 2, False), ("pending", 0, False)]
)
def test_only_a_step_that_is_done_lacks_documents(status, delivered, lacking):
    assert lacks_documents(StepFact(1, status, wanted=2, delivered=delivered)) is lacking
