"""The forms of a verb that a phrase may have, for finding it; not a conjugation table for writing."""

import re

ENDINGS = {
    "ar": (
        "ar o as a amos an é aste ó aron aba abas aban ábamos aré arás ará aremos arán aría arían e "
        "es emos en ara aran are aren ase asen ando ado ada ados adas arse ándose arlo arla arlos "
        "arlas"
    ),
    "er": (
        "er o es e emos en í iste ió imos ieron ía ían eré erá eremos erán ería erían a as amos an "
        "iera ieran iere ieren iendo ido ida idos idas erse iéndose erlo erla erlos erlas"
    ),
    "ir": (
        "ir o es e imos en í iste ió ieron ía ían iré irá iremos irán iría irían a as amos an iera "
        "ieran iere ieren iendo ido ida idos idas irse iéndose irlo irla irlos irlas"
    ),
}
#: Spelling before an ``e``: conculcar, conculque; irrogar, irrogue; realizar, realice.
SPELLING = (("gu", "gü"), ("c", "qu"), ("g", "gu"), ("z", "c"))
FRONT = re.compile(r"[eéií]")


def conjugate(infinitive: str, irregular: str = "") -> frozenset[str]:
    """Return the forms of a verb; ``irregular`` lists them, with spaces, where they are not regular."""
    stem, ending = infinitive[:-2], infinitive[-2:]
    if irregular:
        forms = irregular.split()
        gerund = next((form for form in forms if form.endswith("ndo")), "")
        return frozenset([*forms, f"{infinitive}se", *_with_se(gerund)])
    return frozenset(_join(stem, part) if ending == "ar" else stem + part for part in _endings(ending))


def _endings(ending: str) -> list[str]:
    return ENDINGS[ending].split()


def _join(stem: str, ending: str) -> str:
    if FRONT.match(ending):
        for final, spelled in SPELLING:
            if stem.endswith(final):
                return stem[: -len(final)] + spelled + ending
    return stem + ending


def _with_se(gerund: str) -> list[str]:
    """Return a gerund with its pronoun: dando, dándose."""
    accented = re.sub(r"([ae])(ndo)$", lambda found: {"a": "á", "e": "é"}[found[1]] + found[2], gerund)
    return [f"{accented}se"] if gerund else []
