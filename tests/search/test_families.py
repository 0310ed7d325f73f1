"""Cards of one family: a commitment with its updates and its axis."""

from dataclasses import dataclass

from pages.core.search import SearchKind
from search.query.results import Hit
from search.web.cards import ResultCard, group_families


@dataclass
class Row:
    path: str
    numchild: int = 0


def make_card(kind, path, children=0):
    hit = Hit(group=1, kind=kind.value, title=path, title_html=path, snippet="", url="/")
    return ResultCard(hit, Row(path, children), "/", kind.value)


AXIS = make_card(SearchKind.AXIS, "00010001", children=1)
COMMITMENT = make_card(SearchKind.COMMITMENT, "000100010001", children=2)
UPDATES = [make_card(SearchKind.UPDATE, f"00010001000100{n:02}") for n in (1, 2)]
OTHER = make_card(SearchKind.STANDARD, "00010009")


def test_updates_join_their_commitment_where_the_first_of_them_stood():
    first, second = group_families([UPDATES[0], OTHER, COMMITMENT, UPDATES[1]])
    assert (first.record, first.reports) == (COMMITMENT.record, tuple(UPDATES))
    assert second is OTHER


def test_an_axis_joins_its_only_commitment():
    (family,) = group_families([AXIS, COMMITMENT])
    assert (family.record, family.axis) == (COMMITMENT.record, AXIS)


def test_an_axis_of_several_commitments_has_its_own_card():
    wide = make_card(SearchKind.AXIS, "00010001", children=2)
    assert [found.record for found in group_families([wide, COMMITMENT])] == [wide.record, COMMITMENT.record]


def test_without_their_commitment_updates_are_cards():
    assert group_families([*UPDATES, OTHER]) == [*UPDATES, OTHER]
