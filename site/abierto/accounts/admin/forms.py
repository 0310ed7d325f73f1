from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from abierto.accounts.models import User

OWN_PASSWORD = ("password1", "password2")


def limit_permission_fields(form: Any, user: User) -> None:
    """Disable the fields with which ``user`` could raise her own permissions.

    Wagtail lets every user with ``change_user`` create superusers and join any group, also the one that
    reviews her own content. Only state administrators assign roles. A disabled field ignores submitted
    data. Users change their own password where the old one is required and attempts are limited.
    """
    is_own = form.instance.pk is not None and form.instance.pk == user.pk
    limited = set(OWN_PASSWORD) if is_own else set()
    if not user.is_superuser:
        limited.add("is_superuser")
        if is_own or not may_assign_roles(user):
            limited.add("groups")
    for name in limited & form.fields.keys():
        form.fields[name].disabled = True
    if is_own and OWN_PASSWORD[0] in form.fields:
        form.fields[OWN_PASSWORD[0]].help_text = _("Tu contraseña se cambia en Configuración › Tu acceso.")


def may_assign_roles(user: User) -> bool:
    """Check that ``user`` may assign roles: state administrators and superusers.

    Spaces belong to a higher layer, so only the name of the relation is used here.
    """
    return user.is_superuser or user.groups.filter(runs_space__kind="state").exists()


class OptionalSurnameMixin:
    """Form mixin that makes the surname optional: some people have none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = False  # type: ignore[attr-defined]


class OwnNameForm(OptionalSurnameMixin, NameEmailForm):
    """The user's own name, which is submitted with her language and notifications."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An account without a name may get one here; a name is not deleted.
        self.fields["first_name"].required = bool(self.instance.first_name)


class PortalUserCreationForm(OptionalSurnameMixin, UserCreationForm):
    """Wagtail's form with the ``post`` field and without a password, which the invited person chooses."""

    password_enabled = False

    class Meta(UserCreationForm.Meta):
        fields = {*UserCreationForm.Meta.fields, "post"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "Ahí le llega un enlace, de un solo uso, con el que elige su contraseña y entra."
        )

    def save(self, commit: bool = True) -> Any:
        self.instance.set_unusable_password()
        return super().save(commit=commit)


class PortalUserEditForm(OptionalSurnameMixin, UserEditForm):
    """Wagtail's form with the ``post`` field."""

    class Meta(UserEditForm.Meta):
        fields = {*UserEditForm.Meta.fields, "post"}
