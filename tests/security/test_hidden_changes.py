"""Crafted changes that a review might not show, each approved if possible; prints how many pass."""

import copy
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from abierto.approval.errors import ReviewRefused
from abierto.approval.guard import checks as approved
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.models import task
from abierto.approval.review import decisions
from abierto.approval.review import version_pair as versions
from abierto.approval.review.fields import review_fields
from pages.plans.commitments import CommitmentPage
from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import approve, newsroom
from tests.abierto.approval.review.contents import Changed, Maker, Targets
from tests.completing import without_validation
from tests.factories import published
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SHOWS_NOTHING = "No cambia nada de lo que el público ve"
OUTSIDE_THE_FORM = "a menu entry that no form of a commitment offers"


@pytest.fixture
def room():
    town_hall()
    return newsroom()


@pytest.fixture(autouse=True)
def skip_validation(monkeypatch):
    """Disable validation, which would refuse many of these contents before the comparison."""
    monkeypatch.setattr(task, "check_valid", lambda *args: None)
    monkeypatch.setattr(decisions, "check_valid", lambda *args: None)
    monkeypatch.setattr(approved, "check_unless_validated", lambda *args: None)


@pytest.fixture
def standard(room):
    """A public page with two blocks of every kind."""
    body = Maker(Targets()).stream(StandardPage._meta.get_field("body").stream_block)
    with without_validation():
        return published(factories.StandardPageFactory(title="Pública", body=json.dumps(body)))


def block_changes(page: StandardPage) -> Iterator[Changed]:
    """Yield plain and crafted changes of a body that show little or nothing."""
    stored = page.serializable_data()
    body = json.loads(stored["body"])
    at = {block["type"]: number for number, block in reversed([*enumerate(body)])}

    def changed(what: str, kind: str, edit: Any) -> Changed:
        new = copy.deepcopy(body)
        new[at[kind]] = edit(new[at[kind]])
        return Changed(what, stored, stored | {"body": json.dumps(new)})

    def value_of(kind: str) -> Any:
        return copy.deepcopy(body[at[kind]]["value"])

    def with_value(value: Any) -> Any:
        return lambda block: block | {"value": value}

    image, cards, paragraph = value_of("image"), value_of("links"), value_of("paragraph")
    picture = image["image"]
    yield changed("alt text", "image", with_value(image | {"image": picture | {"alt_text": "Otra"}}))
    decorative = picture | {"decorative": not picture["decorative"]}
    yield changed("decorative", "image", with_value(image | {"image": decorative}))
    for kind, other in (("paragraph", "quote"), ("paragraph", "list"), ("document", "image")):
        value = {"type": other, "value": value_of(other)}
        yield changed(f"{kind} becomes {other}", kind, lambda block, value=value: block | value)
    yield changed("format", "paragraph", with_value(paragraph.replace("<b>", "").replace("</b>", "")))
    yield changed("zero width", "paragraph", with_value(paragraph.replace("esto", "es\u200bto")))
    yield changed("no-break space", "paragraph", with_value(paragraph.replace("Mira ", "Mira&nbsp;")))
    yield changed("comment", "paragraph", with_value(paragraph + "<!-- nada -->"))
    yield changed("order of a list", "links", with_value(cards | {"cards": cards["cards"][::-1]}))
    card = copy.deepcopy(cards["cards"])
    card[0]["value"]["text"] += " "
    yield changed("space at an end", "links", with_value(cards | {"cards": card}))
    yield changed("key beside the value", "video", lambda one: one | {"oculto": "sí"})
    yield changed("id", "heading", lambda one: one | {"id": str(uuid.uuid4())})
    twin = body[at["notice"]] | {"value": value_of("notice") | {"title": "Gemelo"}}
    yield Changed("two blocks with one id", stored, stored | {"body": json.dumps([*body, twin])})


def row_changes(page: CommitmentPage) -> Iterator[Changed]:
    """Yield changes of fields and rows that the editing form does not show."""
    stored = page.serializable_data()
    first, second = stored["actions"]
    yield Changed(OUTSIDE_THE_FORM, stored, stored | {"show_in_menus": not stored["show_in_menus"]})
    twin = first | {
        "pk": None,
        "title": "Gemela",
        "translation_key": second["translation_key"],
        "sort_order": 9,
    }
    for what, rows in (
        ("key of a row", [first | {"translation_key": str(uuid.uuid4())}, second]),
        ("row under another's key", [first, second, twin]),
        ("space at the end of a row", [first | {"text": first["text"] + " "}, second]),
    ):
        yield Changed(what, stored, stored | {"actions": rows})


def is_hidden(client: Any, room: Any, page: Any, content: dict[str, Any]) -> bool:
    """Approve a content and undo it; return whether it became public with an empty review."""
    with transaction.atomic():
        before = content_hash(type(page).objects.get(pk=page.pk))
        revision = page.with_content_json(copy.deepcopy(content)).save_revision(user=room.editor)
        draft = type(page).objects.get(pk=page.pk)
        draft.get_workflow().start(draft, room.editor)
        state = type(page).objects.get(pk=page.pk).current_workflow_task_state
        assert state.revision_id == revision.pk
        client.force_login(room.reviewer)
        html = client.get(reverse("approval:review", args=[state.pk])).content.decode()
        try:
            with transaction.atomic():
                approve(state, room.reviewer)
        except (ReviewRefused, PermissionDenied, IntegrityError):
            pass
        became_public = content_hash(type(page).objects.get(pk=page.pk)) != before
        transaction.set_rollback(True)
    return became_public and SHOWS_NOTHING in html


def test_no_hidden_change_is_approved(client, room, standard, capsys):
    tried = [(standard, change) for change in block_changes(standard)]
    tried += [(room.commitment, change) for change in row_changes(room.commitment)]

    hidden = [change.what for page, change in tried if is_hidden(client, room, page, change.content)]

    with capsys.disabled():
        print(f"\n{len(tried)} contents changed.\nhidden changes: {len(hidden)}")
    assert hidden == []


@pytest.mark.parametrize("has_net", [True, False])
def test_a_hidden_change_would_be_detected(client, room, monkeypatch, has_net):
    """A comparison of the form fields only hides a change; the check refuses it, and without the check it
    passes.
    """
    monkeypatch.setattr(
        versions,
        "review_fields",
        lambda *args: [change for change in review_fields(*args) if not change.is_minor],
    )
    if not has_net:
        monkeypatch.setattr(decisions, "check_every_change_shown", lambda revision: None)

    hidden = [
        change.what
        for change in row_changes(room.commitment)
        if change.what == OUTSIDE_THE_FORM and is_hidden(client, room, room.commitment, change.content)
    ]

    assert hidden == ([] if has_net else [OUTSIDE_THE_FORM])
