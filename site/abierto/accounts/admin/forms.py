"""The forms of an account."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from abierto.accounts.models import User

OWN_PASSWORD = ("password1", "password2")


def limit_powers(form: Any, keeper: User) -> None:
    """Take out of ``keeper``'s hands what would raise her: superusers and, on her own account, roles.

    Wagtail lets anybody who keeps accounts make a superuser, and put herself in the group that reviews
    what she writes. Roles are given by the state's level. Disabled fields keep what is stored, whatever is
    sent. Her own password changes where the old one is asked for, and attempts are counted.
    """
    is_own = form.instance.pk is not None and form.instance.pk == keeper.pk
    limited = set(OWN_PASSWORD) if is_own else set()
    if not keeper.is_superuser:
        limited.add("is_superuser")
        if is_own or not gives_roles(keeper):
            limited.add("groups")
    for name in limited & form.fields.keys():
        form.fields[name].disabled = True
    if is_own and OWN_PASSWORD[0] in form.fields:
        form.fields[OWN_PASSWORD[0]].help_text = _("Tu contraseña se cambia en Configuración › Tu acceso.")


def gives_roles(keeper: User) -> bool:
    """Say whether ``keeper`` is of the level that gives roles: the state's administrators, or a superuser.

    Spaces are a layer above: they are known here by the name of their relation alone.
    """
    return keeper.is_superuser or keeper.groups.filter(runs_space__kind="state").exists()


class PortalUserCreationForm(UserCreationForm):
    """A new account, with the post that the public trace shows."""

    class Meta(UserCreationForm.Meta):
        fields = {*UserCreationForm.Meta.fields, "post"}


class PortalUserEditForm(UserEditForm):
    """An account, with the post that the public trace shows."""

    class Meta(UserEditForm.Meta):
        fields = {*UserEditForm.Meta.fields, "post"}
