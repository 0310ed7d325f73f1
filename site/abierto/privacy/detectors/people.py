"""Detectors of names of persons after a role, such as «quejoso» or «menor»."""

import re
from collections.abc import Iterator
from pathlib import Path

from ..context_words import WordIndex, index_words
from ..findings import Finding, PersonalDataKind
from ..prepared_text import PreparedText
from ..registry import Detector, register

WORD = r"[A-ZÁÉÍÓÚÜÑ](?:[a-záéíóúüñ'’]+|[A-ZÁÉÍÓÚÜÑ'’]+)(?:-[A-ZÁÉÍÓÚÜÑ]\w+)?"
INITIAL = r"(?:Ma|Mª|Fco|Gpe|Ma\.?|[A-ZÁÉÍÓÚÑ])\."
PARTICLE = r"(?:(?:de|del|DE|DEL|y|Y|e|van|von|da)\s(?:(?:la|las|los|LA|LAS|LOS)\s)?|(?:la|las|los)\s)?"
NAME = re.compile(rf"(?:{INITIAL}\s?(?:{PARTICLE}))*{WORD}(?:\s{PARTICLE}(?:{WORD}|{INITIAL}))*")
"""A name: capitalized words, particles and initials. Matched at one offset, never searched in a text."""

COMPANY = re.compile(
    r"[\s,]*(?:s\.?\s?a\.?\b|s\.?\s?c\.?\b|a\.?\s?c\.?\b|s\.?\s?de\s?r|i\.?\s?a\.?\s?p|sofom|sapi|spr\b)"
)

OFFICIAL = re.compile(
    r"\W{0,3}(?:titular|president[ea]|sindic[oa]|regidora?|secretari[oa]|directora?|magistrad[oa]|juez|jueza|diputad[oa]"
    r"|senadora?|gobernadora?|encargad[oa]|coordinadora?|comisionad[oa]|consejer[oa]|tesorer[oa]|contralora?)\b"
)

NOT_A_NAME = frozenset((Path(__file__).parent / "not_names.txt").read_text(encoding="utf-8").split())

