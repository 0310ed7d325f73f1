"""Build the entries of a page history, with their texts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from abierto.approval.ledger.public_names import public_approver, public_name_of, public_reporter
from abierto.approval.models import Approval, ApprovalKind
from pages.core.formatting import full_date

from .ledger_rows import Outline, read_earlier_approvals, read_rows, withdrawn_type_names
from .timeline import Moment


class ResponsiblePerson(NamedTuple):
    """A person and their part in a decision."""

    role: str
    name: str


@dataclass(frozen=True)
class HistoryEntry:
    """One decision in the public history."""

    event: str
    day: datetime.date
    review: str = ""
    people: list[ResponsiblePerson] = field(default_factory=list)
    comment_label: str = ""
    comment: str = ""
    note: str = ""
    # The number of the decision whose change can be read.
    change: int | None = None
    is_withdrawal: bool = False


def build_entries(
    page: Page, outlined: Outline, numbers: Sequence[int], site: Site | None
) -> list[HistoryEntry]:
    """Return the entries of the decisions with these numbers, newest first. A constant number of queries."""
    rows = read_rows(page, numbers, site)
    steps, kinds = read_earlier_approvals(page, rows, site), withdrawn_type_names(rows, page)
    found = []
    for row in rows:
        moment = outlined.own.get(row.pk)
        if moment is None:
            found.append(_withdrawn_below_entry(row, kinds.get(row.object_id, "")))
        else:
            found.append(_build_entry(row, moment, steps))
    return found


def _build_entry(row: Approval, moment: Moment, steps: Mapping[int, Sequence[Approval]]) -> HistoryEntry:
    if moment.kind == ApprovalKind.WITHDRAWN:
        return _withdrawal_entry(row, _("Se retiró"))
    before = steps.get(row.revision_number or 0, ())
    published_at: datetime.datetime | None = getattr(row, "published_at", None)
    decided, published = _day(row.created_at), _day(published_at or row.created_at)
    return HistoryEntry(
        event=_describe_event(moment),
        day=published,
        review=_describe_review(moment.kind, len(before)),
        people=_responsible_people(row, moment.kind, before),
        comment_label=_comment_label(moment.kind),
        comment=row.comment,
        note=" ".join(_notes(moment, decided, published)),
        change=None if moment.compared_with is None else row.pk,
    )


def _withdrawn_below_entry(row: Approval, kind: str) -> HistoryEntry:
    """Build the entry of a withdrawn child page, without its title, which may be why it was withdrawn."""
    what = _("Se retiró de aquí una página")
    what = _("%(what)s: %(kind)s") % {"what": what, "kind": kind} if kind else what
    return _withdrawal_entry(row, what)


def _withdrawal_entry(row: Approval, what: str) -> HistoryEntry:
    name = public_approver(row)
    return HistoryEntry(
        event=what,
        day=_day(row.created_at),
        people=[ResponsiblePerson(_("Lo retiró"), name)] if name else [],
        comment_label=_("Motivo"),
        comment=row.comment,
        is_withdrawal=True,
    )


def _describe_event(moment: Moment) -> str:
    if moment.is_first:
        return _("Se publicó por primera vez")
    return _("Volvió a publicarse") if moment.is_return else _("Se publicó una versión nueva")


def _describe_review(kind: ApprovalKind, steps_before: int) -> str:
    if kind == ApprovalKind.REVIEW and steps_before:
        return _("Revisión en %(count)s pasos, por personas distintas.") % {"count": steps_before + 1}
    return {
        ApprovalKind.REVIEW: _("La revisó otra persona."),
        ApprovalKind.IMPORT: _("Cargado del documento original."),
        ApprovalKind.INHERITED: _("Traducción: muestra lo que se aprobó en su original."),
        ApprovalKind.EMERGENCY: _("De emergencia: nadie más lo había revisado."),
    }.get(kind, "")


def _responsible_people(
    row: Approval, kind: ApprovalKind, before: Iterable[Approval]
) -> list[ResponsiblePerson]:
    last = {
        ApprovalKind.IMPORT: _("Lo cargó"),
        ApprovalKind.EMERGENCY: _("Lo publicó"),
    }.get(kind, _("Lo aprobó"))
    people = [ResponsiblePerson(_("Lo reportó"), public_reporter(row))]
    for step in before:
        people += _approvers(_("Lo aprobó antes"), step)
    people += _approvers(last, row)
    return [person for person in people if person.name]


def _approvers(did: str, row: Approval) -> Iterable[ResponsiblePerson]:
    yield ResponsiblePerson(did, public_approver(row))
    for stand_in in row.stand_ins.all():
        yield ResponsiblePerson(_("En lugar de"), public_name_of(stand_in.absent, row))


def _comment_label(kind: ApprovalKind) -> str:
    return {
        ApprovalKind.IMPORT: _("De dónde"),
        ApprovalKind.EMERGENCY: _("Motivo"),
    }.get(kind, _("Comentario"))


def _notes(moment: Moment, decided: datetime.date, published: datetime.date) -> Iterable[str]:
    if decided != published:
        yield _("Se aprobó el %(day)s.") % {"day": full_date(decided)}
    if moment.is_silent:
        yield _("La página se retiró después: lo que decía ya no se muestra.")
    elif moment.is_return:
        yield _("No se compara con lo que se retiró.")


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)
