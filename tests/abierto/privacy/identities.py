"""Made-up identities with check digits, computed here on purpose without the code under test."""

import random
from collections.abc import Callable
from functools import partial

ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
RFC_ALPHABET = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
CONSONANTS, VOWELS, LETTERS = "BCDFGHJKLMNPQRSTVWXYZ", "AEIOU", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STATES = ["GT", "DF", "JC", "MN", "QT", "SL", "NL", "MC", "VZ", "NE"]
BANKS = ["002", "012", "014", "021", "030", "044", "058", "072", "127", "137"]
CYRILLIC = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def luhn_digit(digits: str) -> str:
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def clabe_digit(digits: str) -> str:
    return str(-sum(int(digit) * (3, 7, 1)[i % 3] % 10 for i, digit in enumerate(digits)) % 10)


def curp_digit(body: str) -> str:
    return str(-sum(ALPHABET.index(letter) * (18 - i) for i, letter in enumerate(body)) % 10)


def rfc_digit(body: str) -> str:
    total = sum(RFC_ALPHABET.index(letter) * (13 - i) for i, letter in enumerate(body.rjust(12)))
    rest = total % 11
    return "0" if rest == 0 else "A" if rest == 1 else str(11 - rest)


def digits(rng: random.Random, size: int) -> str:
    return "".join(rng.choices("0123456789", k=size))


def birth_date(rng: random.Random) -> str:
    return f"{rng.randint(45, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"


def initials(rng: random.Random) -> str:
    return rng.choice(CONSONANTS) + rng.choice(VOWELS) + rng.choice(CONSONANTS) + rng.choice(CONSONANTS)


def curp(rng: random.Random) -> str:
    body = initials(rng) + birth_date(rng) + rng.choice("HM") + rng.choice(STATES)
    body += "".join(rng.choices(CONSONANTS, k=3)) + "0"
    return body + curp_digit(body)


def rfc(rng: random.Random) -> str:
    body = initials(rng) + birth_date(rng) + "".join(rng.choices("123456789ABCDEFGHIJKLMNPQRSTUVWXYZ", k=2))
    return body + rfc_digit(body)


def rfc_company(rng: random.Random) -> str:
    body = "".join(rng.choices(CONSONANTS, k=3)) + birth_date(rng) + "A" + rng.choice("123456789")
    return body + rfc_digit(body)


def nss(rng: random.Random) -> str:
    body = f"{rng.choice(['11', '12', '43', '54', '65'])}{rng.randint(90, 99)}{rng.randint(60, 89)}" + digits(
        rng, 4
    )
    return body + luhn_digit(body)


def clabe(rng: random.Random) -> str:
    body = rng.choice(BANKS) + "225" + digits(rng, 11)
    return body + clabe_digit(body)


def card(rng: random.Random, prefix: str = "5256", size: int = 16) -> str:
    body = prefix + digits(rng, size - 1 - len(prefix))
    return body + luhn_digit(body)


def ine(rng: random.Random) -> str:
    return "".join(rng.choices(CONSONANTS, k=6)) + birth_date(rng) + "11" + rng.choice("HM") + digits(rng, 3)


def luhn(rng: random.Random, size: int) -> str:
    """Return a number that passes the check digits of cards and, with 18 digits, of CLABE."""
    body = "44" + digits(rng, size - 3)
    return body + (clabe_digit(body) if size == 18 else luhn_digit(body))


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "curp": curp,
    "rfc": rfc,
    "rfc_company": rfc_company,
    "nss": nss,
    "clabe": clabe,
    "card": card,
    "visa": partial(card, prefix="4152"),
    "amex": partial(card, prefix="3717", size=15),
    "ine": ine,
    **{f"luhn{size}": partial(luhn, size=size) for size in (10, 11, 12, 13, 15, 16, 18, 20)},
}


def grouped(value: str, separator: str) -> str:
    """Write a number in the groups people use: 4-4-… for numbers, 4-6-… for keys with letters."""
    sizes = [4, 6, 4, 4] if value[0].isalpha() else [4] * 5
    parts = []
    for size in sizes:
        parts.append(value[:size])
        value = value[size:]
    return separator.join(part for part in parts if part)


def in_sizes(*sizes: int, separator: str) -> Callable[[str], str]:
    """Return a function that writes a number in groups of these sizes."""

    def write(value: str) -> str:
        starts = [sum(sizes[:index]) for index in range(len(sizes))]
        return separator.join(value[start : start + size] for start, size in zip(starts, sizes, strict=True))

    return write


def with_wrong_digit(value: str) -> str:
    return value[:-1] + ("1" if value[-1] in "0A" else str((int(value[-1]) + 1) % 10))


STYLES: dict[str, Callable[[str], str]] = {
    "": str,
    "bad": with_wrong_digit,
    "lower": str.lower,
    "spaces": lambda value: grouped(value, " "),
    "groups": lambda value: grouped(value, " "),
    "hyphens": lambda value: grouped(value, "-"),
    "cells": lambda value: value[:10] + "\t" + value[10:],
    "spread": " ".join,
    "tail": lambda value: value[:-2] + " " + value[-2:],
    "dots": lambda value: grouped(value, "."),
    "slashes": lambda value: grouped(value, "/"),
    "mixed": str.capitalize,
    "hyphenated": lambda value: value[:10] + "-\n" + value[10:],
    "bank": in_sizes(3, 3, 11, 1, separator=" "),
    "bank_hyphens": in_sizes(3, 3, 11, 1, separator="-"),
    "imss": in_sizes(2, 2, 2, 4, 1, separator="-"),
    "imss_spaces": in_sizes(2, 2, 2, 4, 1, separator=" "),
    "ine_groups": in_sizes(6, 8, 4, separator=" "),
    "amex_groups": in_sizes(4, 6, 5, separator=" "),
    "lines": lambda value: value[:8] + "\n" + value[8:],
    "boxes": " | ".join,
    "tab_boxes": "\t".join,
    "no_break": lambda value: grouped(value, "\u00a0"),
    "en_dashes": lambda value: grouped(value, "\u2013"),
    "half_line": lambda value: grouped(value[:8], " ") + "\n" + grouped(value[8:], " "),
    "shy": lambda value: value[:6] + "\u00ad" + value[6:],
    "zero_width": lambda value: "\u200b".join(value),
    "cyrillic": lambda value: value.translate(CYRILLIC),
    "full_width": lambda value: value.translate(FULL_WIDTH),
    "arabic": lambda value: value.translate(ARABIC),
}


def make_identity(name: str, rng: random.Random) -> str:
    """Return a value for a placeholder such as ``curp:lower``."""
    kind, _, style = name.partition(":")
    return STYLES[style](MAKERS[kind](rng))
