"""Sentences and names of the helper on screen."""

from django.utils.translation import gettext_lazy as _

from abierto.privacy.extraction.parts import Reason
from abierto.privacy.findings import Kind

READING_PROBLEMS = {
    Reason.EMPTY: _("El archivo está vacío."),
    Reason.ENCRYPTED: _("El archivo tiene contraseña. Quítasela y vuelve a subirlo."),
    Reason.DAMAGED: _("El archivo está dañado o no es .docx. Ábrelo en tu procesador y guárdalo como .docx."),
    Reason.UNKNOWN_FORMAT: _("Este archivo no es .docx. Ábrelo en tu procesador y guárdalo como .docx."),
    Reason.TOO_LARGE: _(
        "El archivo es demasiado grande. Divídelo o quita sus imágenes; el límite es de 10 MB."
    ),
    Reason.TOO_SLOW: _("No se terminó de leer el archivo a tiempo. Divídelo en partes."),
}

KIND_LABELS = {
    Kind.CURP: _("CURP"),
    Kind.RFC: _("RFC de una persona"),
    Kind.NSS: _("número de seguridad social"),
    Kind.CLABE: _("cuenta CLABE"),
    Kind.CARD: _("tarjeta bancaria"),
    Kind.INE: _("clave de elector"),
    Kind.EMAIL: _("correo personal"),
    Kind.PHONE: _("teléfono personal"),
    Kind.PASSPORT: _("pasaporte"),
    Kind.PLATE: _("placas"),
    Kind.ADDRESS: _("domicilio"),
    Kind.MINOR: _("nombre de un menor de edad"),
    Kind.PERSON: _("nombre de una persona"),
    Kind.SENSITIVE: _("dato sensible"),
}
