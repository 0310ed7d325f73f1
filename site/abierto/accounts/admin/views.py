"""Wagtail's user views with this portal's permission limits."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from abierto.accounts.invitations import send_invitation
from abierto.accounts.models import User

from .forms import (
    OwnNameForm,
    PortalUserCreationForm,
    PortalUserEditForm,
    limit_permission_fields,
    may_assign_roles,
)


def may_edit_account(user: User | AnonymousUser, account: User) -> bool:
    """Check that ``user`` may edit ``account``: only superusers edit superusers."""
    return user.is_superuser or not account.is_superuser


class PortalUserIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        """Insert the post after the name."""
        columns = super().columns
        return [*columns[:2], Column("post", label=_("Cargo"), sort_key="post"), *columns[2:]]


class PortalUserCreateView(CreateView):
    """Create an account and invite its owner."""

    success_message = _("Se creó la cuenta de %(object)s y se le envió la invitación.")

    def save_instance(self) -> User:
        """Save the account with its roles and send its invitation, or nothing at all."""
        with transaction.atomic():
            account: User = super().save_instance()
            send_invitation(account, self.request.user)
        return account

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        limit_permission_fields(form, self.request.user)
        return form


class PortalUserEditView(EditView):
    """Edit view, closed for superuser accounts unless the user is a superuser."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.may_edit_account = may_edit_account(request.user, self.object)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.may_edit_account:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        limit_permission_fields(form, self.request.user)
        return form


class PortalUserViewSet(UserViewSet):
    index_view_class = PortalUserIndexView
    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView
    create_template_name = "accounts/users/create.html"
    edit_template_name = "accounts/users/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return PortalUserEditForm if for_update else PortalUserCreationForm


class RestrictedBulkActionMixin:
    """Mixin for bulk actions: skips superusers and the user's own account, unless the user is a superuser."""

    def check_perm(self, obj: User) -> bool:
        user = self.request.user  # type: ignore[attr-defined]
        if not user.is_superuser and (obj == user or not may_edit_account(user, obj)):
            return False
        return bool(super().check_perm(obj))  # type: ignore[misc]


class AssignRole(RestrictedBulkActionMixin, AssignRoleBulkAction):
    """Assign a role to several accounts; only state administrators may."""

    def check_perm(self, obj: User) -> bool:
        return may_assign_roles(self.request.user) and super().check_perm(obj)


class SetActiveState(RestrictedBulkActionMixin, SetActiveStateBulkAction):
    """Activate or deactivate accounts with ``save``, whose receivers end the access of closed ones."""

    @classmethod
    def execute_action(
        cls, objects: list[User], mark_as_active: bool = False, user: User | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Save every account but the user's own; return the number, and 0 children."""
        accounts = [account for account in objects if user is None or account.pk != user.pk]
        with transaction.atomic():
            for account in accounts:
                account.is_active = mark_as_active
                account.save(update_fields=["is_active"])
        return len(accounts), 0


class DeleteAccounts(RestrictedBulkActionMixin, DeleteBulkAction):
    """Wagtail's bulk deletion with the limits of ``RestrictedBulkActionMixin``."""


class OwnAccountView(AccountView):
    """Wagtail's account view without the avatar panel, which takes a file, and with an optional surname."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        panels = [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
        for panel in panels:
            if isinstance(panel, NameEmailSettingsPanel):
                panel.form_class = OwnNameForm
        return panels


own_account = require_admin_access(OwnAccountView.as_view())
