"""The texts and files of one version that the privacy check reads."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _

from abierto.approval.review.private_data import PlacedFinding, contacts_for, find_private_data, iter_findings

from .files import ReferencedFiles, load_files


class ScannedVersion:
    """The texts and files of a version, read once for what blocks and for what warns."""

    def __init__(self, subject: models.Model) -> None:
        self.subject = subject
        #: Returns the official contacts of the space, read once if they are needed.
        self.contacts = contacts_for(subject)

    @cached_property
    def findings(self) -> list[PlacedFinding]:
        return list(iter_findings(self.subject, self.contacts))

    @cached_property
    def files(self) -> ReferencedFiles:
        return load_files(self.subject)


# --- Data in a stored draft ----------------------------------------------------------------------------


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
