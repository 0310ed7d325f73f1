"""Assign each published commitment to the space of its responsible institution.

The first responsible institution that is valid on the day decides. Its space, if any, gets the
commitment with its updates; without one the commitment returns to the space above it, the state's. The plan
of a municipality is not divided, and a commitment without a responsible institution stays in its space.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, WorkflowState

from abierto.accounts.models import User
from abierto.approval.notifications import EmailText, active_members, notify
from abierto.approval.reader_links import build_admin_url
from abierto.approval.references.extraction import iter_references
from abierto.approval.roles.grants import acting_user
from abierto.media.access import is_restricted
from abierto.media.models import PortalDocument, PortalImage
from abierto.media.models.base import OwnedFile
from abierto.registry.models import Institution, InstitutionSpace
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.provisioning import assign_root, get_shared_collection, release_root
from abierto.tenancy.reference_policy import belongs_to_state, may_open
from abierto.tenancy.tree_paths import below_any, branch_paths

from .enums import PartyRole

#: A ``CommitmentPage``, which imports this module and so is not named here.
type Commitment = Any

FILES: tuple[type[OwnedFile], ...] = (PortalDocument, PortalImage)


@dataclass(frozen=True)
class HandOver:
    """The current space of a commitment, and the space that its public version assigns it to."""

    institution: Institution | None
    current: Space | None
    target: Space | None
    above: Space | None
    """The space of the parent page, to which a commitment belongs unless another space has it."""

    @property
    def is_change(self) -> bool:
        return self.current != self.target


def find_responsible_institution(page: Commitment, day: datetime.date) -> Institution | None:
    """Return the first responsible institution that is valid on ``day``."""
    rows = (row for row in page.parties.all() if row.role == PartyRole.RESPONSIBLE and row.is_valid_on(day))
    first = next(rows, None)
    institution: Institution | None = first.institution if first is not None else None
    return institution


def find_spaces(page: Page) -> tuple[Space | None, Space | None]:
    """Return the space of ``page`` and the space of the page above it, with one query."""
    roots = SpaceRoot.objects.filter(page__path__in=branch_paths(page.path)).order_by("-page__path")
    nearest = list(roots.select_related("space", "page"))
    above = [root.space for root in nearest if root.page_id != page.pk]
    return (nearest[0].space if nearest else None), (above[0] if above else None)


def find_hand_over(page: Commitment, day: datetime.date | None = None) -> HandOver:
    """Return the hand-over of ``page`` if this content were published on ``day`` (default: today)."""
    institution = find_responsible_institution(page, day or timezone.localdate())
    current, above = find_spaces(page)
    target = current
    if institution is not None and belongs_to_state(above):
        link = InstitutionSpace.objects.filter(institution=institution).select_related("holder").first()
        if link is not None:
            target = link.holder
        elif current is not None and current.institution_links.exists():
            target = above
    return HandOver(institution, current, target, above)


def follows_institution(page: Commitment) -> bool:
    """Check that the institution of ``page`` decides its space: it is no translation and no alias."""
    return bool(page.alias_of_id is None and page.locale_id == Locale.get_default().pk)


@transaction.atomic
def hand_over(page: Commitment) -> None:
    """Assign a commitment that was just published to the space of its responsible institution."""
    if not follows_institution(page) or find_responsible_institution(page, timezone.localdate()) is None:
        return
    change = find_hand_over(page)
    if not change.is_change:
        return
    if change.target is None or change.target == change.above:
        for root in SpaceRoot.objects.filter(page__in=page.get_translations(inclusive=True)):
            release_root(root)
    else:
        assign_root(change.target, page)
    versions = list(page.get_translations(inclusive=True))
    share_public_files(versions, change.target)
    if change.current is not None:
        cancel_reviews(versions, change.current)
    notify_hand_over(page, change, acting_user())


def branch_condition(pages: Iterable[Page]) -> models.Q:
    """Return the condition of these pages and their descendants."""
    return below_any(page.path for page in pages)


def share_public_files(pages: Iterable[Page], space: Space | None) -> None:
    """Move to the shared collection the files that the branches of ``pages`` show and ``space`` could not.

    They are public already; otherwise the pages would lose them. Files of restricted collections stay.
    """
    keys: dict[Any, set[Any]] = {model: set() for model in FILES}
    for page in Page.objects.filter(branch_condition(pages), live=True).specific():
        for reference in iter_references(page):
            if reference.model in keys:
                keys[reference.model].add(reference.pk)
    for model, found in keys.items():
        for file in model._default_manager.filter(pk__in=found).select_related("collection").order_by("pk"):
            if not may_open(space, file) and not is_restricted(file):
                file.collection = get_shared_collection()
                file.save(update_fields=["collection", "space"])


def cancel_reviews(pages: Iterable[Page], former: Space) -> None:
    """Cancel the reviews of the former space, whose reviewers may not open the pages any more."""
    keys = Page.objects.filter(branch_condition(pages)).values_list("pk", flat=True)
    states = WorkflowState.objects.active().filter(
        workflow=former.workflow_id,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(key) for key in keys],
    )
    for state in states.select_related("workflow", "current_task_state__task").order_by("pk"):
        state.cancel(user=acting_user())


def notify_hand_over(page: Commitment, change: HandOver, by: User | None) -> None:
    """Send an e-mail to the members of both spaces, except the state's."""
    title = page.get_admin_display_title()
    link = build_admin_url("wagtailadmin_explore", page.pk)
    for space in (change.target, change.current):
        if space is None or space.kind == SpaceKind.STATE:
            continue
        people = active_members(space.editors_id, space.reviewers_id, space.administrators_id)
        names = {"title": title, "space": space}
        notify(people, partial(_write_hand_over, names, link if space == change.target else ""), by)


