"""Messages about DOCX files that cannot be read."""

from django.utils.translation import gettext_lazy as _

from abierto.privacy.extraction.parts import Reason

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
