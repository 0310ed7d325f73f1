"""Factories for the registry and for most page types.

Pages are made as drafts; ``published(page)`` imports the page, and what is above it and not live yet.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site
from wagtail_factories import PageFactory

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from abierto.registry.enums import GovernmentLevel, InstitutionKind, SeatRole
from abierto.registry.models import (
    GlossaryTerm,
    Institution,
    Municipality,
    Person,
    SDGGoal,
    SDGTarget,
    Seat,
    Secretariat,
)
from abierto.registry.models.reviewed import ReviewedRow
from pages.core.base import BasePage
from pages.declarations.models import DeclarationPage, Signatory
from pages.home.models import HomePage
from pages.municipalities.models import MicrositePage, MunicipalityIndexPage
from pages.plans.commitments import CommitmentPage
from pages.plans.enums import PartyRole
from pages.plans.inlines import CommitmentAction, CommitmentParty
from pages.plans.models import AxisPage, PlanIndexPage, PlanPage
from pages.reports.inlines import Erratum
from pages.reports.models import ReportPage
from pages.secretariats.models import SecretariatPage
from pages.secretariats.sessions import SessionPage
from pages.standard.models import StandardPage
from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage
from tests.completing import complete

Figure = int | str | Decimal | None

# --- Publishing ----------------------------------------------------------------------------------------


def published[AnyPage: BasePage](page: AnyPage, by: User | None = None) -> AnyPage:
    """Make ``page`` live through the named import, and what is above it where needed; return it fresh."""
    for above in page.get_ancestors().filter(depth__gt=1, live=False).specific():
        _publish(above, by)
    _publish(page, by)
    return type(page).objects.get(pk=page.pk)


def republished(row: ReviewedRow, **changed: Any) -> ReviewedRow:
    """Return a public registry row changed through the named import."""
    for name, value in changed.items():
        setattr(row, name, value)
    with imported("Ficha de una prueba"):
        row.save_revision().publish()
    return type(row).objects.get(pk=row.pk)


def _publish(page: Page, by: User | None) -> None:
    complete(page)
    with imported("Página de una prueba", by=by):
        page.save_revision(user=by).publish(user=by)


# --- Accounts and registry -----------------------------------------------------------------------------


class UserFactory(DjangoModelFactory):
    username = factory.Sequence(lambda number: f"cuenta-{number}")
    first_name = "Ana"
    last_name = factory.Sequence(lambda number: f"Prueba {number}")

    class Meta:
        model = User


class RowFactory(DjangoModelFactory):
    """A registry row, made public by an import; with ``live=False``, a draft."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[ReviewedRow], *args: Any, **kwargs: Any) -> ReviewedRow:
        if kwargs.get("live", True):
            kwargs.setdefault("last_published_at", timezone.now())
        with imported("Ficha de una prueba"):
            return super()._create(model_class, *args, **kwargs)


class InstitutionFactory(RowFactory):
    name = factory.Sequence(lambda number: f"Instituto de pruebas {number}")
    acronym = factory.Sequence(lambda number: f"IP{number}")
    kind = InstitutionKind.AUTONOMOUS

    class Meta:
        model = Institution


class PersonFactory(RowFactory):
    name = factory.Sequence(lambda number: f"Persona {number}")
    honorific = "Lic."

    class Meta:
        model = Person


class MunicipalityFactory(RowFactory):
    code = factory.Sequence(lambda number: f"11{number % 1000:03d}")
    name = factory.Sequence(lambda number: f"Municipio {number}")

    class Meta:
        model = Municipality


class SecretariatFactory(RowFactory):
    name = factory.Sequence(lambda number: f"Secretariado técnico {number}")
    level = GovernmentLevel.STATE

    class Meta:
        model = Secretariat


class SeatFactory(RowFactory):
    secretariat = factory.SubFactory(SecretariatFactory)
    institution = factory.SubFactory(InstitutionFactory)
    person = factory.SubFactory(PersonFactory)
    role = SeatRole.HOLDER

    class Meta:
        model = Seat


class SDGGoalFactory(DjangoModelFactory):
    number = 16
    title = "Paz, justicia e instituciones sólidas"

    class Meta:
        model = SDGGoal
        django_get_or_create = ("number",)


class SDGTargetFactory(DjangoModelFactory):
    goal = factory.SubFactory(SDGGoalFactory)
    code = "16.6"
    title = "Instituciones eficaces y transparentes"

    class Meta:
        model = SDGTarget
        django_get_or_create = ("code",)


class GlossaryTermFactory(RowFactory):
    term = factory.Sequence(lambda number: f"término {number}")
    definition = "Lo que quiere decir."

    class Meta:
        model = GlossaryTerm


# --- Pages ---------------------------------------------------------------------------------------------


def home() -> HomePage:
    """Return the portal's home page, created and set as the site's root if missing."""
    page = HomePage.objects.filter(alias_of__isnull=True).order_by("path").first()
    if page is None:
        page = Page.get_first_root_node().add_child(
            instance=HomePage(title="Gobierno abierto", slug="inicio", live=False)
        )
        with imported("Portada de una prueba"):
            Site.objects.update_or_create(
                is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": page}
            )
    return page


class DraftPageFactory(PageFactory):
    live = False
    slug = factory.LazyAttribute(lambda page: slugify(page.title))

    class Meta:
        abstract = True


class PlanIndexPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    title = "Planes"

    class Meta:
        model = PlanIndexPage
        django_get_or_create = ("slug", "parent")


class PlanPageFactory(DraftPageFactory):
    parent = factory.SubFactory(PlanIndexPageFactory)
    title = factory.Sequence(lambda number: f"Plan {number} de prueba")
    period_start = datetime.date(2022, 8, 1)
    period_end = datetime.date(2024, 8, 31)

    class Meta:
        model = PlanPage


