"""A small indexed portal for the tests of the results page."""

import tempfile
from pathlib import Path

from django.test import TestCase, override_settings
from django.urls import reverse

from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    StandardPageFactory,
    published,
)
from tests.shared_rows import built_once


@built_once
def portal():
    """Build the portal, and return its plan and its first commitment."""
    plan = PlanPageFactory(title="Plan 2022–2024", slug="pal-2022-2024")
    axis = AxisPageFactory(parent=plan, code="1", title="Aire limpio")
    problem = "El humo de los hornos <b>enferma</b> a la gente & a sus animales."
    first = published(
        CommitmentPageFactory(
            parent=axis, code="1.5", title="Vigilar las ladrilleras", actions=1, problem=problem
        )
    )
    published(ProgressUpdatePageFactory(parent=first, rows={1: 30}, title="Lo que se hizo"))
    published(CommitmentPageFactory(code="4", title="Transporte sin humo", problem="Camiones viejos."))
    published(StandardPageFactory(title="Qué es el gobierno abierto"))
    StandardPageFactory(title="Humo en borrador")
    return plan, first


class Portal(TestCase):
    """Two plans, commitments with and without figures, a page of text, a draft, and their index."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.enterClassContext(override_settings(ABIERTO_INDEX_DIR=Path(cls.folder.name) / "index"))
        cls.addClassCleanup(cls.folder.cleanup)
        super().setUpClass()

    def setUp(self):
        # Each test has its own index folder by default; these share one and do not change it.
        self.enterContext(override_settings(ABIERTO_INDEX_DIR=Path(self.folder.name) / "index"))

    @classmethod
    def setUpTestData(cls):
        cls.plan, cls.first = portal()
        rebuild(get_engine())

    def ask(self, **parameters):
        response = self.client.get(reverse("search:results"), parameters)
        self.assertEqual(response.status_code, 200)
        return response

    def suggested(self, text):
        response = self.client.get(reverse("search:suggestions"), {"q": text})
        self.assertEqual(response.status_code, 200)
        return [(offered["text"], offered["kind"]) for offered in response.json()["suggestions"]]


def titles(response):
    """Return the titles of the results, those inside of another card after it."""
    families = ([card, card.axis, *card.reports] for card in response.context["cards"])
    return [card.hit.title for family in families for card in family if card]