GIVEN_NAMES = frozenset((Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").split())


class NameDetector(Detector):
    """Finds names directly after a role, or after «de nombre», «C.» or «señora» behind the role."""

    role: WordIndex
    smallest: int
    """The minimum number of words of a name."""

    saint = re.compile(r"(?:senora?|nin[oa])\s+(?:jesus|de\s+l[oa]s?\b)")
    capitalized = re.compile(r"\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}\s(?:del?\s)?$")
    bridge = re.compile(
        r"(?:[\s,:(]*\b(?:de\s+nombres?|llamad[oa]s?|de\s+apellidos?|identificad[oa]\s+como|el\s+c\.|la\s+c\.|c\.|cc\.|"
        r"ciudadan[oa]|senora?|sr\.|sra\.|don|dona|victima|ofendid[oa]|de\s+edad|de\s+iniciales|y\s+nombre|hij[oa]s?|"
        r"de\s+identidad\s+\w+|que\s+responde\s+al?|quien\s+(?:dijo|dice|manifesto|manifiesta)\s+(?:llamarse|ser)|responde\s+al\s+nombre\s+de"
        r"|directa|indirecta)(?!\w)){0,4}(?:\s+del?\s+(?:l[ao]s?\s+)?(?:menor(?:es)?|nin[oa]s?|adolescentes?|victima)(?!\w))?[\s,:]*(?:y\s+)?"
    )

    far_bridge = re.compile(
        r"[^.;\n]{0,60}?,\s+(?:de\s+nombres?|llamad[oa]|(?:quien|que)\s+se\s+llama(?:ba)?|quien\s+responde\s+al\s+nombre\s+de)\s+"
    )
    """The text between a role and the name if other words about the person come first."""

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        for role in prepared.find_words(self.role):
            if self._is_part_of_name(prepared, role):
                continue
            bridge = self.bridge.match(prepared.folded, role.end())
            start = bridge.end() if bridge else role.end()
            name = NAME.match(prepared.text, start, start + 90)
            if name is None and (bridge := self.far_bridge.match(prepared.folded, role.end())):
                name = NAME.match(prepared.text, bridge.end(), bridge.end() + 90)
            while name is not None and self._is_name(prepared, name, role):
                yield self.warn(*name.span())
                further = re.compile(r"\s?(?:,|y|e)\s").match(prepared.text, name.end())
                name = NAME.match(prepared.text, further.end(), further.end() + 90) if further else None

    def _is_part_of_name(self, prepared: PreparedText, role: re.Match[str]) -> bool:
        """Check whether the role is part of a name, as in «Niño Jesús» or «Pedro Infante»."""
        start = role.start()
        if self.saint.match(prepared.folded, start):
            return True
        follows_name = self.capitalized.search(prepared.text, max(0, start - 30), start)
        return bool(follows_name) and prepared.text[start : start + 2].istitle()

    def _is_name(self, prepared: PreparedText, name: re.Match[str], role: re.Match[str]) -> bool:
        words = prepared.folded[name.start() : name.end()].split()
        long_words = [
            word for word in words if len(word.strip(".")) > 2 and word not in {"del", "los", "las"}
        ]
        if len(long_words) < self.smallest or words[0].strip(".,") in NOT_A_NAME or words[0][0] == "*":
            return False
        if any(word in NOT_A_NAME for word in long_words[:2] if word not in GIVEN_NAMES):
            return False
        if COMPANY.match(prepared.folded, name.end()) or OFFICIAL.match(prepared.folded, name.end()):
            return False
        if name[0].isupper():
            between = prepared.text[role.end() : name.start()]
            return ":" in between or "," in between or words[0] in GIVEN_NAMES
        return True


@register
class MinorDetector(NameDetector):
    kind = PersonalDataKind.MINOR
    smallest = 1
    relative = re.compile(
        r"\b(?:padres?|madre|tutora?|abuel[oa]|ti[oa]|representante(?:\s+legal)?|custodio)\s+del?\s+(?:l[ao]s?\s+)?$"
    )
    role = index_words(
        r"""
        menor menores menor_de_edad menores_de_edad nin[oa]s? adolescentes? infantes? hij[oa]_menor
        hij[oa]s?_menor(?:es)? hij[oa]_menor_de_edad bebe lactante pupil[oa] alumn[oa]s? adolescente_victima
        recien_nacid[oa] su_hij[oa]
        """
    )

    def _is_part_of_name(self, prepared: PreparedText, role: re.Match[str]) -> bool:
        """Also skip «la madre del menor, NOMBRE», where the name is that of the mother."""
        is_relative = self.relative.search(prepared.folded, max(0, role.start() - 40), role.start())
        return (
            bool(is_relative) and prepared.text[role.end() : role.end() + 1] == ","
        ) or super()._is_part_of_name(prepared, role)


@register
class PersonDetector(NameDetector):
    kind = PersonalDataKind.PERSON
    smallest = 2
    role = index_words(
        r"""
        quejos[oa]s? actora? actores demandad[oa]s? victimas? ofendid[oa]s? imputad[oa]s? acusad[oa]s?
        inculpad[oa]s? sentenciad[oa]s? procesad[oa]s? indiciad[oa]s? detenid[oa]s? testigos? denunciantes?
        querellante promoventes? recurrentes? solicitantes? peticionari[oa]s? agraviad[oa]s?
        tercer[oa]s?_interesad[oa]s? senora? sr\. sra\. srita\. senorita don dona c\. cc\. ciudadan[oa]s?
        trabajadora? finad[oa] albacea beneficiari[oa] apelante incidentista conyuge paciente vecin[oa]
        hij[oa]
        madre padre espos[oa] concubin[oa] acreedora? deudora? acreditad[oa] occis[oa] de_cujus extint[oa]
        contribuyente interesad[oa] tutora? heder[oa] herederos? heredera conductora? propietari[oa]
        arrendatari[oa] arrendadora? inculpados codemandad[oa] adolescente_imputado parte_actora
        parte_demandada
        absolvente oferente ejecutad[oa] ejecutante promovid[oa]_por en_contra_de interpuest[oa]_por
        seguid[oa]_contra
        abuel[oa] niet[oa] suegr[oa] cunad[oa] ex_?espos[oa] viud[oa] (?:dijo|dice|manifesto)_llamarse
        responde_al_nombre_de fallecid[oa] difunt[oa] lesionad[oa] usuari[oa] denunciad[oa] afectad[oa]
        inquilin[oa] abogado_defensor adolescente_infractor
        """
    )
