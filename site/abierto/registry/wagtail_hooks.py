"""The registry's place in the admin: one menu for everything the pages speak of."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from .admin.action_menu import offered
from .admin.goals import GoalViewSet, TargetViewSet
from .admin.parties import InstitutionViewSet, PersonViewSet, SeatViewSet, SecretariatViewSet
from .admin.places import MunicipalityViewSet
from .admin.reviewed import all_are_own
from .admin.words import GlossaryViewSet
from .models.reviewed import ReviewedRow


class RegistryGroup(SnippetViewSetGroup):
    """«Registro» in the side menu."""

    items = (
        InstitutionViewSet,
        PersonViewSet,
        SecretariatViewSet,
        SeatViewSet,
        MunicipalityViewSet,
        GlossaryViewSet,
        GoalViewSet,
        TargetViewSet,
    )
    menu_label = _("Registro")
    menu_name = "registry"
    menu_icon = "list-ul"
    menu_order = 250


register_snippet(RegistryGroup)
hooks.register("construct_snippet_action_menu", offered)


@hooks.register("before_bulk_action")
def only_own_rows_at_once(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Close actions on many rows to whoever is not of all their spaces: Wagtail asks about the model."""
    if issubclass(action.model, ReviewedRow) and not all_are_own(request.user, objects):
        raise PermissionDenied
