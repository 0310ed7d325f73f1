"""Windows of the demo accounts."""

from dataclasses import replace

from django.conf import settings
from django.core.cache import caches
from django.test import Client
from playwright.sync_api import Page, expect

from abierto.accounts.models import User
from abierto.accounts.totp import code_at, seconds_left
from abierto.demo.loader.accounts import Account
from tests.browser import SLOWDOWN, Visitors
from tests.second_factor import given_code_generator

#: A code is not entered in its last seconds.
NEARLY_OVER = min(3 * SLOWDOWN, 15)


class People:
    """Sign accounts in, in a session of their own or through the form."""

    def __init__(self, visitors: Visitors, accounts: dict[str, Account]) -> None:
        self.visitors = visitors
        self.accounts = accounts

    def client(self, username: str) -> Client:
        """Return a client in which ``username`` is signed in with both factors."""
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    def open(self, client: Client, address: str = "/admin/") -> Page:
        """Return a window that has opened an address of the admin in the session of a client.

        The sign-in form costs two pages more in each window; ``test_second_factor.py`` signs in through it.
        """
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        window = self.visitors.open()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.visitors.base_url}
        window.context.add_cookies([cookie])
        window.goto(address)
        expect(window.locator(".sidebar-main-menu")).to_be_visible()
        return window

    def sign_in(self, username: str) -> Page:
        """Return a window in which ``username`` is signed in to the admin."""
        return self.open(self.client(username))

    def sign_in_with_form(self, username: str) -> Page:
        """Return a window in which ``username`` signed in by hand, with a code if the role requires it."""
        account = self.accounts[username]
        window = self.visitors.open()
        window.goto("/admin/")
        window.get_by_label("Usuario o correo").fill(username)
        window.get_by_label("Contraseña").fill(account.password)
        window.get_by_role("button", name="Entrar", exact=True).click()
        if account.totp_secret:
            enter_code(window, account.totp_secret)
        expect(window.locator(".sidebar-main-menu")).to_be_visible()
        return window

    def set_up_codes(self, username: str) -> None:
        """Set up codes for an account whose new role requires them."""
        secret = given_code_generator(User.objects.get(username=username))
        self.accounts = self.accounts | {username: replace(self.accounts[username], totp_secret=secret)}

    def citizen(self, **options) -> Page:
        """Return a window of an anonymous visitor."""
        return self.visitors.open(**options)


def enter_code(window: Page, secret: str) -> None:
    """Enter the code of the application, as if it were used for the first time."""
    expect(window.get_by_role("heading", name="Segundo paso")).to_be_visible()
    caches["attempts"].clear()
    if seconds_left() < NEARLY_OVER:
        window.wait_for_timeout(NEARLY_OVER * 1000)
    window.get_by_label("Código").fill(code_at(secret))
    window.get_by_role("button", name="Entrar", exact=True).click()
