"""Words around a number or a name that determine its kind, in lower case without accents."""

import re
from dataclasses import dataclass


def any_of(words: str) -> str:
    """Return an expression for any of ``words``, longest first; spaces separate them, ``_`` matches space."""
    return "|".join(sorted((word.replace("_", r"\s+") for word in words.split()), key=len, reverse=True))


def compile_words(words: str) -> re.Pattern[str]:
    """Compile an expression for any of the words as a whole word."""
    return re.compile(rf"(?<!\w)(?:{any_of(words)})(?!\w)")


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Expressions with a pattern of their first words, for ``PreparedText.find_words``."""

    pattern: re.Pattern[str]
    first: re.Pattern[str]


def index_words(words: str, pattern: str = "{}") -> WordIndex:
    r"""Compile ``words``, and ``pattern`` around them, for ``PreparedText.find_words``.

    The part of each word before ``_`` or ``\.`` must be a valid expression by itself.
    """
    first = {re.split(r"_|\\\.", word, maxsplit=1)[0] for word in words.split()}
    whole = pattern.replace("{}", rf"(?:{any_of(words)})(?!\w)")
    return WordIndex(re.compile(whole), re.compile("|".join(sorted(first))))


RECORD = compile_words(
    r"""
    folios? id codigo cliente mxn expedientes? exp\. oficios? contratos? facturas? polizas? pedidos?
    licitacion(?:es)? acuses? toca causas? carpetas? nuc recurso registro registros? licencia cedula
    fianza fideicomisos? credito_(?:fiscal|infonavit|fovissste|hipotecario|imss|num|no|n) referencia captura
    guia serie servicio inventario medidor catastral predial partida presupuestal programatica contable
    cheques? orden(?:es)? certificad[oa]s? clc por_(?:liquidar|pagar|cobrar) sellos? clave_de_obra obra isbn
    issn doi codigo_de_barras codigo_postal
    acta recibo_de_nomina numero_de_control control escritura foja fojas
    (?:numero|no\.|num\.)_de_empleado matricula tramite tesis digital solicitud ticket lote
    reportes? cup cuip curt patronal circulacion vales? boletas? monedero sap imei motor niv vin
    chasis numero_economico concesion convenio requisicion transaccion autorizacion operacion
    rastreo comprobante recibo tomo libro volumen version decreto amparo sistema_siged clues cct
    ageb inegi latitud longitud coordenadas utm uuid formato anexo archivo
    montos? importes? saldos? recaudacion presupuesto ingresos egresos gastos? subtotal
    """
)
"""Names of numbers of files and procedures."""

OFFICE = compile_words(
    r"""
    conmutador locatel oficinas? direccion_(?:de|general|municipal) unidad presidencia_municipal
    ayuntamiento secretaria juzgado tribunal instituto sede horario ventanilla fiscalia coordinacion
    departamento comision dif imss issste modulo presidencia institucional central
    casa_de_(?:justicia|salud|gobierno|la_mujer) consejo comite camara colegio junta
    sistema_(?:municipal|estatal|dif) simapag jumapa sapal cmapas mesa_de_ayuda cruz_roja bomberos
    policia ministerio_publico agencia recepcion area rastro panteon mercado central_de_autobuses
    tesoreria contraloria sindicatura delegacion_municipal biblioteca museo hospital clinica
    centro_de_salud escuela linea_mujer emergencias atencion_ciudadana atencion_a proteccion_civil
    municipio procuraduria dependencia defensoria congreso poder_judicial universidad supremo
    lada_sin_costo organo oficialia casa_de_la_cultura jefatura subdireccion centro_de_atencion
    palacio gobierno salas? notaria auditorio plaza_principal estadio parque unidad_deportiva
    registro_civil
    """
)
"""Words that mark a contact or an address as that of an office."""

PRIVATE = compile_words(
    r"""
    celular cel cel\. movil particular casa(?!_(?:de|del|municipal)_) whats(?:app)? wsp familiar
    hij[oa] madre padre mama papa esposa? herman[oa] quejos[oa] actora? demandad[oa] victima
    denunciante testigo menor ofendid[oa] imputad[oa] promovente recurrente solicitante senora?
    vecin[oa] tutora? paciente alumn[oa] personal(?!_de) interesad[oa] trabajadora? beneficiari[oa]
    emergencia domicilio_particular
    """
)
"""Words that mark a contact as that of a person."""


UNIT = re.compile(
    r"^\W{0,3}(?:(?:mil(?:lones)?|de)\s+)?(?:pesos|habitantes|personas|millones|m\.?\s?n\.?\b|usd|dolares|m[23]\b"
    r"|km\b|metros|litros|votos|%|llamadas|usuari[oa]s|piezas|viajes|kwh|pasajeros|beneficiari[oa]s"
    r"|hectareas|toneladas|hojas|visitas|tarjetas|vales|boletas|viviendas)"
)
"""Words after a number that is a count or a measurement."""


def last_match(pattern: re.Pattern[str], text: str) -> int:
    """Return the offset of the last match of ``pattern`` in ``text``; -1 without a match."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)
