"""Steps in the admin by the labels on the screen."""

import re
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from pages.plans.commitments import CommitmentPage
from tests.browser_journeys.people import People

NARRATIVE = "[data-contentpath=narrative] [contenteditable=true]"


@dataclass
class UpdateDesk:
    """An editor in the form of a progress update."""

    window: Page

    @classmethod
    def start(cls, window: Page, commitment: str) -> "UpdateDesk":
        """Open the listing, choose «Reportar avance» of a commitment and accept the proposed period."""
        window.get_by_role("link", name="Compromisos", exact=True).click()
        row = window.get_by_role("row").filter(has_text=commitment)
        row.get_by_role("link", name="Reportar avance").click()
        window.get_by_role("button", name="Empezar el avance").click()
        expect(window.get_by_text("quedó como borrador")).to_be_visible()
        return cls(window)

    @classmethod
    def begin(cls, people: People, username: str, commitment: str) -> "UpdateDesk":
        """Open the form of a new draft for the proposed period, without the screens before it."""
        page = CommitmentPage.objects.get(title__contains=commitment, alias_of=None)
        client, start = people.client(username), reverse("commitments:start_update", args=[page.pk])
        proposed = client.get(start).context["form"]
        begun = client.post(
            start, {one.html_name: one.field.widget.format_value(one.value()) for one in proposed}
        )
        return cls(people.open(client, begun.url))

    def row(self, number: int) -> Locator:
        """Return the part of the form about one action."""
        return self.window.locator(f"#inline_child_rows-{number - 1}")

    def report(self, number: int, *, percent: str = "", stage: str = "", note: str = "") -> None:
        """Enter the percentage or stage of an action."""
        row = self.row(number)
        row.get_by_label("Porcentaje").fill(percent)
        row.get_by_label("Etapa").fill(stage)
        row.get_by_label("Nota aclaratoria").fill(note)

    def prove(self, number: int, title: str, address: str, promise: str = "") -> None:
        """Add a link as evidence of an action, for a promised proof if given."""
        row = self.row(number)
        row.get_by_role("button", name="Insertar un bloque").first.click()
        row.get_by_label("Título").fill(title)
        row.get_by_label("Dirección").fill(address)
        if promise:
            row.get_by_label("Prueba prometida que cumple").select_option(label=promise)

    def tell(self, text: str) -> None:
        """Enter the summary."""
        self.window.locator(NARRATIVE).click()
        self.window.keyboard.insert_text(text)
        # The editor writes its text to the form shortly after the last key.
        expect(self.window.locator("input[name=narrative]")).to_have_value(re.compile(re.escape(text)))

    def save(self) -> None:
        """Save the draft."""
        self.try_to_save()
        expect(self.window.locator(".messages .success")).to_be_visible()

    def try_to_save(self) -> None:
        """Try to save the draft, which may be refused."""
        with self.window.expect_navigation(wait_until="domcontentloaded"):
            self.window.get_by_role("button", name="Guardar borrador").click()

    def submit(self) -> None:
        """Submit the draft for review."""
        send(self.window)

    @property
    def address(self) -> str:
        """Return the URL of the form."""
        return self.window.url


def send(window: Page, verb: str = "Enviar") -> None:
    """Submit the form for review."""
    with window.expect_navigation(wait_until="domcontentloaded"):
        window.get_by_role("button", name=re.compile(verb)).click()


def open_review(window: Page, title: str) -> None:
    """Open the first pending review from the dashboard."""
    window.goto("/admin/")
    window.locator("#por-revisar-section").get_by_role("link", name=title).first.click()


def approve(window: Page, comment: str, button: str = "Aprobar y publicar") -> None:
    """Approve the review."""
    window.locator("form", has_text=button).get_by_label("Comentario").fill(comment)
    window.get_by_role("button", name=button).click()


def give_back(window: Page, comment: str) -> None:
    """Return the review to its author."""
    window.get_by_label("Qué falta o qué hay que corregir").fill(comment)
    window.get_by_role("button", name="Devolver con este comentario").click()
