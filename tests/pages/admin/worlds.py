"""Two institutions with a commitment each, and the admin forms as a browser submits them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from abierto.accounts.models import User
from abierto.approval.models.task import create_review_workflow
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    PlanPageFactory,
    home,
    published,
)
from tests.shared_rows import built_once

STREAMS: dict[str, tuple[str, ...]] = {
    "AxisPage": (),
    "PlanPage": ("body",),
    "StandardPage": ("body",),
    "ProgressUpdatePage": ("evidence", "rows-{}-evidence"),
    "CommitmentPage": ("body", "actions-{}-means"),
    "ReportPage": ("body",),
}


@dataclass
class ListingWorld:
    """A plan with one axis, the commitments of the north and the south, and their editors."""

    plan: PlanPage
    north: CommitmentPage
    south: CommitmentPage
    state: Space
    north_editor: User
    north_reviewer: User
    south_editor: User
    state_editor: User


def space(name: str, kind: SpaceKind = SpaceKind.INSTITUTION) -> Space:
    """Return a space with its review."""
    groups = get_or_create_groups(name)
    return create_space(
        kind, name, name.lower(), create_review_workflow(f"Revisión de {name}", groups.reviewers)
    )


def member(username: str, group: Group) -> User:
    """Return an account in ``group``."""
    user = User.objects.create_user(username, first_name=username.title(), last_name="Prueba")
    user.groups.add(group)
    return user


@built_once
def build() -> ListingWorld:
    """Build the institutions; both commitments are public and have two actions."""
    plan = published(PlanPageFactory(title="Plan 2022-2024", slug="pal-2022-2024"))
    axis = AxisPageFactory(parent=plan, code="1")
    means = [("means", {"text": "Informe publicado", "kind": "publication", "cadence": "once"})]
    north = published(
        CommitmentPageFactory(
            parent=axis,
            code="1.1",
            title="Datos del norte",
            responsible=InstitutionFactory(name="Instituto del Norte", acronym="IN"),
            actions=[{"title": "Abrir los datos", "means": means}, {"title": "Enseñar a usarlos"}],
        )
    )
    south = published(
        CommitmentPageFactory(
            parent=axis,
            code="1.2",
            title="Datos del sur",
            responsible=InstitutionFactory(name="Instituto del Sur", acronym="IS"),
            actions=2,
        )
    )
    state, norths, souths = space("Estado", SpaceKind.STATE), space("Norte"), space("Sur")
    for owner, page in ((state, home()), (norths, north), (souths, south)):
        assign_root(owner, page)
    return ListingWorld(
        plan=plan,
        north=north,
        south=south,
        state=state,
        north_editor=member("norte", norths.editors),
        north_reviewer=member("revisa", norths.reviewers),
        south_editor=member("sur", souths.editors),
        state_editor=member("estado", state.editors),
    )


def signed_in(user: User) -> Client:
    """Return a client with a session of ``user``."""
    client = Client()
    client.force_login(user)
    return client


def opened(client: Client, page: Page) -> dict[str, Any]:
    """Open a page for editing and return the fields of its unchanged form."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200, response.status_code
    return sent(response, type(page).__name__)


def sent(response: HttpResponse, kind: str) -> dict[str, Any]:
    """Return the fields of the form in ``response``; stream fields start empty, as without scripts."""
    form_id = "page-edit-form" if b'id="page-edit-form"' in response.content else "w-editor-form"
    data = querydict_from_html(response.content.decode(), form_id=form_id).dict()
    # Browsers drop the line break that Django adds at the start of every text area.
    data = {name: value.removeprefix("\n") for name, value in data.items()}
    rows = {name.split("-")[1] for name in data if re.match(r"(rows|actions)-\d+-id$", name)}
    for stream in STREAMS[kind]:
        for name in [stream.format(row) for row in rows] if "{}" in stream else [stream]:
            data[f"{name}-count"] = "0"
    data.pop("action-publish", None)
    return data


def posted(client: Client, page: Page, data: dict[str, Any], action: str = "") -> HttpResponse:
    """Post the form of ``page``: save it as a draft, or press the button ``action``."""
    pressed = {action: "1"} if action else {}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, **pressed})


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    """Return the errors on the fields of a refused form, rows as «rows-0-percent»."""
    assert response.status_code == 200, f"not refused: {response.status_code}"
    form = response.context["form"]
    found = {name: list(errors) for name, errors in form.errors.items()}
    for formset in form.formsets.values():
        for row in formset.forms:
            found |= {row.add_prefix(name): list(errors) for name, errors in row.errors.items()}
    return found


def evidence(prefix: str, **values: str) -> dict[str, str]:
    """Return one piece of evidence of the stream field ``prefix`` as a browser submits it."""
    fields = {"title": "Portal", "kind": "link", "url": "", "document": "", "published_on": "",
              "description": "", "means_key": "", **values}  # fmt: skip
    block = {f"{prefix}-0-value-{name}": value for name, value in fields.items()}
    return {
        f"{prefix}-count": "1",
        f"{prefix}-0-deleted": "",
        f"{prefix}-0-order": "0",
        f"{prefix}-0-type": "evidence",
        f"{prefix}-0-id": "",
        **block,
    }
