"""What the privacy gate reads of one version."""

from __future__ import annotations

from functools import cached_property

from django.db import models

from abierto.approval.review.private_data import PlacedFinding, contacts_for, iter_findings

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
