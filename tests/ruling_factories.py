"""Factories for rulings and their parts."""

from __future__ import annotations

import datetime

import factory

from abierto.media.models import PortalImage
from abierto.registry.enums import InstitutionKind
from pages.rulings.enums import Matter
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from pages.rulings.parts import EasyReadPage, InfographicPage, PlainVersionPage, PublicVersionPage

from .abierto.media.uploads import picture, upload
from .factories import DraftPageFactory, InstitutionFactory, UserFactory, home


class RulingIndexPageFactory(DraftPageFactory):
    parent = factory.LazyFunction(home)
    tribunal = factory.SubFactory(InstitutionFactory, kind=InstitutionKind.TRIBUNAL)
    title = factory.LazyAttribute(
        lambda page: f"Sentencias de {page.tribunal}" if page.tribunal else "Sentencias"
    )

    class Meta:
        model = RulingIndexPage


class RulingPageFactory(DraftPageFactory):
    parent = factory.SubFactory(RulingIndexPageFactory)
    title = factory.Sequence(lambda number: f"Sentencia de prueba {number}")
    case_number = factory.Sequence(lambda number: f"{number + 1}/2023")
    matter = Matter.ADMINISTRATIVE
    decided_on = datetime.date(2023, 5, 10)
    decision = "El tribunal anuló la multa."

    class Meta:
        model = RulingPage


class RulingPartFactory(DraftPageFactory):
    parent = factory.SubFactory(RulingPageFactory)
    title = ""
    slug = ""

    class Meta:
        abstract = True


class PublicVersionPageFactory(RulingPartFactory):
    """The text of a ruling; ``texts`` are those of its pages, from the first."""

    anonymized_by = factory.SubFactory(UserFactory)
    names_reviewed_by = factory.SubFactory(UserFactory)
    pages = factory.LazyAttribute(
        lambda page: [("page", {"number": n, "text": t}) for n, t in enumerate(page.texts, 1)]
    )

    class Meta:
        model = PublicVersionPage

    class Params:
        texts = ("Vistos los autos. Se resuelve.",)


class PlainVersionPageFactory(RulingPartFactory):
    what_happened = "<p>La multa llegó sin aviso. Ella fue al tribunal.</p>"
    what_was_decided = "<p>La multa no vale.</p>"
    why = "<p>Antes de una multa te deben oír.</p>"
    what_next = "<p>Le dan de vuelta su dinero.</p>"

    class Meta:
        model = PlainVersionPage


class EasyReadPageFactory(RulingPartFactory):
    text = "<p>La multa no vale.</p>"

    class Meta:
        model = EasyReadPage


def make_image() -> PortalImage:
    image = PortalImage(title="Infografía", description="La multa.", file=upload("multa.png", picture()))
    image.save()
    return image


class InfographicPageFactory(RulingPartFactory):
    image = factory.LazyFunction(make_image)
    intro = "La multa y su camino."
    steps = (
        ("step", {"title": "La multa", "text": "Llega sin aviso."}),
        ("step", {"title": "El fallo", "text": "No vale."}),
    )

    class Meta:
        model = InfographicPage
