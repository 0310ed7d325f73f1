"""Who walks through the portal: the demo accounts, each in a window of her own."""

from playwright.sync_api import Page, expect

from tests.browser import Visitors


class People:
    """Signs accounts in through the form, as a person would."""

    def __init__(self, visitors: Visitors, passwords: dict[str, str]) -> None:
        self.visitors = visitors
        self.passwords = passwords

    def sign_in(self, username: str) -> Page:
        """Return a window in which ``username`` is signed in to the administration."""
        window = self.visitors.open()
        window.goto("/admin/")
        window.locator("[name=username]").fill(username)
        window.locator("[name=password]").fill(self.passwords[username])
        window.get_by_role("button", name="Iniciar sesión").click()
        expect(window.locator(".sidebar-main-menu")).to_be_visible()
        return window

    def citizen(self, **options) -> Page:
        """Return a window of somebody without an account."""
        return self.visitors.open(**options)
