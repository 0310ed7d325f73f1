"""Who walks through the portal: the demo accounts, each in a window of her own."""

from dataclasses import replace

from django.core.cache import caches
from playwright.sync_api import Page, expect

from abierto.accounts.models import User
from abierto.accounts.totp import code_at, seconds_left
from abierto.demo.loader.accounts import Account
from tests.browser import SLOWDOWN, Visitors
from tests.second_factor import given_code_generator

#: A code is not typed when it is about to change, in seconds.
NEARLY_OVER = min(3 * SLOWDOWN, 15)


class People:
    """Signs accounts in through the form, as a person would, with her telephone when she needs one."""

    def __init__(self, visitors: Visitors, accounts: dict[str, Account]) -> None:
        self.visitors = visitors
        self.accounts = accounts

    def sign_in(self, username: str) -> Page:
        """Return a window in which ``username`` is signed in to the administration."""
        account = self.accounts[username]
        window = self.visitors.open()
        window.goto("/admin/")
        window.get_by_label("Usuario o correo").fill(username)
        window.get_by_label("Contraseña").fill(account.password)
        window.get_by_role("button", name="Entrar", exact=True).click()
        if account.totp_secret:
            show_code(window, account.totp_secret)
        expect(window.locator(".sidebar-main-menu")).to_be_visible()
        return window

    def give_telephone(self, username: str) -> None:
        """Set up codes for an account whose new role asks for them."""
        secret = given_code_generator(User.objects.get(username=username))
        self.accounts = self.accounts | {username: replace(self.accounts[username], totp_secret=secret)}

    def citizen(self, **options) -> Page:
        """Return a window of somebody without an account."""
        return self.visitors.open(**options)


def show_code(window: Page, secret: str) -> None:
    """Type the code that the telephone shows, as if it were the first time that it shows it."""
    expect(window.get_by_role("heading", name="Segundo paso")).to_be_visible()
    caches["attempts"].clear()
    if seconds_left() < NEARLY_OVER:
        window.wait_for_timeout(NEARLY_OVER * 1000)
    window.get_by_label("Código").fill(code_at(secret))
    window.get_by_role("button", name="Entrar", exact=True).click()
