"""The forms of the accounts, in the portal's words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from abierto.accounts.adapter import SecondFactorAdapter

LABELS = {
    "login": _("Usuario o correo"),
    "password": _("Contraseña"),
    "oldpassword": _("Contraseña de ahora"),
    "password1": _("Contraseña nueva"),
    "password2": _("Contraseña nueva, otra vez"),
    "email": _("Correo de tu cuenta"),
    "code": _("Código"),
    "name": _("Nombre de la llave"),
    "passwordless": _("Usarla también para entrar sin contraseña"),
}


class InOurWords(forms.Form):
    """Labels that say what to write; no hints inside the fields, which vanish while one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "input"
        if "code" in self.fields:
            # A telephone offers its digits; the field stays one of text, because codes begin with zeros.
            self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SignInForm(InOurWords, account.LoginForm):
    """User or mail, and password."""


class PasswordForm(InOurWords, account.ReauthenticateForm):
    """The password, once more."""


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    """The old password and the new one."""


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    """Where to send the letter."""


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    """The new password, for whoever got the letter."""


class CodeForm(InOurWords, mfa.AuthenticateForm):
    """The code at the door."""


class CodeAgainForm(InOurWords, mfa.ReauthenticateForm):
    """The code, once more."""


class FirstCodeForm(InOurWords, totp.ActivateTOTPForm):
    """The first code of a new application."""


class NewKeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """A new key, with a name to know it by."""


class RemoveKeyForm(forms.Form):
    """The goodbye to a key, unless it is the last that its owner needs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.key = kwargs.pop("key")
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        """Keep the last one of whoever needs it."""
        adapter = SecondFactorAdapter()
        if not adapter.can_delete_authenticator(self.key):
            raise adapter.validation_error("cannot_delete_authenticator")
