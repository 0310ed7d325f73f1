"""Factories for the pages of taking part, for good practices, and for the rows of sessions."""

from __future__ import annotations

import datetime

import factory
from factory.django import DjangoModelFactory

from pages.participation.gatherings import CoCreationTablePage, ForumPage, TableParticipant
from pages.participation.models import CallPage, ConsultationPage, ParticipationIndexPage
from pages.practices.models import GoodPracticeIndexPage, GoodPracticePage
from pages.secretariats.inlines import Agreement, Attendance

from .factories import DraftPageFactory, InstitutionFactory, SessionPageFactory, home


class ParticipationIndexPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    title = "Participa"

    class Meta:
        model = ParticipationIndexPage
        django_get_or_create = ("slug", "parent")


class CallPageFactory(DraftPageFactory):
    parent = factory.SubFactory(ParticipationIndexPageFactory)
    title = factory.Sequence(lambda number: f"Convocatoria {number}")
    opens_on = datetime.date(2024, 1, 10)

    class Meta:
        model = CallPage


class ConsultationPageFactory(DraftPageFactory):
    parent = factory.SubFactory(ParticipationIndexPageFactory)
    title = factory.Sequence(lambda number: f"Consulta {number}")
    starts_on = datetime.date(2024, 2, 1)

    class Meta:
        model = ConsultationPage


class ForumPageFactory(DraftPageFactory):
    parent = factory.SubFactory(ParticipationIndexPageFactory)
    title = factory.Sequence(lambda number: f"Foro {number}")
    starts_on = datetime.date(2024, 3, 1)

    class Meta:
        model = ForumPage


class CoCreationTablePageFactory(DraftPageFactory):
    parent = factory.SubFactory(ParticipationIndexPageFactory)
    title = factory.Sequence(lambda number: f"Mesa {number}")
    starts_on = datetime.date(2024, 4, 1)

    class Meta:
        model = CoCreationTablePage


class TableParticipantFactory(DjangoModelFactory):
    page = factory.SubFactory(CoCreationTablePageFactory)
    institution = factory.SubFactory(InstitutionFactory)

    class Meta:
        model = TableParticipant


class GoodPracticeIndexPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    title = "Banco de buenas prácticas"

    class Meta:
        model = GoodPracticeIndexPage
        django_get_or_create = ("slug", "parent")


class GoodPracticePageFactory(DraftPageFactory):
    parent = factory.SubFactory(GoodPracticeIndexPageFactory)
    title = factory.Sequence(lambda number: f"Buena práctica {number}")
    year = 2023
    what_was_done = "Se publicó el presupuesto en una página."
    result = "La gente pregunta menos por lo mismo."
    how_to_repeat = "Pide los datos a tesorería y publícalos cada mes."

    class Meta:
        model = GoodPracticePage


class AttendanceFactory(DjangoModelFactory):
    page = factory.SubFactory(SessionPageFactory)
    institution = factory.SubFactory(InstitutionFactory)

    class Meta:
        model = Attendance


class AgreementFactory(DjangoModelFactory):
    page = factory.SubFactory(SessionPageFactory)
    text = "Publicar el acta."

    class Meta:
        model = Agreement
