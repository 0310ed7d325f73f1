"""Agreements: the reviewers of one municipality approve the content of another until a date."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from abierto.accounts.models import User
from abierto.approval.concurrency.tree_lock import tree_lock
from abierto.approval.errors import NotAllowed
from abierto.approval.models.task import ReviewTask, get_or_create_step
from abierto.approval.notifications import EmailText, active_members, notify, state_space, state_team
from abierto.approval.reader_links import build_admin_url
from abierto.approval.roles.grants import check_granter, is_state_administrator
from pages.core.formatting import full_date

from .enums import AgreementStatus, ReviewSource
from .models import OPEN_AGREEMENTS, MunicipalitySpace, ReviewAgreement
from .review_source import choose_review_steps, describe_review, hand_over_reviews
from .team import administered_spaces

#: A sentence or a subject that is translated for each reader.
type Text = str | Promise

LONGEST_DAYS = 366
NAME_LENGTH = 255


# --- Rules -----------------------------------------------------------------------------------------------


def find_agreement_errors(
    town: MunicipalitySpace | None, neighbour: MunicipalitySpace | None, ends: datetime.date | None
) -> dict[str, str]:
    """Return why there cannot be such an agreement, by field."""
    errors: dict[str, str] = {}
    if town is not None and (reason := find_suspension_error(town)):
        errors["town"] = reason
    elif town is not None and (known := find_open_agreement(town)) is not None:
        errors["town"] = _("Ya hay un acuerdo abierto con «%(name)s». Termínalo antes.") % {
            "name": known.neighbour.municipality
        }
    if neighbour is not None and (reason := find_neighbour_error(town, neighbour)):
        errors["neighbour"] = reason
    if ends is not None and (reason := find_day_error(ends)):
        errors["ends"] = reason
    return errors


def find_suspension_error(town: MunicipalitySpace) -> str:
    """Return why a suspended municipality cannot agree; an empty string if it is not."""
    if not town.municipality.live:
        return _("«%(name)s» está suspendido en el registro.") % {"name": town.municipality}
    if town.holder.suspended_on is not None:
        return _("El micrositio de «%(name)s» está suspendido.") % {"name": town.municipality}
    return ""


def find_open_agreement(town: MunicipalitySpace) -> ReviewAgreement | None:
    rows = town.agreements.filter(status__in=OPEN_AGREEMENTS)
    found: ReviewAgreement | None = rows.select_related("neighbour__municipality").first()
    return found


def find_neighbour_error(town: MunicipalitySpace | None, neighbour: MunicipalitySpace) -> str:
    """Return why ``neighbour`` cannot review for ``town``; an empty string if it can."""
    if town is not None and town.pk == neighbour.pk:
        return _("Es el mismo municipio. Elige otro: el acuerdo es entre dos.")
    name = {"name": neighbour.municipality}
    if not neighbour.municipality.live:
        return _("«%(name)s» está suspendido en el registro. Elige otro.") % name
    if not active_members(neighbour.holder.reviewers_id):
        return _("«%(name)s» no tiene a nadie que revise. Elige otro.") % name
    return ""


def find_day_error(ends: datetime.date) -> str:
    """Return why an agreement cannot end on this day; an empty string if it can."""
    today = timezone.localdate()
    if ends < today:
        return _("Esa fecha ya pasó. Escribe una que esté por venir.")
    if (ends - today).days > LONGEST_DAYS:
        return _("Un acuerdo dura un año como mucho. Escribe una fecha más cercana; después se renueva.")
    return ""


def check_agreement(agreement: ReviewAgreement) -> None:
    """Refuse an agreement that could not be proposed today.

    Raises:
        NotAllowed: with the sentences for the user.
    """
    reasons = [
        find_neighbour_error(agreement.town, agreement.neighbour),
        find_day_error(agreement.ends),
        find_suspension_error(agreement.town),
    ]
    if any(reasons):
        raise NotAllowed(" ".join(filter(None, reasons)))


# --- Permissions -----------------------------------------------------------------------------------------


def find_towns(user: User) -> QuerySet[MunicipalitySpace]:
    """Return the municipalities for which ``user`` may propose an agreement; all for the state."""
    towns = MunicipalitySpace.objects.select_related("municipality", "holder")
    if is_state_administrator(user):
        return towns
    return towns.filter(holder__in=administered_spaces(user))


def find_neighbours() -> QuerySet[MunicipalitySpace]:
    """Return the municipalities with a space that are not suspended."""
    rows = MunicipalitySpace.objects.filter(municipality__live=True)
    return rows.select_related("municipality", "holder").order_by("municipality__name")


def find_visible_agreements(user: User) -> QuerySet[ReviewAgreement]:
    """Return the agreements of the municipalities that ``user`` administers, or all for the state."""
    towns = find_towns(user).values("pk")
    rows = ReviewAgreement.objects.filter(Q(town__in=towns) | Q(neighbour__in=towns))
    people = ("proposed_by", "accepted_by", "confirmed_by", "ended_by")
    places = ("town__municipality", "town__holder", "neighbour__municipality", "neighbour__holder", "step")
    return rows.select_related(*people, *places)


def may_accept(agreement: ReviewAgreement, user: User) -> bool:
    """Check that ``user`` administers the neighbour and did not propose the agreement."""
    is_waiting = agreement.status == AgreementStatus.PROPOSED and agreement.proposed_by_id != user.pk
    return is_waiting and administers_town(agreement.neighbour, user)


def may_confirm(agreement: ReviewAgreement, user: User) -> bool:
    """Check that ``user`` is a third person, of the state."""
    known = {agreement.proposed_by_id, agreement.accepted_by_id}
    is_waiting = agreement.status == AgreementStatus.ACCEPTED and user.pk not in known
    return is_waiting and is_state_administrator(user)


def may_end(agreement: ReviewAgreement, user: User) -> bool:
    """Check that ``user`` administers one of both municipalities, or is of the state."""
    if not agreement.is_open:
        return False
    sides = (agreement.town, agreement.neighbour)
    return is_state_administrator(user) or any(administers_town(side, user) for side in sides)


def administers_town(town: MunicipalitySpace, user: User) -> bool:
    return administered_spaces(user).filter(pk=town.holder_id).exists()


def find_granters(step: ReviewTask) -> set[int]:
    """Implement the approval hook: the ids of the people who agreed to a shared step."""
    rows = ReviewAgreement.objects.filter(step=step)
    people = rows.values_list("proposed_by_id", "accepted_by_id", "confirmed_by_id")
    return {number for row in people for number in row if number is not None}


# --- Acts ------------------------------------------------------------------------------------------------


@tree_lock()
def propose_agreement(
    town: MunicipalitySpace, neighbour: MunicipalitySpace, ends: datetime.date, by: User
) -> ReviewAgreement:
    """Propose that the reviewers of ``neighbour`` review what ``town`` publishes; its administrators decide.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if not find_towns(by).filter(pk=town.pk).exists():
        raise NotAllowed(_("El acuerdo lo propone quien administra el municipio, o el equipo estatal."))
    if is_state_administrator(by):
        check_granter(by)
    errors = find_agreement_errors(town, neighbour, ends)
    if errors:
        raise NotAllowed(" ".join(errors.values()))
    agreement = ReviewAgreement.objects.create(town=town, neighbour=neighbour, ends=ends, proposed_by=by)
    sentence = gettext_lazy(
        "%(who)s propone que «%(neighbour)s» revise lo que publica «%(town)s», hasta el %(day)s."
    )
    notify_sides(agreement, [neighbour], gettext_lazy("Un acuerdo por aceptar"), sentence, by)
    return agreement


