"""All resources of the API by slug, in the order of the page «Datos abiertos»."""

from __future__ import annotations

from .resource import Resource
from .resources.commitments import ActionResource, CommitmentResource
from .resources.plans import AxisResource, PlanResource
from .resources.registry import InstitutionResource, MunicipalityResource, SDGResource, SecretariatResource
from .resources.rulings import RulingResource
from .resources.sessions import AgreementResource, ConsultationResource, SessionResource
from .resources.updates import ReportResource, UpdateResource

RESOURCES: dict[str, Resource] = {
    resource.slug: resource
    for resource in (
        PlanResource(),
        AxisResource(),
        CommitmentResource(),
        ActionResource(),
        UpdateResource(),
        ReportResource(),
        InstitutionResource(),
        MunicipalityResource(),
        SecretariatResource(),
        SessionResource(),
        AgreementResource(),
        ConsultationResource(),
        RulingResource(),
        SDGResource(),
    )
}
