"""Spanish singulars of folded words, by rules and exceptions, and the words that are never stemmed.

Snowball's endings separate «acta» from «actas», «voz» from «voces» and «joven» from «jóvenes», so words are
made singular before they are stemmed.
"""

from __future__ import annotations

import re

SHORTEST_PLURAL = 4  # letters; «mes», «gas» and «país» are not plurals

_NOT_PLURAL = """
adios aragones arnes biceps burgues ciempies compas cordobes danes despues dios dublines escoces estres
finlandes forceps frances genoves guardabosques holandes ingles interes irlandes japones jueves lunes
marques martes miercoles milanes neozelandes portugues reves siames tailandes traves triceps viernes
"""
_UNSTEMMED = """
aleman capitan catalan musulman
banca banco banda bando boleta boleto bolsa bolso cara carga cargo caro carta casa caso cera cero copa copo
corte corto cuadra cuadro cuenta cuento derecha derecho foca foco fonda fondo grada grado libra libro manga
mango marca marco media medio mesa minuta minuto moda modo naranja naranjo pala palo parte partida partido
parto pata pato pena pene pimienta pimiento plana plano plaza plazo presa preso puerta puerto punta punto
rama ramo rata rato rueda ruedo sal sala suela suelo tala tormenta tormento trama tramo
"""

# Singular words with the ending of a plural.
NOT_PLURAL = frozenset(_NOT_PLURAL.split())

# Nouns with one stem and different meanings («plaza» and «plazo»), and nouns whose feminine has another stem
# («alemana»): they are not stemmed.
UNSTEMMED = frozenset(_UNSTEMMED.split())

# Plurals that the rules below would cut in the wrong place.
SINGULARS = {
    "aires": "aire", "bases": "base", "chiles": "chile", "cines": "cine", "clases": "clase",
    "clubes": "club", "desgloses": "desglose", "envases": "envase", "fases": "fase", "frases": "frase",
    "fraudes": "fraude", "higienes": "higiene", "indoles": "indole", "menus": "menu",
    "moles": "mole", "pases": "pase", "relojes": "reloj", "sedes": "sede", "subclases": "subclase",
    "taxis": "taxi", "tribus": "tribu", "espiritus": "espiritu", "albumes": "album",
}  # fmt: skip

_CONSONANT_AND_S = re.compile(r"(?:[^aeiou][bcdfghklmnpqrstvx]|[bfghjkmpqtvwx]|i|u|[iu]er|[^dt]ad|id)es$")
_VOWEL_AND_S = re.compile(r"[ao]s$")
_LOAN = re.compile(r"[bcdfgkmptw]s$")  # «webs», «ítems»: no Spanish word ends so


def singular(word: str) -> str:
    """Return the singular of a folded word; a word that is not a plural is returned as it is.

    Words in -z, -ce and -ces end in -c: «voz» and «voces», «avance» and «avances».
    """
    if word in NOT_PLURAL:
        return word
    if word in SINGULARS:
        return SINGULARS[word]
    if len(word) >= SHORTEST_PLURAL and word.endswith("eses"):
        word = word.removesuffix("es")  # «meses», «intereses», «franceses»
    elif len(word) >= SHORTEST_PLURAL:
        word = _cut_plural(word)
    if word.endswith("z"):
        return f"{word[:-1]}c"
    return word.removesuffix("e") if word.endswith("ce") else word


def _cut_plural(word: str) -> str:
    if word.endswith("ces"):
        return word.removesuffix("es")
    if _VOWEL_AND_S.search(word) or _LOAN.search(word) or _CONSONANT_AND_S.search(word):
        return word.removesuffix("s")
    return word.removesuffix("es")
