"""The SDG list: complete, and codes are normalised but never guessed."""

import pytest

from abierto.registry.models import SDGGoal, SDGTarget
from abierto.registry.sdg import codes, goals, load_sdg, normalise_code

# Number of targets by goal in the UN resolution: numbered, then lettered.
NUMBERED = [5, 5, 9, 7, 6, 6, 3, 10, 5, 7, 7, 8, 3, 7, 9, 10, 19]
LETTERED = [2, 3, 4, 3, 3, 2, 2, 2, 3, 3, 3, 3, 2, 3, 3, 2, 0]


def expected_codes() -> list[str]:
    return [
        f"{goal}.{part}"
        for goal, (numbers, letters) in enumerate(zip(NUMBERED, LETTERED, strict=True), start=1)
        for part in [*map(str, range(1, numbers + 1)), *"abcd"[:letters]]
    ]


def test_list_has_17_goals_and_169_targets_in_order():
    assert [goal.number for goal in goals()] == list(range(1, 18))
    assert [code for goal in goals() for code in goal.targets] == expected_codes()
    assert len(codes()) == 169


def test_target_titles_are_unique_and_short():
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
def test_separator_is_normalised(printed, code):
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
def test_unknown_code_is_not_guessed(printed):
    assert normalise_code(printed) is None


@pytest.mark.django_db
@pytest.mark.both_databases
def test_load_sdg_is_idempotent_and_updates_titles():
    assert load_sdg() == 169
    SDGTarget.objects.filter(code="16.6").update(title="Otro título")

    assert load_sdg() == 169

    assert (SDGGoal.objects.count(), SDGTarget.objects.count()) == (17, 169)
    assert SDGTarget.objects.get(code="16.6").title == goals()[15].targets["16.6"]
    assert list(SDGTarget.objects.values_list("code", flat=True)) == expected_codes()
