"""The timeline of a page built from its decisions."""

from abierto.approval.models import ApprovalKind
from pages.history.timeline import LedgerDecision, build_timeline


def build_moments(*decisions):
    """Return the timeline of these (kind, version) pairs, numbered from 1."""
    return build_timeline(
        LedgerDecision(number, kind, version) for number, (kind, version) in enumerate(decisions, start=1)
    )


def test_the_first_version_is_compared_with_nothing():
    moments = build_moments((ApprovalKind.REVIEW, 10))
    assert moments[1].is_first
    assert moments[1].compared_with is None


def test_each_version_is_compared_with_the_previous():
    moments = build_moments(
        (ApprovalKind.IMPORT, 10), (ApprovalKind.REVIEW, 12), (ApprovalKind.EMERGENCY, 15)
    )
    assert [moments[number].compared_with for number in (1, 2, 3)] == [None, 1, 2]
    assert [moments[number].is_update for number in (1, 2, 3)] == [False, True, True]


def test_versions_before_a_withdrawal_are_hidden_and_not_compared():
    moments = build_moments(
        (ApprovalKind.REVIEW, 10),
        (ApprovalKind.REVIEW, 12),
        (ApprovalKind.WITHDRAWN, 12),
        (ApprovalKind.REVIEW, 15),
        (ApprovalKind.REVIEW, 16),
    )
    assert [moments[number].is_silent for number in (1, 2, 3, 4, 5)] == [True, True, False, False, False]
    assert [moments[number].compared_with for number in (1, 2, 3, 4, 5)] == [None, None, None, None, 4]
    assert moments[4].is_return
    assert not moments[5].is_return


def test_everything_before_the_last_withdrawal_is_hidden():
    moments = build_moments(
        (ApprovalKind.REVIEW, 1),
        (ApprovalKind.WITHDRAWN, 1),
        (ApprovalKind.REVIEW, 2),
        (ApprovalKind.REVIEW, 3),
        (ApprovalKind.WITHDRAWN, 3),
    )
    assert [moments[number].compared_with for number in (1, 3, 4)] == [None, None, None]
    assert moments[4].is_silent


def test_the_same_version_approved_again_changes_nothing():
    moments = build_moments((ApprovalKind.REVIEW, 10), (ApprovalKind.REVIEW, 10), (ApprovalKind.REVIEW, 11))
    assert moments[2].compared_with is None
    assert moments[3].compared_with == 2


def test_an_inherited_decision_has_no_version():
    moments = build_moments((ApprovalKind.INHERITED, 7), (ApprovalKind.REVIEW, 9), (ApprovalKind.REVIEW, 11))
    assert [moments[number].compared_with for number in (1, 2, 3)] == [None, None, 2]


def test_content_without_versions_is_compared_with_nothing():
    moments = build_moments((ApprovalKind.IMPORT, None), (ApprovalKind.REVIEW, 9))
    assert moments[2].compared_with is None
    assert moments[2].is_update


def test_a_page_without_decisions_has_an_empty_timeline():
    assert build_moments() == {}
