"""The first steps of a new portal, on the administrators' home page until a commitment is public."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page

from abierto.registry.models import Institution, InstitutionSpace
from pages.home.models import HomePage
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanIndexPage, PlanPage

from .tour import TourStep


def load_portal_steps() -> list[TourStep]:
    """Return the steps before an institution can report; an empty list once a commitment is public."""
    if CommitmentPage.objects.filter(live=True).exists():
        return []
    home, index, plan = (find_first(model) for model in (HomePage, PlanIndexPage, PlanPage))
    plan_url = (
        reverse("plans:outline", args=[plan.pk]) if plan is not None else build_add_url(index, PlanPage)
    )
    return [
        TourStep(
            _("Agrega la institución que reportará, y envíala a revisión"),
            reverse("wagtailsnippets_registry_institution:add"),
            Institution.objects.filter(live=True).exists(),
        ),
        TourStep(
            _("Haz su espacio, con las cuentas de quien edita y de quien revisa"),
            reverse("spaces:create"),
            InstitutionSpace.objects.exists(),
        ),
        TourStep(
            _("Agrega la lista de planes, y envíala a revisión"),
            build_add_url(home, PlanIndexPage),
            index is not None and index.live,
        ),
        TourStep(_("Agrega el primer plan, en borrador"), build_add_url(index, PlanPage), plan is not None),
        TourStep(
            _("Escribe su esquema: ejes, compromisos y acciones. Pon en cada compromiso quién responde"),
            plan_url,
            False,
        ),
        TourStep(_("Envía el plan completo a revisión desde su esquema"), plan_url, False),
    ]


def find_first(model: type[Page]) -> Page | None:
    """Return the first page of a type in the portal's language."""
    pages = model.objects.filter(locale=Locale.get_default(), alias_of=None, depth__gt=1)
    found: Page | None = pages.order_by("path").first()
    return found


def build_add_url(parent: Page | None, model: type[Page]) -> str:
    """Return the address that adds a page of a type; without a page to put it under, the tree of pages."""
    if parent is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


class PortalStepsPanel(Component):
    """The steps, for the administrators of the state."""

    name = "dashboard_portal_steps"
    order = 5
    template_name = "dashboard/portal_steps_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        # A permission of the administrators of the state alone, cached on the user.
        is_administrator = parent_context["request"].user.has_perm("deadlines.change_deadlinesettings")
        return {"steps": load_portal_steps() if is_administrator else []}
