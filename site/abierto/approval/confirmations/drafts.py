"""What an editor reads after a draft was stored with data that can never be public."""

from django.db import models
from django.utils.translation import gettext as _

from abierto.approval.review.private_data import find_private_data

from .scanned import ScannedVersion


def describe_private_draft(subject: models.Model) -> str:
    """Return what to do with the data that block in a stored draft; empty without any.

    A draft may be unfinished, so it is stored with them: its versions stay in the history of its space.
    """
    found = next(find_private_data(ScannedVersion(subject).findings), None)
    if found is None:
        return ""
    sentence = _(
        "El borrador se guardó, pero lleva un dato personal. Queda en su historial, que lee el equipo de tu "
        "espacio. %(first)s Para la próxima, ocúltalo antes con «Ocultar datos personales»."
    )
    return sentence % {"first": found[1]}
