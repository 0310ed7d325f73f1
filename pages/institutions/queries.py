"""Read the public commitments and people of institutions from pages and the registry."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from abierto.registry.models import Institution, Person, Seat
from abierto.tenancy.tree_paths import parent_path
from pages.core.content_language import mark_source_language
from pages.core.slugs import make_slug
from pages.figures.models import ProgressFigure
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentParty
from pages.plans.models import PlanPage
from pages.sharing.share_text import describe_figure


@dataclass(frozen=True)
class PromisedCommitment:
    """A commitment to which the institution is a party."""

    page: CommitmentPage
    url: str
    roles: list[str]
    figure: str
    note: str


@dataclass
class PlanPromises:
    """The commitments of one plan to which the institution is a party."""

    plan: PlanPage
    url: str
    commitments: list[PromisedCommitment] = field(default_factory=list)


@dataclass(frozen=True)
class PostHolder:
    """A person in the post that public documents state."""

    post: str
    person: Person
    secretariat: str = ""
    role: str = ""
    until: datetime.date | None = None


def institution_url(institution: Institution) -> str:
    """Return the address of the page of ``institution``; only the number in it identifies the institution."""
    return reverse("pages:institution", args=[institution.pk, make_slug(institution.name) or "institucion"])


def read_commitments(institution: Institution) -> list[CommitmentPage]:
    """Return the public commitments of ``institution``, each in the visitor's language where it exists.

    The rows of the institution are prefetched as ``parties``.
    """
    rows = CommitmentParty.objects.filter(institution=institution).select_related("person")
    pages = (
        CommitmentPage.objects.public()
        .filter(pk__in=CommitmentParty.objects.filter(institution=institution).values("page"))
        .filter(alias_of__isnull=True)
        .select_related("locale")
        .prefetch_related(Prefetch("parties", queryset=rows.order_by("sort_order", "pk")))
        .order_by("path")
    )
    return choose_language(pages)


def choose_language(pages: Iterable[CommitmentPage]) -> list[CommitmentPage]:
    """Return one of the translations of each page: the visitor's, else the first."""
    language = get_language()
    chosen: dict[object, CommitmentPage] = {}
    for page in pages:
        if page.translation_key not in chosen or page.locale.language_code == language:
            chosen[page.translation_key] = page
    return list(chosen.values())


def group_by_plan(commitments: list[CommitmentPage], request: HttpRequest) -> list[PlanPromises]:
    """Return the commitments with their figures, grouped by plan, the newest plan first."""
    figures = ProgressFigure.objects.by_key(page.translation_key for page in commitments)
    paths = {page.pk: parent_path(parent_path(page.path)) for page in commitments}
    plans = PlanPage.objects.filter(path__in=set(paths.values())).select_related("locale")
    plans = plans.order_by("-period_start", "path")
    groups = {plan.path: PlanPromises(plan, plan.get_url(request) or "") for plan in plans}
    for page in commitments:
        if (group := groups.get(paths[page.pk])) is not None:
            roles = dict.fromkeys(party.get_role_display() for party in page.parties.all())
            figure = figures.get(page.translation_key) if group.plan.measures_progress else None
            url = page.get_url(request) or ""
            shown, note = describe_figure(figure)
            if figure is not None and shown == figure.stage:
                shown = mark_source_language(shown)
            group.commitments.append(PromisedCommitment(page, url, list(roles), shown, note))
    return list(groups.values())


def read_people(institution: Institution, commitments: Iterable[CommitmentPage]) -> list[PostHolder]:
    """Return the public people of ``institution``: from its seats and from the parties of commitments."""
    seats = Seat.objects.public().filter(institution=institution).select_related("person", "secretariat")
    found = {
        (seat.person_id, seat.post): PostHolder(
            seat.post, seat.person, str(seat.secretariat), seat.get_role_display(), seat.valid_until
        )
        for seat in seats.order_by("order", "pk")
    }
    for page in commitments:
        for party in page.parties.all():
            if (person := party.public_person) is not None:
                key = (person.pk, party.post)
                found.setdefault(key, PostHolder(party.post, person, until=party.valid_until))
    return sorted(found.values(), key=lambda holder: (holder.post == "", holder.post, holder.person.name))


def list_institutions() -> QuerySet[Institution]:
    """Return the public institutions with the number of their public commitments."""
    public = CommitmentPage.objects.public().source_language()
    parties = CommitmentParty.objects.filter(institution=OuterRef("pk"), page__in=public)
    counted = parties.order_by().values("institution").annotate(n=Count("page", distinct=True)).values("n")
    rows: QuerySet[Institution] = Institution.objects.public().annotate(commitment_count=Subquery(counted))
    return rows.order_by("name")
