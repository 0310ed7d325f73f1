"""Change of administration of a municipality: end terms and accounts, archive its pages, start the next.

A confirmed act is applied the day after the administration ends: at once if that day has passed, else by
``manage.py publish_scheduled``. Content in review on that day becomes a draft, because its authors leave.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.notifications import EmailText, notify, state_team
from abierto.approval.overrides.direct_changes import hash_row
from abierto.registry.models import AdministrationPeriod, ArchivedBranch, Seat
from abierto.spaces.enums import ProposalStatus, Role
from abierto.spaces.models import MunicipalitySpace, ProvisionedPage, ReviewerProposal
from abierto.spaces.municipalities import add_template_page
from abierto.spaces.names import is_address_taken
from abierto.spaces.proposals import close_proposal, invite
from abierto.spaces.services import NewAccount
from abierto.spaces.team import EDITOR_DEACTIVATED, close_membership
from abierto.tenancy.access import own_groups, own_people
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.space_trees import TreeOwner, get_space_tree
from abierto.text import visible_text
from pages.core.formatting import full_date, join_words
from pages.municipalities.models import MicrositePage
from pages.secretariats.models import SecretariatPage
from pages.standard.models import StandardPage

from .models import AdministrationAct
from .publication import (
    apply_change,
    check_nothing_in_review,
    find_reviews_of_space,
    find_titles_in_review,
    read_titles,
)
from .services import ActKind, save_proposal

#: Page types that the next administration continues by default: texts, and the secretariat with former seats.
CONTINUED_TYPES = (StandardPage, SecretariatPage)


def propose_administration(
    town: MunicipalitySpace,
    name: str,
    ended_on: datetime.date,
    branches: Iterable[Page],
    accounts: Sequence[NewAccount],
    by: User,
) -> AdministrationAct:
    """Propose the end of an administration and the accounts with which the next begins.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    act = AdministrationAct(
        town=town,
        name=visible_text(name),
        ended_on=ended_on,
        branches=sorted(page.pk for page in branches),
        accounts=[asdict(account) for account in accounts],
    )
    return save_proposal(ADMINISTRATION, act, by)


# --- Rules -----------------------------------------------------------------------------------------------


def check_administration(act: AdministrationAct) -> None:
    """Refuse reversed dates, content in review, and accounts that cannot be invited.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    town = act.town
    if act.pk is None and AdministrationAct.objects.filter(town=town, status=ProposalStatus.OPEN).exists():
        raise NotAllowed(_("Ya hay una propuesta abierta sobre «%(space)s».") % {"space": town.holder})
    period = build_period(act)
    try:
        period.full_clean()
    except ValidationError as error:
        raise NotAllowed(" ".join(error.messages)) from error
    late = [seat for seat in find_seats(act) if seat.valid_from and seat.valid_from > act.ended_on]
    if late:
        raise NotAllowed(
            _("El asiento de %(seat)s empieza el %(day)s, después de que termina la administración. "
              "Corrige una de las dos fechas.")
            % {"seat": late[0], "day": full_date(late[0].valid_from)}
        )  # fmt: skip
    check_new_accounts(act)
    wanted = set(act.branches)
    if wanted - set(find_branches(town).values_list("pk", flat=True)):
        raise NotAllowed(
            _("Una de las páginas elegidas no es del micrositio, ya no es pública o ya es de otra.")
        )
    titles = read_titles(find_reviews_of_space(town.holder)) + find_titles_in_review(find_seats(act))
    check_nothing_in_review(dict.fromkeys(titles))


def check_new_accounts(act: AdministrationAct) -> None:
    """Require an administrator among the new accounts, and e-mail addresses without an account.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    accounts = read_new_accounts(act)
    if all(account.role != Role.ADMINISTRATOR for account in accounts):
        raise NotAllowed(_("Escribe quién administrará el espacio: recibe un enlace de un solo uso."))
    taken = [account.email for account in accounts if is_address_taken(account.email)]
    if taken:
        raise NotAllowed(_("Ya hay una cuenta con el correo %(address)s. Usa otro.") % {"address": taken[0]})


