"""The views of the accounts, with the keeper's own limits."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, BaseSettingsPanel
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from abierto.accounts.models import User

from .forms import PortalUserCreationForm, PortalUserEditForm, gives_roles, limit_powers


def may_keep(keeper: User | AnonymousUser, account: User) -> bool:
    """Say whether ``keeper`` may touch ``account``: only a superuser touches another."""
    return keeper.is_superuser or not account.is_superuser


class PortalUserIndexView(IndexView):
    """The list of accounts, with each one's post."""

    @cached_property
    def columns(self) -> list[Column]:
        """Put the post after the name."""
        columns = super().columns
        return [*columns[:2], Column("post", label=_("Cargo"), sort_key="post"), *columns[2:]]


class PortalUserCreateView(CreateView):
    """A new account."""

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Return the form within the keeper's limits."""
        form = super().get_form(*args, **kwargs)
        limit_powers(form, self.request.user)
        return form


class PortalUserEditView(EditView):
    """An account that is there."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse a superuser's account to whoever is none: her password would be enough."""
        super().setup(request, *args, **kwargs)
        self.may_keep = may_keep(request.user, self.object)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer only within the keeper's limits."""
        if not self.may_keep:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Return the form within the keeper's limits."""
        form = super().get_form(*args, **kwargs)
        limit_powers(form, self.request.user)
        return form


class PortalUserViewSet(UserViewSet):
    """Accounts in the admin."""

    index_view_class = PortalUserIndexView
    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView
    create_template_name = "accounts/users/create.html"
    edit_template_name = "accounts/users/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        """Return the form with the post in it."""
        return PortalUserEditForm if for_update else PortalUserCreationForm


class WithinLimits:
    """A bulk action that leaves out superusers and, for whoever is none, oneself."""

    def check_perm(self, obj: User) -> bool:
        """Say whether the action may touch this account."""
        keeper = self.request.user  # type: ignore[attr-defined]
        if not keeper.is_superuser and (obj == keeper or not may_keep(keeper, obj)):
            return False
        return bool(super().check_perm(obj))  # type: ignore[misc]


class AssignRole(WithinLimits, AssignRoleBulkAction):
    """Give a role to several accounts: the state's level does."""

    def check_perm(self, obj: User) -> bool:
        """Say whether the keeper may give this account a role."""
        return gives_roles(self.request.user) and super().check_perm(obj)


class SetActiveState(WithinLimits, SetActiveStateBulkAction):
    """Let several accounts in, or out."""


class DeleteAccounts(WithinLimits, DeleteBulkAction):
    """Delete several accounts."""


class OwnAccountView(AccountView):
    """Wagtail's view without the panel that takes a file."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Leave the picture out of the form that is shown and of the one that is read."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


own_account = require_admin_access(OwnAccountView.as_view())
