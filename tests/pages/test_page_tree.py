"""The allowed parents and children of each page type."""

from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from pages.core.base import BasePage
from pages.declarations.models import DeclarationPage
from pages.home.models import HomePage
from pages.matrices.models import ResultsMatrixPage
from pages.matrices.trees import ProblemTreePage
from pages.municipalities.models import MicrositePage, MunicipalityIndexPage
from pages.observations.models import ObservationAnswerPage, ObservationIndexPage, ObservationPage
from pages.participation.gatherings import CoCreationTablePage, ForumPage
from pages.participation.models import CallPage, ConsultationPage, ParticipationIndexPage
from pages.plans.commitments import CommitmentPage
from pages.plans.models import AxisPage, PlanIndexPage, PlanPage
from pages.practices.models import GoodPracticeIndexPage, GoodPracticePage
from pages.reports.models import ReportPage
from pages.roadmaps.models import RoadmapPage
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from pages.rulings.parts import EasyReadPage, InfographicPage, PlainVersionPage, PublicVersionPage
from pages.secretariats.models import SecretariatPage
from pages.secretariats.sessions import SessionPage
from pages.standard.models import StandardPage
from pages.updates.models import ProgressUpdatePage

CHILDREN: dict[type[BasePage], set[type[BasePage]]] = {
    HomePage: {
        PlanIndexPage,
        SecretariatPage,
        DeclarationPage,
        MunicipalityIndexPage,
        RulingIndexPage,
        ParticipationIndexPage,
        GoodPracticeIndexPage,
        ObservationIndexPage,
        StandardPage,
    },
    ParticipationIndexPage: {CallPage, ConsultationPage, ForumPage, CoCreationTablePage},
    CallPage: set(),
    ConsultationPage: set(),
    ForumPage: {CoCreationTablePage},
    CoCreationTablePage: set(),
    GoodPracticeIndexPage: {GoodPracticePage},
    GoodPracticePage: set(),
    RulingIndexPage: {RulingIndexPage, RulingPage},
    RulingPage: {PublicVersionPage, PlainVersionPage, EasyReadPage, InfographicPage},
    PublicVersionPage: set(),
    PlainVersionPage: set(),
    EasyReadPage: set(),
    InfographicPage: set(),
    MunicipalityIndexPage: {MicrositePage, RoadmapPage},
    MicrositePage: {
        PlanPage,
        SecretariatPage,
        RoadmapPage,
        DeclarationPage,
        ParticipationIndexPage,
        StandardPage,
    },
    RoadmapPage: {ResultsMatrixPage, ProblemTreePage, ObservationAnswerPage},
    ObservationIndexPage: {ObservationPage},
    ObservationPage: set(),
    ObservationAnswerPage: set(),
    ResultsMatrixPage: set(),
    ProblemTreePage: set(),
    PlanIndexPage: {PlanPage},
    PlanPage: {
        AxisPage,
        ReportPage,
        StandardPage,
        GoodPracticePage,
        ResultsMatrixPage,
        ProblemTreePage,
    },
    AxisPage: {CommitmentPage},
    CommitmentPage: {ProgressUpdatePage, ObservationAnswerPage},
    ProgressUpdatePage: set(),
    ReportPage: set(),
    SecretariatPage: {SessionPage},
    SessionPage: set(),
    DeclarationPage: set(),
    StandardPage: {StandardPage},
}


class PageTreeTests(WagtailPageTestCase):
    def test_every_page_type_has_its_rule(self):
        types = {model for model in BasePage.__subclasses__() if model.__module__.startswith("pages.")}

        self.assertEqual(types, set(CHILDREN), "Name the type, and below its parent, in CHILDREN.")

    def test_a_parent_allows_its_children_and_no_others(self):
        for parent, children in CHILDREN.items():
            with self.subTest(parent=parent.__name__):
                self.assertAllowedSubpageTypes(parent, children)

    def test_a_child_goes_under_its_parents_and_no_others(self):
        for child in CHILDREN:
            parents = {parent for parent, children in CHILDREN.items() if child in children}
            with self.subTest(child=child.__name__):
                self.assertAllowedParentPageTypes(child, parents or {Page})

    def test_parent_and_child_name_each_other(self):
        for model, children in CHILDREN.items():
            parents = {parent for parent, below in CHILDREN.items() if model in below}
            with self.subTest(model=model.__name__):
                self.assertEqual(set(model.clean_parent_page_models()), parents or {Page})
                self.assertEqual(set(model.clean_subpage_models()), children)
                for child in children:
                    self.assertCanCreateAt(model, child)

    def test_only_the_home_page_goes_under_the_root(self):
        self.assertCanCreateAt(Page, HomePage)
        for model in CHILDREN.keys() - {HomePage}:
            with self.subTest(model=model.__name__):
                self.assertCanNotCreateAt(Page, model)