def read_new_accounts(act: AdministrationAct) -> list[NewAccount]:
    return [NewAccount(**{**account, "role": Role(account["role"])}) for account in act.accounts]


def build_period(act: AdministrationAct) -> AdministrationPeriod:
    return AdministrationPeriod(municipality=act.town.municipality, name=act.name, ended_on=act.ended_on)


def find_seats(act: AdministrationAct) -> QuerySet[Seat]:
    """Return the seats of the secretariats of the municipality whose term goes beyond its last day."""
    seats = Seat.objects.filter(secretariat__municipality=act.town.municipality_id)
    ends_later = Q(valid_until__isnull=True) | Q(valid_until__gt=act.ended_on)
    found: QuerySet[Seat] = seats.filter(ends_later).select_related("person").order_by("pk")
    return found


def find_members(space: Space) -> QuerySet[User]:
    return User.objects.filter(own_people([space]), is_active=True).distinct().order_by("pk")


def find_branches(town: MunicipalitySpace) -> QuerySet[Page]:
    """Return the public pages directly below the start page that no administration has yet."""
    start = MicrositePage.objects.filter(space_root__space=town.holder_id).source_language().first()
    if start is None:
        return Page.objects.none()
    found: QuerySet[Page] = Page.objects.child_of(start).filter(live=True, archived_branch__isnull=True)
    return found.order_by("path")


def is_continued(page: Page) -> bool:
    """Check whether a page usually stays with the next administration."""
    return issubclass(page.specific_class or Page, CONTINUED_TYPES)


# --- The act ---------------------------------------------------------------------------------------------


def describe_act(act: AdministrationAct) -> list[str]:
    """Return the effects of the act, one sentence each."""
    town = act.town
    seats, people = find_seats(act).count(), find_members(town.holder).count()
    pages = Page.objects.filter(pk__in=act.branches).order_by("path").values_list("title", flat=True)
    effects = [
        _("Último día de «%(name)s»: %(day)s.") % {"name": act.name, "day": full_date(act.ended_on)},
        ngettext(
            "Ese día termina %(number)s asiento del secretariado.",
            "Ese día terminan %(number)s asientos del secretariado.",
            seats,
        )
        % {"number": seats},
        ngettext(
            "Al día siguiente se cierra %(number)s cuenta del municipio.",
            "Al día siguiente se cierran %(number)s cuentas del municipio.",
            people,
        )
        % {"number": people},
    ]
    if pages:
        effects.append(
            _("Siguen públicas, con el nombre de su administración: %(pages)s.")
            % {"pages": join_words(list(pages))}
        )
    for account in read_new_accounts(act):
        effects.append(
            _("Se invita a %(name)s (%(email)s): %(role)s.")
            % {
                "name": f"{account.first_name} {account.last_name}".strip(),
                "email": account.email,
                "role": account.role.label,
            }
        )
    return effects


def apply_confirmed(act: AdministrationAct, by: User) -> None:
    """Apply the act if its last day has passed; else ``publish_scheduled`` applies it."""
    if act.ended_on < timezone.localdate():
        change_administration(act, by)


