"""The forms of an account."""

from typing import Any

from wagtail.users.forms import UserCreationForm, UserEditForm

from abierto.accounts.models import User


def limit_powers(form: Any, keeper: User) -> None:
    """Take out of ``keeper``'s hands what would raise her: superusers and, on her own account, roles.

    Wagtail lets anybody who keeps accounts make a superuser, and put herself in the group that reviews
    what she writes. Disabled fields keep what is stored, whatever is sent.
    """
    if keeper.is_superuser:
        return
    if "is_superuser" in form.fields:
        form.fields["is_superuser"].disabled = True
    if form.instance.pk == keeper.pk and "groups" in form.fields:
        form.fields["groups"].disabled = True


class PortalUserCreationForm(UserCreationForm):
    """A new account, with the post that the public trace shows."""

    class Meta(UserCreationForm.Meta):
        fields = {*UserCreationForm.Meta.fields, "post"}


class PortalUserEditForm(UserEditForm):
    """An account, with the post that the public trace shows."""

    class Meta(UserEditForm.Meta):
        fields = {*UserEditForm.Meta.fields, "post"}
