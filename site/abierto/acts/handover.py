"""Handover of an institution that ended: its successor takes its commitments, seats, accounts and pages.

Past records keep the old name: a party or seat of the old institution ends on its last day, and the successor
has a row of its own from the next day on. Reports, sessions and rulings are not changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.models.accounts import AccountEvent
from abierto.approval.notifications import EmailText, active_members, notify
from abierto.approval.roles.grant_history import record_account_event
from abierto.media.models import PortalDocument, PortalImage
from abierto.registry.models import Institution, InstitutionSpace, Seat
from abierto.registry.models.reviewed import ReviewedRow
from abierto.spaces.enums import ProposalStatus
from abierto.spaces.services import link_institution
from abierto.spaces.team import close_membership
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, get_or_create_translators
from abierto.tenancy.scopes import models_with_space
from abierto.text import visible_text
from abierto.word_lists.models import WordListVersion
from pages.core.formatting import full_date
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentParty

from .models import HandoverAct
from .publication import (
    apply_change,
    check_nothing_in_review,
    find_reviews_of_space,
    find_titles_in_review,
    read_titles,
)
from .services import ActKind, save_proposal

FILES = (PortalDocument, PortalImage)
ONE_DAY = datetime.timedelta(days=1)


def propose_handover(
    predecessor: Institution, successor: Institution, ended_on: datetime.date, source: str, by: User
) -> HandoverAct:
    """Propose that ``successor`` takes over what ``predecessor`` has after its last day.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    act = HandoverAct(
        predecessor=predecessor, successor=successor, ended_on=ended_on, source=visible_text(source)
    )
    return save_proposal(HANDOVER, act, by)


# --- Rules -----------------------------------------------------------------------------------------------


