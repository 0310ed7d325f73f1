"""The closed list of goals and targets: complete, findable, and never guessed at."""

import pytest

from abierto.registry.models import SDGGoal, SDGTarget
from abierto.registry.sdg import codes, goals, load_sdg, normalise_code

# How many targets each goal has in the resolution of the United Nations: numbered, then lettered.
NUMBERED = [5, 5, 9, 7, 6, 6, 3, 10, 5, 7, 7, 8, 3, 7, 9, 10, 19]
LETTERED = [2, 3, 4, 3, 3, 2, 2, 2, 3, 3, 3, 3, 2, 3, 3, 2, 0]


def expected_codes() -> list[str]:
    return [
        f"{goal}.{part}"
        for goal, (numbers, letters) in enumerate(zip(NUMBERED, LETTERED, strict=True), start=1)
        for part in [*map(str, range(1, numbers + 1)), *"abcd"[:letters]]
    ]


def test_the_list_has_17_goals_and_169_targets_in_their_order():
    assert [goal.number for goal in goals()] == list(range(1, 18))
    assert [code for goal in goals() for code in goal.targets] == expected_codes()
    assert len(codes()) == 169


def test_every_target_has_a_short_title_of_its_own():
    titles = [title for goal in goals() for title in goal.targets.values()]

    assert len(set(titles)) == 169
    assert max(map(len, titles)) <= 90


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("16.6", "16.6"),
        ("16,6", "16.6"),
        ("16,.b", "16.b"),
        ("5b", "5.b"),
        ("5.B", "5.b"),
        (" 16.10. ", "16.10"),
        ("16. 7,", "16.7"),
        ("17;19", "17.19"),
    ],
)
def test_a_separator_is_mended(printed, code):
    assert normalise_code(printed) == code


@pytest.mark.parametrize(
    "printed",
    [
        "216.6",
        "16.16",
        "16.06",
        "0.1",
        "18.1",
        "166",
        "5",
        "5.d",
        "b",
        "",
        "16.6.1",
        "meta 16.6",
        "16.6 y 16.7",
        "१६.६",
    ],
)
def test_what_the_list_does_not_have_is_not_guessed(printed):
    assert normalise_code(printed) is None


@pytest.mark.django_db
@pytest.mark.both_databases
def test_loading_twice_writes_each_target_once_and_brings_titles_up_to_date():
    assert load_sdg() == 169
    SDGTarget.objects.filter(code="16.6").update(title="Otro título")

    assert load_sdg() == 169

    assert (SDGGoal.objects.count(), SDGTarget.objects.count()) == (17, 169)
    assert SDGTarget.objects.get(code="16.6").title == goals()[15].targets["16.6"]
    assert list(SDGTarget.objects.values_list("code", flat=True)) == expected_codes()