@tree_lock()
def accept_agreement(key: int, by: User) -> ReviewAgreement:
    """Accept an agreement for the neighbour; the state confirms it.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    agreement = load_agreement(key)
    if not may_accept(agreement, by):
        raise NotAllowed(_("Lo acepta quien administra «%(name)s».") % {"name": agreement.neighbour.holder})
    check_agreement(agreement)
    agreement.status, agreement.accepted_by = AgreementStatus.ACCEPTED, by
    agreement.save(update_fields=["status", "accepted_by"])
    sentence = gettext_lazy(
        "%(who)s aceptó que «%(neighbour)s» revise lo que publica «%(town)s». Falta confirmarlo."
    )
    notify_sides(agreement, [agreement.town], gettext_lazy("Un acuerdo por confirmar"), sentence, by)
    return agreement


@tree_lock()
def confirm_agreement(key: int, by: User) -> ReviewAgreement:
    """Put the agreement in force: pending reviews and later content go to the neighbour's reviewers.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    agreement = load_agreement(key)
    if not may_confirm(agreement, by):
        raise NotAllowed(
            _("Lo confirma una tercera persona, del equipo estatal, cuando el municipio lo aceptó.")
        )
    check_granter(by)
    check_agreement(agreement)
    town = agreement.town
    agreement.step = create_shared_step(agreement)
    agreement.status, agreement.confirmed_by, agreement.confirmed_at = (
        AgreementStatus.IN_FORCE,
        by,
        timezone.now(),
    )
    agreement.save(update_fields=["step", "status", "confirmed_by", "confirmed_at"])
    state = state_space()
    steps = [agreement.step]
    if town.has_state_step and state is not None:
        steps.append(get_or_create_step(state.reviewers))
    is_two = len(steps) > 1
    drafts = hand_over_reviews(town, ReviewSource.NEIGHBOUR, steps, has_state_step=is_two, by=by)
    sentence = gettext_lazy("Desde hoy «%(neighbour)s» revisa lo que publica «%(town)s», hasta el %(day)s.")
    notify_sides(
        agreement, [agreement.neighbour], gettext_lazy("Empezó un acuerdo de revisión"), sentence, by
    )
    notify_town(agreement, gettext_lazy("Empezó un acuerdo de revisión"), sentence, drafts, by)
    return agreement