def check_handover(act: HandoverAct) -> None:
    """Refuse an unsuitable successor, inconsistent dates, and content in review.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    reason = find_successor_error(act) or find_date_error(act)
    if reason:
        raise NotAllowed(reason)
    open_acts = HandoverAct.objects.filter(status=ProposalStatus.OPEN).exclude(pk=act.pk)
    if open_acts.filter(predecessor=act.predecessor).exists():
        raise NotAllowed(_("Ya hay una propuesta abierta sobre «%(space)s».") % {"space": act.predecessor})
    rows: list[Any] = [act.predecessor, *find_seats(act), *find_commitments(act)]
    titles = find_titles_in_review(rows)
    space = find_own_space(act)
    if space is not None:
        titles += read_titles(find_reviews_of_space(space))
    check_nothing_in_review(dict.fromkeys(titles))


def find_successor_error(act: HandoverAct) -> str:
    """Return why this institution cannot succeed the other; an empty string if it can."""
    old, new = act.predecessor, act.successor
    names = {"old": old, "new": new}
    if old.pk == new.pk:
        return _("Una institución no puede sucederse a sí misma. Elige otra.")
    if old.successor_id not in (None, new.pk):
        return _("«%(old)s» ya tiene otra sucesora en el registro. Corrige antes su ficha.") % names
    if not old.live or not new.live:
        return _("Las dos instituciones tienen que ser públicas en el registro.")
    if new.valid_until is not None and new.valid_until <= timezone.localdate():
        return _("«%(new)s» terminó el %(day)s: no puede recibir nada. Elige otra.") % {
            **names,
            "day": full_date(new.valid_until),
        }
    seen = {old.pk}
    current: Institution | None = new
    while current is not None:
        if current.pk in seen:
            return _("«%(old)s» ya sucedió a «%(new)s»: se sucederían en círculo. Elige otra.") % names
        seen.add(current.pk)
        current = current.successor
    return ""


def find_date_error(act: HandoverAct) -> str:
    """Return why the last day is wrong; an empty string if it is not."""
    old = act.predecessor
    if act.ended_on >= timezone.localdate():
        return _("Ese día todavía no pasa. Propón el relevo desde el día siguiente al último.")
    if old.valid_from is not None and act.ended_on < old.valid_from:
        return _("«%(old)s» empezó el %(day)s: no pudo terminar antes. Corrige una de las dos fechas.") % {
            "old": old,
            "day": full_date(old.valid_from),
        }
    if old.valid_until is not None and old.valid_until != act.ended_on:
        return _("El registro dice que «%(old)s» terminó el %(day)s. Corrige una de las dos fechas.") % {
            "old": old,
            "day": full_date(old.valid_until),
        }
    if act.successor.valid_from is not None and act.successor.valid_from > timezone.localdate():
        return _("«%(new)s» empieza el %(day)s. Propón el relevo ese día.") % {
            "new": act.successor,
            "day": full_date(act.successor.valid_from),
        }
    return ""


def match_later_rows(act: HandoverAct) -> Q:
    return Q(valid_until__isnull=True) | Q(valid_until__gt=act.ended_on)


def find_seats(act: HandoverAct) -> QuerySet[Seat]:
    """Return the seats of the old institution whose term goes beyond its last day."""
    rows: QuerySet[Seat] = Seat.objects.filter(match_later_rows(act), institution=act.predecessor)
    return rows.select_related("person", "secretariat").order_by("pk")


def find_commitments(act: HandoverAct) -> list[CommitmentPage]:
    """Return the commitments, in every language, in which the old institution has a part; sources first."""
    parties = CommitmentParty.objects.filter(match_later_rows(act), institution=act.predecessor)
    pages = CommitmentPage.objects.filter(pk__in=parties.values("page"), alias_of__isnull=True)
    found = list(pages.order_by("path"))
    return sorted(found, key=lambda page: page.locale_id != Locale.get_default().pk)


def find_space(institution: Institution) -> Space | None:
    link = InstitutionSpace.objects.filter(institution=institution).select_related("holder").first()
    return link.holder if link is not None else None


def find_own_space(act: HandoverAct) -> Space | None:
    """Return the space that the old institution has alone; a shared one stays with the others."""
    space = find_space(act.predecessor)
    if space is None or space.kind != SpaceKind.INSTITUTION:
        return None
    others = space.institution_links.exclude(institution__in=[act.predecessor_id, act.successor_id])
    return None if others.exists() else space


# --- The act ---------------------------------------------------------------------------------------------


def describe_act(act: HandoverAct) -> list[str]:
    """Return the effects of the act, one sentence each."""
    names = {"old": act.predecessor, "new": act.successor}
    sources = [page for page in find_commitments(act) if page.locale_id == Locale.get_default().pk]
    effects = [
        _("Último día de «%(old)s»: %(day)s.") % {**names, "day": full_date(act.ended_on)},
        _("Compromisos en los que sigue «%(new)s»: %(number)s.") % {**names, "number": len(sources)},
        _("Asientos que pasan a «%(new)s», con la misma persona y sin su cargo anterior: %(number)s.")
        % {**names, "number": find_seats(act).count()},
        _("Lo anterior conserva el nombre de «%(old)s».") % names,
    ]
    own, target = find_own_space(act), find_space(act.successor)
    if own is not None and target is None:
        sentence = _("El espacio «%(space)s», con su gente y sus páginas, es de la sucesora.")
        effects.append(sentence % {"space": own})
    elif own is not None and target != own:
        people = len(active_members(own.editors_id, own.reviewers_id, own.administrators_id))
        effects.append(
            _("De «%(space)s» a «%(target)s»: páginas, archivos y cuentas (%(number)s), con su mismo papel.")
            % {"space": own, "target": target, "number": people}
        )
    if act.source:
        effects.append(_("Documento: %(source)s") % {"source": act.source})
    return effects


def apply_handover(act: HandoverAct, by: User) -> None:
    """End the old institution and move what it has, in one transaction."""
    old, new = act.predecessor, act.successor
    own, target = find_own_space(act), find_space(new)
    commitments, seats = find_commitments(act), list(find_seats(act))

    def end(row: Institution) -> None:
        row.valid_until, row.successor = act.ended_on, new

    apply_change(old, end, act, by)
    if target is None and own is not None:
        link_institution(new, own)
    keys: dict[UUID, UUID] = {}
    for page in commitments:
        apply_change(page, lambda row: replace_parties(row, act, keys), act, by)
    for seat in seats:
        replace_seat(seat, act, by)
    if own is not None and target is not None and own != target:
        move_space(own, target, act, by)
    space = target or own
    if space is not None:
        people = active_members(space.editors_id, space.reviewers_id, space.administrators_id)

        def write(reader: User) -> EmailText:
            subject = _("«%(new)s» sucede a «%(old)s»") % {"new": new, "old": old}
            return subject, "\n".join(describe_result(act, len(commitments), len(seats)))

        notify(people, write, by)


def describe_result(act: HandoverAct, commitments: int, seats: int) -> list[str]:
    return [
        _("Desde el %(day)s lo suyo es de «%(new)s».")
        % {"day": full_date(act.ended_on + ONE_DAY), "new": act.successor},
        _("Páginas de compromisos: %(number)s.") % {"number": commitments},
        _("Asientos: %(number)s.") % {"number": seats},
    ]


def replace_parties(page: Any, act: HandoverAct, keys: dict[UUID, UUID]) -> None:
    """End the parties of the old institution, and add the same for the successor, without person and post.

    ``keys`` maps the translation keys of old parties to those of new ones, the same in every language.
    """
    start = act.ended_on + ONE_DAY
    rows = list(page.parties.all())
    parts = {row.role for row in rows if row.institution_id == act.successor_id and row.is_valid_on(start)}
    result = []
    for row in rows:
        result.append(row)
        is_beyond = row.valid_until is None or row.valid_until > act.ended_on
        if row.institution_id != act.predecessor_id or not is_beyond:
            continue
        if row.valid_from is not None and row.valid_from > act.ended_on:
            row.institution, row.person, row.post = act.successor, None, ""
            continue
        if row.role not in parts:
            parts.add(row.role)
            taken = CommitmentParty(
                role=row.role,
                institution=act.successor,
                valid_from=start,
                valid_until=row.valid_until,
                locale=page.locale,
                translation_key=keys.setdefault(row.translation_key, uuid4()),
            )
            result.append(taken)
        row.valid_until = act.ended_on
    for order, row in enumerate(result):
        row.sort_order = order
    page.parties.set(result)


def replace_seat(seat: Seat, act: HandoverAct, by: User) -> None:
    """End a seat of the old institution, and give the new one a seat of the same person, without post."""
    start = act.ended_on + ONE_DAY

    def assign_successor(row: Seat) -> None:
        row.institution, row.post = act.successor, ""

    if seat.valid_from is not None and seat.valid_from >= start:
        apply_change(seat, assign_successor, act, by)
        return
    taken = Seat(
        secretariat=seat.secretariat,
        institution=act.successor,
        person=seat.person,
        role=seat.role,
        order=seat.order,
        valid_from=start,
        valid_until=seat.valid_until,
        space=seat.space,
        live=False,
    )

    def end(row: Seat) -> None:
        row.valid_until = act.ended_on

    apply_change(seat, end, act, by)
    taken.save()
    apply_change(taken, leave_unchanged, act, by, is_public=seat.live)


def leave_unchanged(seat: Seat) -> None:
    """Return the seat as it is: it was created for the successor."""


def move_space(own: Space, target: Space, act: HandoverAct, by: User) -> None:
    """Move the pages, files, registry rows and people of a space to another; records keep the old name."""
    InstitutionSpace.objects.filter(institution=act.predecessor).update(holder=target)
    for root in own.roots.select_related("page").order_by("page__path"):
        assign_root(target, Page.objects.get(pk=root.page_id))
    for model in FILES:
        for file in model.objects.filter(collection=own.collection_id).order_by("pk"):
            file.collection = target.collection
            file.save(update_fields=["collection", "space"])

    def move_row(row: Any) -> None:
        row.space = target

    for row in find_rows(own):
        apply_change(row, move_row, act, by)
    for model in find_plain_models():
        for row in model._default_manager.filter(space=own).order_by("pk"):
            row.space = target
            row.save(update_fields=["space"])
    move_people(own, target, act.proposed_by)


def find_rows(space: Space) -> Iterable[ReviewedRow]:
    """Yield the registry rows of a space."""
    for model in models_with_space():
        if issubclass(model, ReviewedRow):
            yield from model._default_manager.filter(space=space).order_by("pk")


def find_plain_models() -> list[type[Any]]:
    """Return the models with a space that have no review and no versions of their own."""
    others = (ReviewedRow, WordListVersion, *FILES)
    return [model for model in models_with_space() if not issubclass(model, others)]


def move_people(own: Space, target: Space, proposer: User) -> None:
    """Give the people of a space their roles in another; the proposer and the acting user vouch for them."""
    pairs = [
        (own.editors, target.editors),
        (own.reviewers, target.reviewers),
        (own.administrators, target.administrators),
    ]
    for row in own.translators.select_related("group", "locale"):
        pairs.append((row.group, get_or_create_translators(target, row.locale).group))
    for former, group in pairs:
        for account in User.objects.filter(groups=former, is_active=True).order_by("pk"):
            if former == own.reviewers:
                record_account_event(AccountEvent.GRANTED, account, proposer, group)
            account.groups.add(group)
            close_membership(account, former)


HANDOVER = ActKind("handover", HandoverAct, describe_act, check_handover, apply_handover)
