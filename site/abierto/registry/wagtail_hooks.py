"""Admin menu of the registry."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from abierto.tenancy.isolation.policies import register_policies
from abierto.tenancy.isolation.snippets import shared_list_policies, snippet_policies
from abierto.tenancy.models import Space

from .admin.reviewed import customize_action_menu, find_withdrawal_url
from .admin.step_viewsets import DeclaredFigureViewSet, ListedStepViewSet, StepListViewSet
from .admin.viewsets import (
    GlossaryViewSet,
    GoalViewSet,
    InstitutionViewSet,
    MunicipalityViewSet,
    OfficialContactViewSet,
    PersonViewSet,
    SeatViewSet,
    SecretariatViewSet,
    TargetViewSet,
)
from .models import (
    OWN_MODELS,
    STATE_MODELS,
    Institution,
    OfficialContact,
    SDGGoal,
    SDGTarget,
)


def list_official_contacts(space: Space | None) -> Iterator[str]:
    """Yield the contacts that texts of ``space`` may contain, with two queries.

    Those of public institutions count everywhere; the approved list of a space counts in its texts.
    """
    fields = ("email", "transparency_email", "transparency_phone", "transparency_address")
    for contacts in Institution.objects.public().values_list(*fields):
        yield from contacts
    yield from OfficialContact.objects.allowed_in(space).values_list("value", flat=True)


class RegistryGroup(SnippetViewSetGroup):
    """«Registro» in the side menu."""

    items = (
        InstitutionViewSet,
        PersonViewSet,
        SecretariatViewSet,
        SeatViewSet,
        MunicipalityViewSet,
        StepListViewSet,
        ListedStepViewSet,
        DeclaredFigureViewSet,
        GlossaryViewSet,
        OfficialContactViewSet,
        GoalViewSet,
        TargetViewSet,
    )
    menu_label = _("Registro")
    menu_name = "registry"
    menu_icon = "list-ul"
    menu_order = 250


register_snippet(RegistryGroup)
for model in (*STATE_MODELS, *OWN_MODELS):
    register_policies(snippet_policies(model))
for shared_list in (SDGGoal, SDGTarget):
    register_policies(shared_list_policies(shared_list))
hooks.register("construct_snippet_action_menu", customize_action_menu)
hooks.register("find_withdrawal_url", find_withdrawal_url)
hooks.register("official_contacts", list_official_contacts)