@tree_lock()
def end_agreement(key: int, by: User) -> ReviewAgreement:
    """End an agreement early, or refuse one that does not run yet.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    agreement = load_agreement(key)
    if not may_end(agreement, by):
        raise NotAllowed(_("Ese acuerdo ya terminó, o no te toca terminarlo."))
    finish_agreement(agreement, by)
    return agreement


@tree_lock()
def end_overdue_agreement(key: int) -> None:
    """End an agreement whose last day has passed, or whose neighbour was suspended."""
    agreement = load_agreement(key)
    if find_overdue_agreements().filter(pk=key).exists():
        finish_agreement(agreement, None)


def find_overdue_agreements() -> QuerySet[ReviewAgreement]:
    """Return the open agreements that are over: by their day, or because the neighbour is suspended."""
    is_over = Q(ends__lt=timezone.localdate()) | Q(neighbour__municipality__live=False)
    is_over |= Q(neighbour__holder__suspended_on__isnull=False)
    return ReviewAgreement.objects.filter(is_over, status__in=OPEN_AGREEMENTS).order_by("pk")


def collect_overdue_work() -> Iterable[tuple[str, partial[None]]]:
    """Implement the hook ``scheduled_work``: name and function of each agreement that is over."""
    rows = find_overdue_agreements().select_related("town__municipality", "neighbour__municipality")
    return [(str(agreement), partial(end_overdue_agreement, agreement.pk)) for agreement in rows]


def finish_agreement(agreement: ReviewAgreement, by: User | None) -> None:
    """End ``agreement``: pending reviews and later content go to the state's reviewers."""
    was_running = agreement.status == AgreementStatus.IN_FORCE
    agreement.status = AgreementStatus.ENDED if was_running else AgreementStatus.REFUSED
    agreement.ended_by, agreement.ended_at = by, timezone.now()
    agreement.save(update_fields=["status", "ended_by", "ended_at"])
    if not was_running:
        sentence = gettext_lazy("No habrá acuerdo: «%(neighbour)s» no revisa lo que publica «%(town)s».")
        sides = [agreement.town, agreement.neighbour]
        notify_sides(agreement, sides, gettext_lazy("No se hizo un acuerdo de revisión"), sentence, by)
        return
    town, state = agreement.town, ReviewSource.STATE
    groups = choose_review_steps(town.holder.reviewers, state, has_state_step=False)
    steps = [get_or_create_step(group) for group in groups]
    drafts = hand_over_reviews(town, state, steps, has_state_step=False, by=by)
    sentence = gettext_lazy("«%(neighbour)s» ya no revisa lo que publica «%(town)s».")
    notify_sides(
        agreement, [agreement.neighbour], gettext_lazy("Terminó un acuerdo de revisión"), sentence, by
    )
    more = gettext_lazy(
        "Desde hoy lo revisa el equipo estatal, también lo que esperaba: no tienes que enviarlo otra vez."
    )
    notify_town(
        agreement,
        gettext_lazy("Terminó un acuerdo de revisión"),
        format_lazy("{} {}", sentence, more),
        drafts,
        by,
    )


