"""Whole numbers written in words, from zero to the millions."""

UNITS = {
    "cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14,
    "quince": 15, "dieciséis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20,
    "veintiún": 21, "veintiuno": 21, "veintiuna": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24,
    "veinticinco": 25, "veintiséis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90, "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300,
    "trescientas": 300, "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500,
    "seiscientos": 600, "seiscientas": 600, "setecientos": 700, "setecientas": 700, "ochocientos": 800,
    "ochocientas": 800, "novecientos": 900, "novecientas": 900,
}  # fmt: skip
MILLIONS = ("millón", "millones")
WORDS = frozenset((*UNITS, "mil", *MILLIONS))
#: The words as a pattern, the longest first.
NUMBER_WORDS = "|".join(sorted(WORDS, key=len, reverse=True))


def value_of(words: str) -> int:
    """Return the number that ``words`` say."""
    total = thousands = group = 0
    for word in words.lower().split():
        if word in UNITS:
            group += UNITS[word]
        elif word == "mil":
            thousands, group = (group or 1) * 1000, 0
        elif word in MILLIONS:
            total, thousands, group = (thousands + group or 1) * 1_000_000, 0, 0
    return total + thousands + group
