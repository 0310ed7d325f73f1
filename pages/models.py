"""All models of the app, for Django's discovery. Import them from their own modules."""

from .core.cache import PublicVersion, SpaceVersion
from .declarations.models import DeclarationPage, Signatory
from .figures.models import ProgressFigure
from .home.models import HomePage
from .matrices.models import MatrixRow, ResultsMatrixPage
from .matrices.trees import ProblemTreePage
from .municipalities.models import MicrositePage, MunicipalityIndexPage
from .observations.models import ObservationAnswerPage, ObservationIndexPage, ObservationPage
from .participation.gatherings import CoCreationTablePage, ForumPage, TableParticipant
from .participation.models import CallPage, ConsultationPage, ParticipationIndexPage
from .plans.commitments import CommitmentPage
from .plans.inlines import CommitmentAction, CommitmentParty
from .plans.models import AxisPage, PlanIndexPage, PlanPage
from .practices.models import GoodPracticeIndexPage, GoodPracticePage
from .reports.inlines import Erratum, ReportRow
from .reports.models import ReportPage
from .roadmaps.models import RoadmapPage, RoadmapStep
from .rulings.index import RulingIndexPage
from .rulings.models import RulingGroup, RulingPage
from .rulings.parts import EasyReadPage, InfographicPage, PlainVersionPage, PublicVersionPage
from .secretariats.inlines import Agreement, Attendance
from .secretariats.models import SecretariatPage
from .secretariats.sessions import SessionPage
from .standard.models import StandardPage
from .updates.inlines import UpdateRow
from .updates.models import ProgressUpdatePage

__all__ = [
    "Agreement",
    "Attendance",
    "AxisPage",
    "CallPage",
    "CoCreationTablePage",
    "CommitmentAction",
    "CommitmentPage",
    "CommitmentParty",
    "ConsultationPage",
    "DeclarationPage",
    "EasyReadPage",
    "Erratum",
    "ForumPage",
    "GoodPracticeIndexPage",
    "GoodPracticePage",
    "HomePage",
    "InfographicPage",
    "MatrixRow",
    "MicrositePage",
    "MunicipalityIndexPage",
    "ObservationAnswerPage",
    "ObservationIndexPage",
    "ObservationPage",
    "ParticipationIndexPage",
    "PlainVersionPage",
    "PlanIndexPage",
    "PlanPage",
    "ProblemTreePage",
    "ProgressFigure",
    "ProgressUpdatePage",
    "PublicVersion",
    "PublicVersionPage",
    "ReportPage",
    "ReportRow",
    "ResultsMatrixPage",
    "RoadmapPage",
    "RoadmapStep",
    "RulingGroup",
    "RulingIndexPage",
    "RulingPage",
    "SecretariatPage",
    "SessionPage",
    "Signatory",
    "SpaceVersion",
    "StandardPage",
    "TableParticipant",
    "UpdateRow",
]
