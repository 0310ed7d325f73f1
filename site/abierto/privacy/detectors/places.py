"""Detector of street addresses."""

import re
from collections.abc import Iterator

from ..contacts import normalize_address_at
from ..context_words import OFFICE, any_of, compile_words, index_words, last_match
from ..findings import Finding, PersonalDataKind
from ..prepared_text import PreparedText
from ..registry import Detector, register

STREET = r"""
    calles? avenida av\. ave\. blvd boulevard bulevar calzada calz\. callejon privada priv\. pvda\. cerrada
    cda\. andador and\. circuito prolongacion prol\. retorno paseo carretera camino rinconada c\.
"""
NUMBER = (
    r"(?:(?:,?\s*(?:marcad[oa]s?\s+con\s+el\s+)?(?:numero|num\.?|no\.|nro\.|n°|nº|#)\s*|(?<!kilometro)(?<!\bkm),?\s+|\s*#\s*)"
    r"\d{1,5}(?![\d.,]*\s?(?:km|kilometros|metros|m2|m²|%|etapa|de\s+(?:enero|febrero|marzo|abril|mayo|junio|julio|"
    r"agosto|septiembre|octubre|noviembre|diciembre)))(?:-?[a-z]\b|-\d{1,3})?|,?\s*s/n\b|,?\s*sin\s+numero\b"
    r"|,?\s*(?:mz|mza|manzana)\.?\s*\w{1,3},?\s*(?:lt|lote)\.?\s*\w{1,3})"
)
SHORT = r"\b(?:pte|ote|nte|gral|lic|ing|dra?|profa?|mtr[oa]|st[ao]|ma|fco|pdte|cap|cnel)\."
"""Abbreviations in the name of a street."""
SETTLEMENT = (
    r"colonia|col\.|fraccionamiento|fracc\.|barrio|zona\s+centro|infonavit|unidad\s+habitacional|u\.\s?h\.|comunidad|"
    r"c\.\s?p\.|codigo\s+postal|int(?:erior|\.)|depto\.?|departamento|ampliacion|residencial|ejido"
)


@register
class AddressDetector(Detector):
    """Finds streets with a number; addresses of offices and official contacts of the space are allowed."""

    kind = PersonalDataKind.ADDRESS
    pattern = index_words(
        STREET,
        rf"{{}}\.?\s+[^.;\n\d]{{0,8}}?(?:\d{{1,2}}\s+de\s+\w+)?(?:[^.;:\n\d#]|{SHORT}){{0,50}}?{NUMBER}"
        rf"(?:[\s,]+[^.;\n]{{0,12}}?(?:{SETTLEMENT})[^.;\n]{{0,45}}?(?=[,.;\n]|$)){{0,4}}",
    )
    inverted = index_words(
        r"numero num\. no\.",
        rf"{{}}\s*(\d{{1,5}}(?:-?[a-z]\b)?,?\s+de\s+la\s+(?:{any_of(STREET)})\s+[^.;,\n]{{3,40}})",
    )
    works = compile_words(
        r"""
        pavimentacion rehabilitacion construccion reencarpetado bacheo obra obras alumbrado tramo drenaje
        ubicacion_de_la_obra remodelacion biblioteca museo sesion foro cita visita visitanos acude acudir
        talleres oficialia
        """
    )
    road = re.compile(
        r"(?:carretera|camino)\s+(?:federal|estatal|panamericana|libre|a\b)|[^.;\n]{3,50}\bkm\b"
    )
    home = compile_words(
        r"""
        domicilio_particular visitas?_domiciliarias? vive habita habitacion domicilio casa vecin[oa] inmueble
        finca notific\w+
        """
    )

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        for match in prepared.find_words(self.pattern):
            if not self._is_allowed(prepared, match) and not self._is_public_place(prepared, match.start()):
                yield self.warn(match.start(), match.end())
        for match in prepared.find_words(self.inverted):
            if not self._is_public_place(prepared, match.start()):
                yield self.warn(*match.span(1))

    def _is_allowed(self, prepared: PreparedText, match: re.Match[str]) -> bool:
        if not prepared.allowed:
            return False
        address = normalize_address_at(prepared.folded, *match.span())
        return bool(address) and address in prepared.allowed

    def _is_public_place(self, prepared: PreparedText, start: int) -> bool:
        if self.road.match(prepared.folded, start):
            return True
        before = prepared.before(start, 80)
        public = max(last_match(OFFICE, before), last_match(self.works, before))
        return public > last_match(self.home, before)
