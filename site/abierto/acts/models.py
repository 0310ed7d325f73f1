"""The acts that two people of the state decide together; each row stays as the record of its act."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from abierto.registry.models import Institution
from abierto.spaces.enums import ProposalStatus
from abierto.spaces.models import MunicipalitySpace, TwoPersonProposal
from abierto.tenancy.models import Space


class SuspensionAct(TwoPersonProposal):
    """The suspension of a microsite, or its end."""

    wagtail_reference_index_ignore = True

    holder = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    is_lifted = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("suspensión de un micrositio")
        verbose_name_plural = _("suspensiones de micrositios")
        constraints = [
            models.UniqueConstraint(
                fields=["holder"], condition=Q(status=ProposalStatus.OPEN), name="acts_one_open_suspension"
            ),
        ]

    def __str__(self) -> str:
        name = _("Levantar la suspensión de %(space)s") if self.is_lifted else _("Suspender %(space)s")
        return str(name) % {"space": self.holder}


class AdministrationAct(TwoPersonProposal):
    """The end of an administration of a municipality, and the accounts with which the next begins."""

    wagtail_reference_index_ignore = True

    town = models.ForeignKey(MunicipalitySpace, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    ended_on = models.DateField()
    #: The ids of the pages directly below the start page that keep the name of this administration.
    branches = models.JSONField(default=list)
    #: The fields of ``NewAccount``, one object for each person.
    accounts = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("cambio de administración")
        verbose_name_plural = _("cambios de administración")
        constraints = [
            models.UniqueConstraint(
                fields=["town"],
                condition=Q(status=ProposalStatus.OPEN),
                name="acts_one_open_administration",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Cambio de administración de %(town)s")) % {"town": self.town.municipality}


class HandoverAct(TwoPersonProposal):
    """An institution that ended, and the one that takes over what it had."""

    wagtail_reference_index_ignore = True

    predecessor = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField()
    source = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("relevo de una institución")
        verbose_name_plural = _("relevos de instituciones")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor"], condition=Q(status=ProposalStatus.OPEN), name="acts_one_open_handover"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")), name="acts_handover_to_another"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Relevo de %(old)s por %(new)s")) % {"old": self.predecessor, "new": self.successor}
