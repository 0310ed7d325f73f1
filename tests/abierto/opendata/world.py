"""One public row of each resource, in a microsite where it can be, with ``size`` of what each has many of."""

from __future__ import annotations

import datetime
from typing import Any

from pages.plans.commitments import CommitmentPage
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    MicrositePageFactory,
    MunicipalityFactory,
    PersonFactory,
    PlanPageFactory,
    ProgressUpdatePageFactory,
    ReportPageFactory,
    SDGTargetFactory,
    SeatFactory,
    SecretariatPageFactory,
    SessionPageFactory,
    published,
)
from tests.municipal_factories import RoadmapPageFactory
from tests.participation_factories import (
    AgreementFactory,
    AttendanceFactory,
    ConsultationPageFactory,
    ParticipationIndexPageFactory,
)
from tests.ruling_factories import (
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)
from tests.shared_rows import built_once

PROOF = ("evidence", {"title": "Acta", "kind": "link", "url": "https://example.org/acta"})
START = datetime.date(2022, 8, 1)


@built_once
def publish_all(size: int = 1) -> dict[str, Any]:
    """Return the id of a public record by the slug of its resource; there are ``size`` of each."""
    ids: dict[str, Any] = {}
    town = MunicipalityFactory()
    site = published(MicrositePageFactory(municipality=town, title=f"Sitio de {town.name}"))
    roadmap = RoadmapPageFactory(parent=site)
    published(roadmap)
    publish_plan(ids, site, size)
    publish_gatherings(ids, site, town, size)
    publish_rulings(ids, size)
    ids |= {"municipios": town.code, "ods": SDGTargetFactory().code}
    return ids


def publish_plan(ids: dict[str, Any], site: Any, size: int) -> None:
    """Publish a plan of the microsite with axes, commitments, actions, updates and reports."""
    plan = published(PlanPageFactory(parent=site, title="Plan municipal"))
    for number in range(size):
        institution = InstitutionFactory()
        axis = published(AxisPageFactory(parent=plan, code=str(number + 1)))
        page = CommitmentPageFactory(
            parent=axis, code=f"{number + 1}.1", actions=size + 1, responsible=institution
        )
        page.parties.first().person = PersonFactory()
        page.sdg_targets = [SDGTargetFactory()]
        commitment = published(page)
        update = published(
            ProgressUpdatePageFactory(
                parent=commitment,
                rows=dict.fromkeys(range(1, size + 2), 40),
                narrative="<p>Se abrió el <b>portal</b>.</p>",
                evidence=[PROOF],
            )
        )
        report = ReportPageFactory(parent=plan)
        report.propose_figures()
        report.save()
        report = published(report)
        commitment = CommitmentPage.objects.get(pk=commitment.pk)
        ids |= {
            "ejes": str(axis.translation_key),
            "compromisos": str(commitment.translation_key),
            "acciones": str(commitment.actions.first().translation_key),
            "avances": str(update.translation_key),
            "informes": str(report.translation_key),
            "instituciones": institution.pk,
        }
    ids["planes"] = str(plan.translation_key)
    for _ in range(size - 1):
        published(PlanPageFactory(parent=site))


def publish_gatherings(ids: dict[str, Any], site: Any, town: Any, size: int) -> None:
    """Publish secretariats with their members, sessions and agreements, and consultations."""
    index = ParticipationIndexPageFactory(parent=site)
    for _ in range(size):
        page = SecretariatPageFactory(
            parent=site, secretariat__municipality=town, secretariat__level="municipal"
        )
        seat = SeatFactory(secretariat=page.secretariat)
        session = SessionPageFactory(parent=page, agenda="<p>Lista de asistencia.</p>")
        agreement = AgreementFactory(page=session, responsible=seat.institution)
        AttendanceFactory(page=session, institution=seat.institution)
        published(type(session).objects.get(pk=session.pk))
        answer = ("answer", {"text": "Sí", "percent": 50, "online": 3, "paper": 2})
        consultation = published(ConsultationPageFactory(parent=index, answers=[answer], people_total=5))
        ids |= {
            "secretariados": page.secretariat.pk,
            "sesiones": str(session.translation_key),
            "acuerdos": str(agreement.translation_key),
            "consultas": str(consultation.translation_key),
        }


def publish_rulings(ids: dict[str, Any], size: int) -> None:
    """Publish rulings with two parts each."""
    index = published(RulingIndexPageFactory())
    for _ in range(size):
        ruling = published(RulingPageFactory(parent=index, topics="multas\ntránsito"))
        published(PublicVersionPageFactory(parent=ruling, texts=("Vistos los autos.", "Se resuelve.")))
        published(PlainVersionPageFactory(parent=ruling))
        ids["sentencias"] = str(ruling.translation_key)
