"""Suspend a microsite or lift its suspension: its people may only read; its pages show the day and reason.

``abierto.approval.guard.suspension`` refuses their writes.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.guard.suspension import describe_suspension
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.notifications import EmailText, active_members, notify
from abierto.approval.overrides.direct_changes import check_private_data, hash_row
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.text import visible_text

from .models import SuspensionAct
from .services import ActKind, save_proposal


def propose_suspension(space: Space, reason: str, by: User, *, is_lifted: bool = False) -> SuspensionAct:
    """Propose to suspend the microsite of ``space``, or to lift its suspension.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    act = SuspensionAct(holder=space, reason=visible_text(reason), is_lifted=is_lifted)
    return save_proposal(SUSPENSION, act, by)


def check_suspension(act: SuspensionAct) -> None:
    """Refuse a suspension without a reason, of another kind of space, or that changes nothing.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    space = act.holder
    if space.kind != SpaceKind.MUNICIPALITY:
        raise NotAllowed(_("Solo se suspende el micrositio de un municipio."))
    if not act.reason:
        raise NotAllowed(_("Escribe el motivo: se publica en cada página."))
    if act.is_lifted and space.suspended_on is None:
        raise NotAllowed(_("«%(space)s» no está suspendido.") % {"space": space})
    if not act.is_lifted and space.suspended_on is not None:
        raise NotAllowed(describe_suspension(space))
    if act.pk is None and SuspensionAct.objects.filter(holder=space, status="open").exists():
        raise NotAllowed(_("Ya hay una propuesta abierta sobre «%(space)s».") % {"space": space})
    check_private_data(act, ["reason"])


def describe_act(act: SuspensionAct) -> list[str]:
    """Return the effects of the act, one sentence each."""
    if act.is_lifted:
        return [
            _("Su gente vuelve a escribir y publicar, y se quita el aviso de sus páginas."),
            _("Motivo: %(reason)s") % {"reason": act.reason},
        ]
    return [
        _("Cada página del micrositio dice desde cuándo y por qué está suspendido."),
        _("Su gente solo lee: no escribe, no aprueba y no publica. El equipo estatal sí puede."),
        _("Lo que tenga fecha no se publica mientras dure."),
        _("Motivo que se publica: %(reason)s") % {"reason": act.reason},
    ]


def apply_suspension(act: SuspensionAct, by: User) -> None:
    """Suspend the space from today on, or lift its suspension; the ledger records both people."""
    space = act.holder
    space.suspended_on = None if act.is_lifted else timezone.localdate()
    space.suspension_reason = "" if act.is_lifted else act.reason
    space.save(update_fields=["suspended_on", "suspension_reason"])
    Approval.record(
        space,
        ApprovalKind.DIRECT,
        sha=hash_row(space),
        reporter=act.proposed_by,
        approver=by,
        comment=f"{act}. {act.reason}",
    )
    people = active_members(space.editors_id, space.reviewers_id, space.administrators_id)

    def write(reader: User) -> EmailText:
        if act.is_lifted:
            subject = _("Se levantó la suspensión de «%(space)s»") % {"space": space}
            return subject, _("Ya no está suspendido: puedes volver a escribir y publicar.")
        return _("Se suspendió «%(space)s»") % {"space": space}, describe_suspension(space)

    notify(people, write, by)


SUSPENSION = ActKind("suspension", SuspensionAct, describe_act, check_suspension, apply_suspension)
