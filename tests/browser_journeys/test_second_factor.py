"""A reviewer sets up her second factor at the first sign-in and uses it; an editor uses a passkey."""

import re

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import caches
from playwright.sync_api import Page, expect

from abierto.accounts.totp import code_at, seconds_left
from tests.browser_journeys.people import NEARLY_OVER, enter_code
from tests.browser_journeys.test_every_page import NARROW, RULES, violations

pytestmark = pytest.mark.browser

REVIEWER, EDITOR = "revision", "edicion-ousaneg"
# A virtual authenticator, like a phone or a fingerprint reader.
PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def submit_password(window: Page, username: str, password: str) -> None:
    """Submit user name and password with the keyboard."""
    window.goto("/admin/")
    window.get_by_label("Usuario o correo").focus()
    window.keyboard.type(username)
    window.keyboard.press("Tab")
    window.keyboard.type(password)
    window.keyboard.press("Enter")


def sign_out(window: Page) -> None:
    """Sign out."""
    window.goto("/cuenta/")
    window.get_by_role("link", name="Salir").click()
    window.get_by_role("button", name="Salir").click()
    expect(window.get_by_role("heading", name="Entrar", exact=True)).to_be_visible()


def violations_of(window: Page, axe: Axe) -> list[str]:
    """Return the axe violations and horizontal scrolling of the screen."""
    wide = window.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*violations(window, axe, RULES), *(["scrolls sideways"] if wide else [])]


def test_a_reviewer_sets_up_codes_and_signs_in_with_them(people, pictures, visitors):
    Authenticator.objects.all().delete()
    window = visitors.open()
    submit_password(window, REVIEWER, people.accounts[REVIEWER].password)

    expect(window.get_by_text("Antes de seguir, pon un segundo paso")).to_be_visible()
    pictures.take(window, "segundo-paso-falta")
    window.goto("/admin/reports/")
    expect(window.get_by_role("heading", name="Tu cuenta")).to_be_visible()

    window.get_by_role("link", name="Poner una aplicación").click()
    secret = window.locator(".secret").inner_text()
    if seconds_left() < NEARLY_OVER:
        window.wait_for_timeout(NEARLY_OVER * 1000)
    window.get_by_label("Código").fill(code_at(secret))
    window.get_by_role("button", name="Activar").click()
    expect(window.get_by_role("heading", name="Códigos de recuperación")).to_be_visible()
    expect(window.locator("ol code")).to_have_count(10)
    window.get_by_role("link", name="Ya los guardé").click()
    expect(window.locator(".sidebar-main-menu")).to_be_visible()

    sign_out(window)
    submit_password(window, REVIEWER, people.accounts[REVIEWER].password)
    expect(window.get_by_role("heading", name="Segundo paso")).to_be_visible()
    pictures.take(window, "segundo-paso")
    enter_code(window, secret)
    expect(window.locator(".sidebar-main-menu")).to_be_visible()


def test_an_editor_signs_in_with_a_passkey(people, visitors):
    window = people.sign_in(EDITOR)
    device = window.context.new_cdp_session(window)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})
    window.goto("/cuenta/llaves/nueva/")
    window.get_by_label("Nombre de la llave").fill("Mi teléfono")
    window.get_by_label("Usarla también para entrar sin contraseña").check()
    window.get_by_role("button", name="Agregar esta llave").click()
    expect(window.get_by_role("heading", name="Códigos de recuperación")).to_be_visible()
    window.goto("/cuenta/llaves/")
    expect(window.get_by_text("Mi teléfono", exact=True)).to_be_visible()

    sign_out(window)
    window.get_by_role("button", name="Entrar con mi llave").click()
    expect(window.locator(".sidebar-main-menu")).to_be_visible()

    sign_out(window)
    submit_password(window, EDITOR, people.accounts[EDITOR].password)
    window.get_by_role("button", name="Usar mi llave").click()
    expect(window.locator(".sidebar-main-menu")).to_be_visible()


def test_an_administrator_ends_a_session_of_another_user(people):
    editor, team = people.sign_in_with_form(EDITOR), people.sign_in_with_form("administracion")
    team.goto("/admin/users/?q=ousaneg")
    team.get_by_role("button", name=re.compile("Más opciones")).click()
    team.get_by_role("link", name="Acceso y sesiones").click()
    expect(team.get_by_text("Chrome, Linux")).to_be_visible()

    team.get_by_role("button", name="Cerrar todas").click()
    expect(team.get_by_text("Sesiones cerradas: 1.")).to_be_visible()

    editor.goto("/admin/")
    expect(editor.get_by_label("Usuario o correo")).to_be_visible()


def test_every_account_screen_is_accessible(people, visitors):
    outside = visitors.open(viewport=NARROW, reduced_motion="reduce")
    axe, found = Axe(), {}
    for address in ["/cuenta/entrar/", "/cuenta/contrasena/olvidada/", "/cuenta/contrasena/nueva/1-x/"]:
        outside.goto(address)
        found[address] = violations_of(outside, axe)
    caches["attempts"].clear()
    submit_password(outside, REVIEWER, people.accounts[REVIEWER].password)
    expect(outside.get_by_role("heading", name="Segundo paso")).to_be_visible()
    found["second step"] = violations_of(outside, axe)

    editor = people.sign_in(EDITOR)
    editor.set_viewport_size(NARROW)
    for name in ["", "aplicacion/", "llaves/nueva/", "llaves/", "contrasena/", "sesiones/", "salir/"]:
        editor.goto(f"/cuenta/{name}")
        found[name] = violations_of(editor, axe)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
