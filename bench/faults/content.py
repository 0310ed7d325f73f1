"""Municipalities with an editor and a reviewer each, pages that wait for approval, and pages to withdraw."""

import io
import secrets
from dataclasses import dataclass

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from abierto.approval.review.decisions import build_token
from abierto.demo.loader.registry import load_municipalities
from abierto.spaces.empty_portal import build_empty_portal
from abierto.spaces.models import MunicipalitySpace
from bench.environment import create_database
from bench.tenancy import list_codes
from pages.standard.models import StandardPage
from tests import second_factor

REASON = "Un portal para medir"


@dataclass(frozen=True)
class StaffedTown:
    """A municipality: its page, its editor, and the cookies of its reviewer's session."""

    root: Page
    editor: User
    cookies: dict[str, str]


@dataclass(frozen=True)
class Waiting:
    """A page that waits for its approval."""

    page: int
    title: str
    slug: str
    cookies: dict[str, str]
    address: str
    """Of the form that decides."""
    token: str


@dataclass(frozen=True)
class Public:
    """A page that is public, to be withdrawn."""

    page: int
    title: str
    path: str
    cookies: dict[str, str]


def build_towns(count: int) -> list[StaffedTown]:
    """Make an empty portal with so many municipalities."""
    create_database()
    build_empty_portal()
    with imported(REASON):
        load_municipalities()
    codes = list_codes(count)
    call_command("provision", *codes, stdout=io.StringIO())
    call_command("search", "rebuild", stdout=io.StringIO(), stderr=io.StringIO())
    second_factor.install()
    links = MunicipalitySpace.objects.filter(municipality__code__in=codes)
    return [add_people(link) for link in links.select_related("holder", "municipality")]


def add_people(link: MunicipalitySpace) -> StaffedTown:
    """Give a municipality an editor, and a reviewer who is signed in."""
    code = link.municipality.code
    editor = User.objects.create(username=f"edita-{code}", first_name=f"Edita {code}")
    editor.groups.add(link.holder.editors)
    reviewer = User.objects.create(
        username=f"revisa-{code}", first_name=f"Revisa {code}", email=f"revisa-{code}@example.org"
    )
    reviewer.groups.add(link.holder.reviewers)
    return StaffedTown(Page.objects.get(space_root__space=link.holder), editor, sign_in(reviewer))


def sign_in(user: User) -> dict[str, str]:
    """Open a session with both factors; return its cookies, and the one that protects forms."""
    client = Client()
    client.force_login(user)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return {**cookies, "csrftoken": secrets.token_hex(16)}


def submit_page(town: StaffedTown, title: str) -> Waiting:
    """Add a draft to a municipality and submit it for review."""
    page = town.root.add_child(instance=draft(title))
    page.save_revision(user=town.editor)
    page.get_workflow().start(page, town.editor)
    state: TaskState = StandardPage.objects.get(pk=page.pk).current_workflow_task_state
    return Waiting(
        page.pk,
        title,
        page.slug,
        town.cookies,
        reverse("approval:review", args=[state.pk]),
        build_token(state.revision),
    )


def publish_page(town: StaffedTown, title: str) -> Public:
    """Add a public page to a municipality."""
    page = town.root.add_child(instance=draft(title))
    with imported(REASON):
        page.save_revision().publish()
    return Public(page.pk, title, page.get_url_parts()[2], town.cookies)


def draft(title: str) -> StandardPage:
    """Return a complete page that is not stored."""
    return StandardPage(title=title, slug=title.lower().replace(" ", "-"), summary=f"{title}.", live=False)