def create_shared_step(agreement: ReviewAgreement) -> ReviewTask:
    """Create the step of an agreement: the neighbour's reviewers decide at it, until its last day."""
    lender = agreement.neighbour.holder
    name = _("%(neighbour)s, por acuerdo con %(town)s") % {"neighbour": lender, "town": agreement.town.holder}
    step: ReviewTask = ReviewTask.objects.create(name=name[:NAME_LENGTH], lender=lender, until=agreement.ends)
    step.groups.set([lender.reviewers])
    return step


def load_agreement(key: int) -> ReviewAgreement:
    """Return an agreement with the related rows that its actions read.

    Raises:
        NotAllowed: if there is none.
    """
    places = ("town__municipality", "town__holder__workflow", "town__holder__reviewers")
    rows = ReviewAgreement.objects.select_related(
        *places, "neighbour__municipality", "neighbour__holder__reviewers", "proposed_by"
    )
    agreement = rows.filter(pk=key).first()
    if agreement is None:
        raise NotAllowed(_("Ese acuerdo ya no existe."))
    return agreement


# --- E-mails ---------------------------------------------------------------------------------------------


def notify_sides(
    agreement: ReviewAgreement, sides: list[MunicipalitySpace], subject: Text, sentence: Text, by: User | None
) -> None:
    """Notify the administrators of ``sides`` and the state team."""
    groups = [side.holder.administrators_id for side in sides]

    def write(reader: User) -> EmailText:
        text = f"{fill_sentence(agreement, sentence, by)}\n\n{build_admin_url('spaces:agreements')}"
        return str(subject), text

    notify({*active_members(*groups), *state_team()}, write, by)


def notify_town(
    agreement: ReviewAgreement, subject: Text, sentence: Text, drafts: list[str], by: User | None
) -> None:
    """Notify all people of the municipality, with the titles of the reviews that became drafts."""
    space = agreement.town.holder
    people = active_members(space.editors_id, space.reviewers_id, space.administrators_id)

    def write(reader: User) -> EmailText:
        lines = [
            _("«%(title)s» volvió a borrador: corrígelo y envíalo otra vez.") % {"title": title}
            for title in drafts
        ]
        review = _("Quién revisa: %(review)s.") % {"review": describe_review(agreement.town)}
        link = build_admin_url("wagtailadmin_home")
        return str(subject), "\n\n".join([fill_sentence(agreement, sentence, by), review, *lines, link])

    notify(set(people) - set(state_team()), write, by)


def fill_sentence(agreement: ReviewAgreement, sentence: Text, by: User | None) -> str:
    return str(sentence) % {
        "who": by.public_name if by else "",
        "town": agreement.town.holder,
        "neighbour": agreement.neighbour.holder,
        "day": full_date(agreement.ends),
    }