class AxisPageFactory(DraftPageFactory):
    parent = factory.SubFactory(PlanPageFactory)
    code = factory.Sequence(lambda number: str(number + 1))
    title = factory.LazyAttribute(lambda axis: f"Eje {axis.code}")

    class Meta:
        model = AxisPage


class CommitmentPageFactory(DraftPageFactory):
    """A commitment; ``actions`` is their number or the fields of each, ``responsible`` an institution."""

    parent = factory.SubFactory(AxisPageFactory)
    code = factory.Sequence(lambda number: f"1.{number + 1}")
    title = factory.LazyAttribute(lambda commitment: f"Compromiso {commitment.code}")

    class Meta:
        model = CommitmentPage
        skip_postgeneration_save = True

    @factory.post_generation
    def actions(
        self, create: bool, extracted: int | Iterable[Mapping[str, Any]] | None, **kwargs: Any
    ) -> None:
        fields = [{} for _ in range(extracted)] if isinstance(extracted, int) else list(extracted or [])
        for number, values in enumerate(fields, 1):
            row = {"number": number, "title": f"Acción {number}", "sort_order": number, **values}
            self.actions.add(CommitmentAction(**row))
        _save_rows(self, create, fields)

    @factory.post_generation
    def responsible(self, create: bool, extracted: Institution | None, **kwargs: Any) -> None:
        if extracted is not None:
            self.parties.add(CommitmentParty(institution=extracted, role=PartyRole.RESPONSIBLE))
        _save_rows(self, create, extracted)


class ProgressUpdatePageFactory(DraftPageFactory):
    """An update; ``rows`` maps the number of an action to its percentage, its stage or None."""

    parent = factory.SubFactory(CommitmentPageFactory, actions=2)
    title = factory.LazyAttribute(lambda update: f"Avance al {update.period_end}")
    period_start = datetime.date(2023, 8, 1)
    period_end = datetime.date(2023, 11, 30)

    class Meta:
        model = ProgressUpdatePage
        skip_postgeneration_save = True

    @factory.post_generation
    def rows(self, create: bool, extracted: Mapping[int, Figure] | None, **kwargs: Any) -> None:
        keys = {action.number: action.translation_key for action in self.get_parent().specific.actions.all()}
        for order, (number, figure) in enumerate((extracted or {}).items()):
            self.rows.add(UpdateRow(action_key=keys[number], sort_order=order, **_value(figure)))
        _save_rows(self, create, extracted)


class ReportPageFactory(DraftPageFactory):
    parent = factory.SubFactory(PlanPageFactory)
    number = factory.Sequence(lambda number: number + 1)
    title = factory.LazyAttribute(lambda report: f"Informe {report.number}")
    period_start = datetime.date(2022, 8, 1)
    period_end = datetime.date(2023, 11, 30)
    cutoff = datetime.date(2023, 11, 30)

    class Meta:
        model = ReportPage


class SecretariatPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    secretariat = factory.SubFactory(SecretariatFactory)
    title = factory.LazyAttribute(lambda page: page.secretariat.name)

    class Meta:
        model = SecretariatPage


class SessionPageFactory(DraftPageFactory):
    parent = factory.SubFactory(SecretariatPageFactory)
    number = factory.Sequence(lambda number: number + 1)
    title = factory.LazyAttribute(lambda session: f"Sesión {session.number}")
    starts_at = datetime.datetime(2023, 12, 6, 16, 0, tzinfo=datetime.UTC)
    place = "Guanajuato capital"

    class Meta:
        model = SessionPage


class DeclarationPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    title = factory.Sequence(lambda number: f"Declaración {number}")
    signed_on = datetime.date(2017, 11, 15)
    place = "Guanajuato capital"

    class Meta:
        model = DeclarationPage


class StandardPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    title = factory.Sequence(lambda number: f"Página de texto {number}")

    class Meta:
        model = StandardPage


class MunicipalityIndexPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    title = "Municipios"

    class Meta:
        model = MunicipalityIndexPage
        django_get_or_create = ("slug", "parent")


class MicrositePageFactory(DraftPageFactory):
    parent = factory.SubFactory(MunicipalityIndexPageFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    title = factory.LazyAttribute(lambda page: page.municipality.name)

    class Meta:
        model = MicrositePage


# --- Rows: for drafts; those of a live page are written only with it -----------------------------------


class CommitmentActionFactory(DjangoModelFactory):
    page = factory.SubFactory(CommitmentPageFactory)
    number = factory.Sequence(lambda number: number + 1)
    title = factory.LazyAttribute(lambda action: f"Acción {action.number}")

    class Meta:
        model = CommitmentAction


class CommitmentPartyFactory(DjangoModelFactory):
    page = factory.SubFactory(CommitmentPageFactory)
    institution = factory.SubFactory(InstitutionFactory)
    role = PartyRole.RESPONSIBLE

    class Meta:
        model = CommitmentParty


class SignatoryFactory(DjangoModelFactory):
    page = factory.SubFactory(DeclarationPageFactory)
    institution = factory.SubFactory(InstitutionFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Signatory


class ErratumFactory(DjangoModelFactory):
    page = factory.SubFactory(ReportPageFactory)
    date = datetime.date(2024, 1, 15)
    text = "Decía 42 y debe decir 43."

    class Meta:
        model = Erratum


def _value(figure: Figure) -> dict[str, Any]:
    if isinstance(figure, str):
        return {"stage": figure}
    return {"percent": None if figure is None else Decimal(figure)}


def _save_rows(page: Page, create: bool, rows: Any) -> None:
    if create and rows:
        page.save()