def _write_hand_over(names: Mapping[str, Any], link: str, reader: User) -> EmailText:
    """Return the e-mail to the new space, which has a link to the page, or to the former one."""
    if link:
        text = _("«%(title)s» ya es de «%(space)s»: desde hoy reportan avance aquí.") % names
        return _("Ahora es de tu institución: %(title)s") % names, f"{text}\n{link}"
    text = _("«%(title)s» ya no es de «%(space)s»: lo que estaba en revisión volvió a borrador.") % names
    subject = _("Dejó de ser de tu institución: %(title)s") % names
    return subject, f"{text}\n{build_admin_url('wagtailadmin_home')}"


def describe_hand_over(page: Commitment) -> str:
    """Write which space will report on ``page`` once this content is published."""
    change = find_hand_over(page)
    current = change.current or _("el equipo estatal")
    if change.institution is None:
        sentence = _("Ninguna institución responsable está vigente: sigue siendo de «%(current)s».")
    elif not change.is_change and belongs_to_state(change.current):
        sentence = _("«%(institution)s» no tiene espacio: reporta avance el equipo estatal.")
    elif not change.is_change:
        sentence = _("Es de «%(current)s»: su equipo de edición reporta avance.")
    elif belongs_to_state(change.target):
        sentence = _(
            "Al publicarse pasa de «%(current)s» al equipo estatal, porque «%(institution)s» no tiene "
            "espacio. El equipo de «%(current)s» ya no podrá reportar avance."
        )
    elif belongs_to_state(change.current):
        sentence = _(
            "Al publicarse pasa a «%(target)s»: desde entonces su equipo de edición reporta avance. "
            "El equipo estatal sigue pudiendo."
        )
    else:
        sentence = _(
            "Al publicarse pasa de «%(current)s» a «%(target)s»: desde entonces reporta avance el equipo de "
            "edición de «%(target)s», y el de «%(current)s» ya no. Lo que esté en revisión vuelve a borrador."
        )
    return sentence % {"institution": change.institution, "current": current, "target": change.target}
