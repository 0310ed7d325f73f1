"""A bundle with a date: its pages go public together, and if one cannot, its people are told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from abierto.accounts.models import User
from abierto.editorial.errors import NotTogether
from abierto.editorial.notices import members, state_team, tell
from abierto.editorial.review.together import Together
from abierto.reviewing.models import Bundle, BundleItem, BundleStatus
from abierto.tenancy.access import scope

from .looking import items_of, seen_bundles, task_state_of


def scheduled_together(revisions: Iterable[int]) -> Iterator[Together]:
    """Answer the command that publishes on a date: which of these go together, and what to check first."""
    items = BundleItem.objects.filter(
        bundle__status=BundleStatus.DONE, workflow_state__current_task_state__revision__in=list(revisions)
    )
    for bundle in Bundle.objects.filter(pk__in=items.values("bundle")):
        all_of_it = items_of(bundle)
        yield Together(
            name=_("paquete «%(name)s»") % {"name": bundle.name},
            revisions=[task_state_of(item).revision_id for item in all_of_it],
            check=partial(check_whole, all_of_it),
            failed=partial(note_failure, bundle),
        )


def check_whole(items: Iterable[BundleItem]) -> None:
    """Refuse to publish a bundle on its date when one of its pages was taken out of it."""
    for item in items:
        revision = task_state_of(item).revision
        revision.refresh_from_db(fields=["approved_go_live_at"])
        if revision.approved_go_live_at is None:
            raise NotTogether(_("Ya no está programada."), revision.pk, item.page.get_admin_display_title())


# --- When it fails -------------------------------------------------------------------------------------


@transaction.atomic
def note_failure(bundle: Bundle, error: NotTogether) -> None:
    """Keep why a bundle could not be published on its date, and tell its people; the first time only."""
    failed = TaskState.objects.filter(revision=error.revision, workflow_state__bundle_items__bundle=bundle)
    page = Page.objects.filter(
        pk__in=bundle.items.filter(workflow_state__in=failed.values("workflow_state")).values("page")
    ).first()
    first_time = Bundle.objects.filter(pk=bundle.pk, failed_at__isnull=True)
    if not first_time.update(failed_at=timezone.now(), failure=error.sentence, failed_page=page):
        return
    bundle.refresh_from_db()
    subject = _("El paquete «%(name)s» no se publicó en su fecha") % {"name": bundle.name}
    for person in people_of(bundle):
        tell([person], subject, told_to(person, bundle))


def told_to(person: User, bundle: Bundle) -> str:
    """Say what went wrong and what to do; another space's page is not named."""
    page = bundle.failed_page
    is_hers = page is not None and scope(Page.objects.filter(pk=page.pk), person).exists()
    what = f"«{page.draft_title}»: {bundle.failure}" if page and is_hers else _("Falló una página.")
    remedy = _("No se publicó nada del paquete. Quien lo envió lo retira, corrige esa página y arma otro.")
    return f"{what} {remedy}"


def people_of(bundle: Bundle) -> list[User]:
    """Return who sent a bundle, who wrote its pages, who reviews them and the state's team, each once."""
    states = [task_state_of(item) for item in items_of(bundle)]
    wrote = Q(pk__in=[state.revision.user_id for state in states]) | Q(pk=bundle.created_by_id)
    groups = Group.objects.filter(reviewtask__in=[state.task_id for state in states])
    named = User.objects.filter(wrote, is_active=True)
    found = {person.pk: person for person in [*named, *members(*groups), *state_team()]}
    return list(found.values())


def failed_for(user: User) -> list[Bundle]:
    """Return the bundles of the spaces of ``user`` whose date came and which are still not public."""
    dated = BundleItem.objects.filter(
        workflow_state__current_task_state__revision__approved_go_live_at__isnull=False
    )
    rows = seen_bundles(user).filter(
        status=BundleStatus.DONE, failed_at__isnull=False, pk__in=dated.values("bundle")
    )
    return list(rows.select_related("failed_page").order_by("-failed_at"))
