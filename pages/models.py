"""Every model of the app, for Django to find. Import them from their own modules."""

from .declarations import DeclarationPage, Signatory
from .home import HomePage
from .plans.axis import AxisPage
from .plans.commitment import CommitmentPage
from .plans.parts import CommitmentAction, CommitmentParty
from .plans.plan import PlanPage
from .plans.plan_index import PlanIndexPage
from .projection.models import ProgressFigure
from .public_cache import PublicVersion
from .reports.page import ReportPage
from .reports.rows import Erratum, ReportRow
from .secretariats.pages import Agreement, SecretariatPage, SessionPage
from .standard import StandardPage
from .updates.page import ProgressUpdatePage
from .updates.rows import UpdateRow

__all__ = [
    "Agreement",
    "AxisPage",
    "CommitmentAction",
    "CommitmentPage",
    "CommitmentParty",
    "DeclarationPage",
    "Erratum",
    "HomePage",
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
