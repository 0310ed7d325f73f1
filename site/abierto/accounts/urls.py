"""Addresses of the account pages; no registration and no change of mail address.

The names are those that allauth reverses.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.views.generic import RedirectView

from abierto.accounts import views

urlpatterns = [
    path("", mfa.index, name="mfa_index"),
    path("entrar/", account.login, name="account_login"),
    path("salir/", account.logout, name="account_logout"),
    path("inactiva/", account.account_inactive, name="account_inactive"),
    path("confirmar/", account.reauthenticate, name="account_reauthenticate"),
    path("contrasena/", account.password_change, name="account_change_password"),
    path(
        "contrasena/sin-fijar/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("contrasena/olvidada/", account.password_reset, name="account_reset_password"),
    path("contrasena/olvidada/enviada/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "contrasena/nueva/lista/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^contrasena/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.ChoosePasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("segundo-paso/", mfa.authenticate, name="mfa_authenticate"),
    path("segundo-paso/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("aplicacion/", totp.activate_totp, name="mfa_activate_totp"),
    path("aplicacion/quitar/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codigos/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codigos/nuevos/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("llaves/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("llaves/nueva/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("llaves/entrar/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("llaves/confirmar/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("llaves/<int:pk>/quitar/", views.RemoveKeyView.as_view(), name="mfa_remove_webauthn"),
    path("sesiones/", views.SessionsView.as_view(), name="usersessions_list"),
    path("sesiones/<int:number>/cerrar/", views.end_own_session, name="end_own_session"),
]
