"""Case numbers: every usual spelling has the same key."""

import pytest

from pages.rulings.case_numbers import list_spellings, make_case_key


@pytest.mark.parametrize(
    "spelling",
    [
        "12/2023",
        "012/2023",
        "Exp. TJA-12/2023",
        "expediente T.J.A. 0012/23",
        "tja 12-2023",
        "12-2023",
        "Núm. 12/2023",
    ],
)
def test_spellings_of_a_case_have_one_key(spelling):
    assert make_case_key(spelling, "TJA") == "12.2023"


@pytest.mark.parametrize("other", ["12/2022", "120/2023", "RR-12/2023", "12-A/2023"])
def test_other_cases_have_other_keys(other):
    assert make_case_key(other, "TJA") != "12.2023"


def test_last_century_is_told_by_its_two_digits():
    assert make_case_key("7/98") == "7.1998"


def test_text_without_number_has_no_digits_in_its_key():
    assert make_case_key("sin número") == "sin"


def test_search_receives_each_way_to_write_a_case():
    assert list_spellings("TJA-12/2023", "12.2023") == ("TJA-12/2023", "12/2023", "12/23")
