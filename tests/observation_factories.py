"""Factories of observations and of their answers."""

from __future__ import annotations

import datetime

import factory

from pages.observations.models import ObservationAnswerPage, ObservationIndexPage, ObservationPage

from .factories import CommitmentPageFactory, DraftPageFactory, InstitutionFactory, home

ISSUED, DUE, ANSWERED = (
    datetime.date(2024, 2, 1),
    datetime.date(2024, 3, 1),
    datetime.date(2024, 2, 20),
)


class ObservationIndexPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    title = "Observaciones"

    class Meta:
        model = ObservationIndexPage
        django_get_or_create = ("slug", "parent")


class ObservationPageFactory(DraftPageFactory):
    """An observation about ``subject``, a page that should be public."""

    parent = factory.SubFactory(ObservationIndexPageFactory)
    title = factory.Sequence(lambda number: f"Observación {number}")
    institution = factory.SubFactory(InstitutionFactory)
    subject = factory.SubFactory(CommitmentPageFactory)
    text = "Falta publicar el acta."
    issued_on = ISSUED
    due_on = DUE

    class Meta:
        model = ObservationPage


class ObservationAnswerPageFactory(DraftPageFactory):
    """An answer below the observed page."""

    observation = factory.SubFactory(ObservationPageFactory)
    parent = factory.LazyAttribute(lambda answer: answer.observation.subject.specific)
    title = factory.Sequence(lambda number: f"Respuesta {number}")
    text = "El acta ya está publicada."
    answered_on = ANSWERED

    class Meta:
        model = ObservationAnswerPage
