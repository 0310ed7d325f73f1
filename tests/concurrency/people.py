"""An editor and a reviewer who submit the admin's forms without rendering them."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from abierto.accounts.models import User
from abierto.approval.concurrency.deletions import summarize_page_ids
from abierto.approval.conflicts.versions import load_current_version
from abierto.approval.review.decisions import build_token
from pages.standard.models import StandardPage

NO_COMMENTS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}
EMPTY = {"seo_title": "", "search_description": "", "go_live_at": "", "expire_at": ""}


def form(title: str, slug: str, **more: Any) -> dict[str, Any]:
    """Return the fields of the editing form of a standard page."""
    words = {"title": title, "slug": slug, "summary": f"Resumen de {title}"}
    return nested_form_data({**EMPTY, **words, "body": streamfield([]), "comments": NO_COMMENTS, **more})


def browser() -> Client:
    """Return a client that gets a 500 response for an exception."""
    return Client(raise_request_exception=False)


@dataclass
class Person:
    """A signed-in user."""

    user: User
    client: Client = field(default_factory=browser)

    def __post_init__(self) -> None:
        self.client.force_login(self.user)

    def send(self, name: str, *args: Any, **data: Any) -> HttpResponse:
        """Post a form of the admin."""
        return self.client.post(reverse(name, args=args), data)

    def add(self, parent: int, title: str, slug: str) -> HttpResponse:
        """Create a draft."""
        return self.send("wagtailadmin_pages:add", "pages", "standardpage", parent, **form(title, slug))

    def save(self, page: StandardPage, title: str, version: str = "", **pressed: str) -> HttpResponse:
        """Save the page, based on its latest version or on ``version``."""
        opened = {"opened_version": version or str(load_current_version(page))}
        return self.send("wagtailadmin_pages:edit", page.pk, **form(title, page.slug, **opened, **pressed))

    def submit(self, page: StandardPage, title: str, version: str = "") -> HttpResponse:
        """Submit a page for review."""
        return self.save(page, title, version, **{"action-submit": "1"})

    def approve(self, page: StandardPage) -> HttpResponse:
        """Approve the pending review in its own page."""
        state = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
        return self.decide(state.pk, build_token(state.revision))

    def decide(self, state: int, token: str) -> HttpResponse:
        """Approve the version that was read."""
        return self.send("approval:review", state, action="approve", token=token, comment="")

    def move(self, page: int, destination: int) -> HttpResponse:
        """Move a page below another."""
        return self.send("wagtailadmin_pages:move_confirm", page, destination)

    def place(self, page: int, position: int) -> HttpResponse:
        """Change the position of a page among its siblings."""
        address = reverse("wagtailadmin_pages:set_page_position", args=[page])
        return self.client.post(f"{address}?position={position}")

    def delete(self, page: StandardPage, shown: set[int]) -> HttpResponse:
        """Delete a page with the descendants shown in the confirmation."""
        return self.send("wagtailadmin_pages:delete", page.pk, pages_shown=summarize_page_ids(shown))
