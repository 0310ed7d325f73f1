"""allauth's forms with this portal's labels."""

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


class PortalLabelsMixin(forms.Form):
    """Mixin that sets labels and removes placeholders, which vanish while the user types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "input"
        if "code" in self.fields:
            # Numeric keyboard on telephones; the input stays text, because codes may begin with zeros.
            self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SignInForm(PortalLabelsMixin, account.LoginForm):
    """User name or mail, and password."""


class PasswordForm(PortalLabelsMixin, account.ReauthenticateForm):
    """Ask for the password again before a sensitive change."""


class ChangePasswordForm(PortalLabelsMixin, account.ChangePasswordForm):
    """Change the own password, which requires the old one."""


class ForgottenPasswordForm(PortalLabelsMixin, account.ResetPasswordForm):
    """Address for the reset mail."""


class NewPasswordForm(PortalLabelsMixin, account.ResetPasswordKeyForm):
    """New password after following the reset mail."""


class CodeForm(PortalLabelsMixin, mfa.AuthenticateForm):
    """Second factor while signing in."""


class ReauthenticateCodeForm(PortalLabelsMixin, mfa.ReauthenticateForm):
    """Ask for the second factor again before a sensitive change."""


class ActivateCodeForm(PortalLabelsMixin, totp.ActivateTOTPForm):
    """First code of a new authenticator application."""


class NewKeyForm(PortalLabelsMixin, webauthn.AddWebAuthnForm):
    """New security key and its name."""


class RemoveKeyForm(forms.Form):
    """Removal of a security key, refused for the last factor that its owner needs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.key = kwargs.pop("key")
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        adapter = SecondFactorAdapter()
        if not adapter.can_delete_authenticator(self.key):
            raise adapter.validation_error("cannot_delete_authenticator")
