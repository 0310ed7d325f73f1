"""Detector of sensitive data (LGPDPPSO, article 3): health, sexual life, ethnic origin, union, religion."""

import re
from collections.abc import Iterator

from ..context_words import compile_words, index_words, last_match
from ..findings import Finding, PersonalDataKind
from ..prepared_text import PreparedText
from ..registry import Detector, register

HEALTH = r"""
    diabetes\w* vih sida cancer tumor leucemia esquizofrenia depresion\w* ansiedad autismo autista
    espectro_autista trastorno\w* discapacidad\w* embaraz\w+ epilepsia hipertension\w* covid asma alzheimer
    parkinson hepatitis sifilis tuberculosis obesidad anemia alcoholismo drogadiccion adiccion\w*
    farmacodependencia metanfetaminas? cristal cocaina heroina marihuana insuficiencia_\w+ infarto embolia
    derrame_cerebral paralisis paraplejia lupus artritis fibromialgia bipolar(?:idad)? psicosis demencia
    retraso_mental sindrome_de_\w+ aborto virus_de_inmunodeficiencia\w* papiloma enfermedad_\w+
    lesion\w*_(?:cerebral|medular)\w* psiquiatric[oa] suicid\w+ bulimia anorexia sordera ceguera dialisis
    hemodialisis quimioterapia trasplante estres_postraumatico
"""
ORIGIN = r"""
    indigena\w* otomi mazahua nahuatl nahua chichimeca_?\w* purepecha maya mixtec[oa] zapotec[oa] tarahumara
    raramuri huichol wixarika tzotzil tzeltal afromexican[oa]s? afrodescendientes? pame triqui hnahnu
    totonac[oa] gitan[oa] origen_etnico raza
"""
BELIEF = r"""
    sindicat\w+ sindicaliz\w+ catolic[oa]s? testigos?_de_jehova cristian[oa]s? evangelic[oa]s? judi[oa]s?
    musulman\w* mormon(?:a|es)? islam adventista protestante pentecostal budista ate[oa] masoneria mason
    religion santeria iglesia_\w+
"""
SEXUAL = r"""
    homosexual(?:es)? lesbianas? gay bisexual transexual transgenero travesti heterosexual
    orientacion_sexual preferencia_sexual intersexual persona_trans mujer_trans hombre_trans
"""


@register
class SensitiveDetector(Detector):
    """Finds sensitive words about a person; the same words in a programme or a law are allowed."""

    kind = PersonalDataKind.SENSITIVE
    term = index_words(HEALTH + ORIGIN + BELIEF + SEXUAL)
    illness = index_words(
        "padec(?:e|ia|io|iendo) diagnosticad[oa] diagnosticaron sufre sufria enferm[oa]",
        r"{}\s(?:(?:de|con|una?|la|el|"
        r"desde|por)\s)*((?:\w+\s)?\w{3,}(?:itis|osis|emia|oma|patia|plejia|algia|uria|fobia|mania))(?!\w)",
    )
    verb = compile_words(
        r"""
        padec\w+ sufre sufria sufrio diagnosticad[oa] diagnosticaron diagnostico presenta presentaba presento
        vive_con vivir_con porta portadora? enferm[oa] cursa cursaba consume consumia consumidora?
        autoadscribe
        autoadscrib\w+ autoidentific\w+ pertenece perteneciente profesa profesaba afiliad[oa] afiliacion
        miembro_del? militante dijo_ser manifesto_ser declaro_ser se_identifica_como se_reconoce_como
        su_religion su_preferencia su preferencia_sexual: orientacion_sexual: religion: padecimiento
        agremiad[oa] tratamiento_(?:por|contra|de) adict[oa] al?_\w+_a convert\w+ integrante_del?
        tiene tenia tener dictamen_de certificado_de toma tomaba
        delegad[oa]_del? dirigente_del? lider_del? paso_por resulto seropositiv[oa] dio_positivo positivo_a
        contagiad[oa] infectad[oa] es
        """
    )
    person = compile_words(
        r"""
        actora? quejos[oa] victima imputad[oa] demandad[oa] menor nin[oa] adolescente senora? paciente
        trabajadora? testigo ofendid[oa] sentenciad[oa] acusad[oa] inculpad[oa] promovente recurrente
        solicitante hij[oa] madre padre espos[oa] c\. detenid[oa] procesad[oa] denunciante ella? su esposo
        esposa agraviad[oa] beneficiari[oa] joven alumn[oa] intern[oa] servidora?_public[oa] emplead[oa]
        poblador vecin[oa] usuari[oa] mi me
        """
    )
    weak = frozenset(
        {
            "es",
            "su",
            "tiene",
            "tenia",
            "tener",
            "toma",
            "tomaba",
            "presenta",
            "presento",
            "afiliacion",
            "pertenece",
            "perteneciente",
            "diagnostico",
        }
    )
    sentence_end = re.compile(r"[.;\n](?=\s|$)")

    def find(self, prepared: PreparedText) -> Iterator[Finding]:
        for match in prepared.find_words(self.term):
            if self._is_about_person(prepared, match.start()):
                yield self.warn(*match.span())
        for match in prepared.find_words(self.illness):
            yield self.warn(*match.span(1))

    def _is_about_person(self, prepared: PreparedText, start: int) -> bool:
        before = prepared.before(start, 90)
        ends = [match.end() for match in self.sentence_end.finditer(before)]
        before = before[ends[-1] :] if ends else before
        near = before[-45:]
        verbs = [(match.group(), len(near) - match.end()) for match in self.verb.finditer(near)]
        if any(verb not in self.weak or distance <= (1 if verb == "es" else 12) for verb, distance in verbs):
            return True
        return last_match(self.person, before) >= 0 and (bool(verbs) or last_match(self.person, near) >= 0)