def change_administration(act: AdministrationAct, by: User) -> None:
    """End terms and accounts, archive the pages, and start the next administration, in one transaction."""
    town, space = act.town, act.town.holder
    for state in find_reviews_of_space(space):
        state.cancel(user=by)

    def end_term(seat: Seat) -> None:
        seat.valid_until = act.ended_on

    for seat in find_seats(act):
        apply_change(seat, end_term, act, by)
    close_accounts(space, by)
    period = build_period(act)
    period.save()
    branches = Page.objects.filter(pk__in=act.branches, archived_branch__isnull=True).order_by("path")
    archived = [
        ArchivedBranch(period=period, page=version)
        for page in branches
        for version in find_translations(page)
    ]
    ArchivedBranch.objects.bulk_create(archived)
    create_next_drafts(town, [row.page_id for row in archived], act)
    for account in read_new_accounts(act):
        invite(account, account.role, space, by, act.proposed_by)
    act.applied_at = timezone.now()
    act.save(update_fields=["applied_at"])
    Approval.record(
        period,
        ApprovalKind.DIRECT,
        sha=hash_row(period),
        reporter=act.proposed_by,
        approver=by,
        comment=_("%(act)s. Último día: %(day)s.") % {"act": act, "day": full_date(act.ended_on)},
    )

    def write(reader: User) -> EmailText:
        subject = _("Cambió la administración de «%(space)s»") % {"space": space}
        return subject, "\n".join(describe_result(act, archived))

    notify(state_team(), write)


def find_translations(page: Page) -> Iterable[Page]:
    """Return a page with its translations."""
    return page.get_translations(inclusive=True).order_by("path")


def describe_result(act: AdministrationAct, archived: Sequence[ArchivedBranch]) -> list[str]:
    return [
        _("Terminó «%(name)s». Sus cuentas están cerradas.") % {"name": act.name},
        _("Páginas con su nombre: %(number)s.") % {"number": len(archived)},
    ]


def close_accounts(space: Space, by: User) -> None:
    """Remove the members of ``space`` from its groups; deactivate accounts without another role."""
    for account in find_members(space):
        for group in Group.objects.filter(own_groups([space])):
            close_membership(account, group)
        log(instance=account, action=EDITOR_DEACTIVATED, user=by)
    for proposal in ReviewerProposal.objects.filter(holder=space, status=ProposalStatus.OPEN):
        close_proposal(proposal, ProposalStatus.WITHDRAWN, by)


def create_next_drafts(
    town: MunicipalitySpace, archived: Sequence[int], act: AdministrationAct
) -> list[Page]:
    """Create a draft from the template for each archived page, with the year in its slug."""
    tree = get_space_tree(SpaceKind.MUNICIPALITY)
    owner = TreeOwner(town.holder, town.municipality, "", "", "")
    rows = ProvisionedPage.objects.filter(holder=town.holder, page__in=archived)
    added = []
    for row in rows.select_related("template", "page").order_by("template__order", "pk"):
        template, root = row.template, row.page.get_parent()
        template.slug = f"{template.slug}-{act.ended_on.year}"
        if root.get_children().filter(slug=template.slug).exists():
            template.slug = f"{template.slug}-{act.ended_on.month}"
        page = add_template_page(tree, owner, root, template, act.proposed_by, is_public=False)
        if page is not None:
            ProvisionedPage.objects.filter(pk=row.pk).update(page=page.pk)
            added.append(page)
    return added


# --- On its day ------------------------------------------------------------------------------------------


def collect_due_changes() -> Iterable[tuple[str, partial[None]]]:
    """Implement the hook ``scheduled_work``: name and function of each confirmed act that is due."""
    return [(str(act), partial(apply_due_change, act.pk)) for act in find_due_acts()]


def find_due_acts() -> QuerySet[Any]:
    return (
        AdministrationAct.objects.filter(
            status=ProposalStatus.CONFIRMED, applied_at=None, ended_on__lt=timezone.localdate()
        )
        .select_related("town__holder", "town__municipality", "proposed_by", "decided_by")
        .order_by("pk")
    )


def apply_due_change(key: int) -> None:
    """Apply a confirmed act on its day in the names of its two people; the caller must hold the tree lock."""
    act = find_due_acts().filter(pk=key).first()
    if act is not None:
        change_administration(act, act.decided_by)


ADMINISTRATION = ActKind(
    "administration", AdministrationAct, describe_act, check_administration, apply_confirmed
)
