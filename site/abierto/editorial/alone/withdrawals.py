"""Taking down: allowed alone, with a reason, and known at once by whoever reviews."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.editorial.alone.reasons import request_under_way
from abierto.editorial.errors import NotApproved
from abierto.editorial.models import Approval, Kind
from abierto.editorial.notices import reviewers_of, state_space, tell
from abierto.tenancy.access import sees_everything, space_of, spaces_of
from abierto.tenancy.models import Space

Waiting = tuple[Space | None, str]
WAITING = "_abierto_withdrawn"

RECENT = datetime.timedelta(days=30)
MOST_SHOWN = 10


def check_reason(subject: Any, by: User | None, reason: str) -> None:
    """Refuse to take ``subject`` down at the admin without saying why; commands and dates pass.

    Raises:
        NotApproved: when a screen did not ask for the reason.
    """
    if by is not None and not reason:
        raise NotApproved(f"Nobody said why {subject!r} is taken down.")


def space_answering_for(subject: Any) -> Space | None:
    """Return the space whose reviewers answer for ``subject``; of what has none, the state's."""
    space = space_of(subject) if isinstance(subject, Page) else getattr(subject, "space", None)
    return space or state_space()


def tell_reviewers(subject: Any, by: User | None, reason: str) -> None:
    """Write to the reviewers of the space what was taken down, who did it and why.

    All that one request takes down goes in one letter. A language alias only repeats its source.
    """
    if by is None or getattr(subject, "alias_of_id", None):
        return
    waiting = _waiting()
    waiting.append((space_answering_for(subject), str(subject)))
    transaction.on_commit(partial(_send, waiting, by, reason), robust=True)


def _waiting() -> list[Waiting]:
    """Return what the request under way has taken down so far."""
    request = request_under_way()
    waiting: list[Waiting] = []
    return waiting if request is None else request.__dict__.setdefault(WAITING, waiting)


@transaction.atomic
def _send(waiting: list[Waiting], by: User, reason: str) -> None:
    """Send one letter for each space; whoever comes later finds nothing left to tell."""
    titles: dict[Space | None, dict[str, None]] = {}
    while waiting:
        space, title = waiting.pop(0)
        titles.setdefault(space, {})[title] = None
    for space, named in titles.items():
        what = "», «".join(named)
        text = _(
            "%(who)s retiró «%(what)s». Motivo: %(reason)s\n\n"
            "Ya no se ve en público. Volver a publicarlo pasa por revisión."
        )
        subject = _("Se retiró: %(what)s") % {"what": next(iter(named))}
        text %= {"who": by.public_name, "what": what, "reason": reason}
        tell(reviewers_of(space), subject, text, by)


@dataclass(frozen=True)
class Withdrawn:
    """One thing taken down, as the dashboard tells it."""

    title: str
    who: str
    reason: str
    on: datetime.datetime
    page: Page | None


def recent_withdrawals(user: User) -> list[Withdrawn]:
    """Return what was taken down of late in the spaces of ``user``. A query for each kind of thing."""
    since = timezone.now() - RECENT
    rows = Approval.objects.filter(kind=Kind.WITHDRAWN, created_at__gte=since).exclude(comment="")
    rows = rows.select_related("approver")[: MOST_SHOWN * 5]
    things = _things_of(rows)
    shown = [row for row in rows if sees_everything(user) or _is_of(things.get(_key(row)), user)]
    return [
        Withdrawn(
            title=row.title,
            who=row.approver.public_name if row.approver else "",
            reason=row.comment,
            on=row.created_at,
            page=thing if isinstance(thing := things.get(_key(row)), Page) else None,
        )
        for row in shown[:MOST_SHOWN]
    ]


def _things_of(rows: Iterable[Approval]) -> dict[tuple[int, str], models.Model]:
    """Return what the rows are about and is still there, by kind and key: numbers alone are of many kinds."""
    wanted: dict[int, list[str]] = {}
    for row in rows:
        wanted.setdefault(row.content_type_id, []).append(row.object_id)
    kinds = ContentType.objects.get_for_id
    found = {
        kind: model._base_manager.in_bulk(keys)
        for kind, keys in wanted.items()
        if (model := kinds(kind).model_class())
    }
    return {(kind, str(pk)): thing for kind, things in found.items() for pk, thing in things.items()}


def _key(row: Approval) -> tuple[int, str]:
    return row.content_type_id, row.object_id


def _is_of(thing: models.Model | None, user: User) -> bool:
    return thing is not None and space_answering_for(thing) in spaces_of(user)
