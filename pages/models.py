"""All models of the app, for Django's discovery. Import them from their own modules."""

from .core.cache import PublicVersion
from .declarations.models import DeclarationPage, Signatory
from .figures.models import ProgressFigure
from .home.models import HomePage
from .municipalities.models import MicrositePage, MunicipalityIndexPage
from .plans.commitments import CommitmentPage
from .plans.inlines import CommitmentAction, CommitmentParty
from .plans.models import AxisPage, PlanIndexPage, PlanPage
from .reports.inlines import Erratum, ReportRow
from .reports.models import ReportPage
from .secretariats.models import Agreement, SecretariatPage, SessionPage
from .standard.models import StandardPage
from .updates.inlines import UpdateRow
from .updates.models import ProgressUpdatePage

__all__ = [
    "Agreement",
    "AxisPage",
    "CommitmentAction",
    "CommitmentPage",
    "CommitmentParty",
    "DeclarationPage",
    "Erratum",
    "HomePage",
    "MicrositePage",
    "MunicipalityIndexPage",
    "PlanIndexPage",
    "PlanPage",
    "ProgressFigure",
    "ProgressUpdatePage",
    "PublicVersion",
    "ReportPage",
    "ReportRow",
    "SecretariatPage",
    "SessionPage",
    "Signatory",
    "StandardPage",
    "UpdateRow",
]
