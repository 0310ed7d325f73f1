"""Personal data that may never be public is refused on every route, in every text of a version."""

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from abierto.approval.confirmations.scanned_version import ScannedVersion
from abierto.approval.conflicts.versions import OPENED, load_current_version
from abierto.approval.errors import NotAllowed, ReviewRefused
from abierto.approval.overrides.direct_changes import check_direct_change, check_private_data
from abierto.approval.overrides.name_changes import NAME_FIELDS
from abierto.approval.review.decisions import build_token
from abierto.approval.review.inline_rows import row_key
from abierto.approval.review.private_data import find_private_data
from abierto.bundles.models import Bundle, BundleStatus
from abierto.bundles.queries import load_items
from abierto.bundles.services import approve_bundle, submit_bundle
from abierto.privacy.findings import FindingLevel
from abierto.privacy.scanning import scan
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, approve, draft_update, fresh, ledger, newsroom, submit
from tests.abierto.approval.review.validating import ROADS, SOON, expect_invalid, rows_of
from tests.abierto.privacy.identities import curp

CURP = curp(random.Random(9))
SENTENCE = f"Quita el dato personal que empieza con «{CURP[:4]}» (CURP): no se puede publicar."

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def room() -> Newsroom:
    return newsroom()


def page_with(room: Newsroom, **fields: Any) -> Any:
    page = factories.StandardPageFactory(parent=room.home, owner=room.editor)
    for name, value in fields.items():
        setattr(page, name, value)
    return page


def body(kind: str, value: Any) -> Any:
    return [{"type": kind, "value": value, "id": "8c0a1c7e-0000-4000-8000-000000000001"}]


def set_raw_body(page: Any, *blocks: dict) -> None:
    page.body = page._meta.get_field("body").to_python(list(blocks))


# --- Drafts --------------------------------------------------------------------------------------------

SAYS_SO = "El borrador se guardó, pero lleva un dato personal."


def save_draft(client, room: Newsroom, summary: str) -> str:
    """Save the draft of a page in its form, and return the messages."""
    page = page_with(room)
    page.save_revision(user=room.editor)
    client.force_login(room.editor)
    none = dict.fromkeys(("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"), 0)
    data = {"title": page.title, "slug": page.slug, "summary": summary, "body": streamfield([])}
    data |= dict.fromkeys(("seo_title", "search_description", "go_live_at", "expire_at"), "")
    data |= {"comments": none, OPENED: str(load_current_version(page))}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, nested_form_data(data), follow=True)
    assert fresh(page).get_latest_revision_as_object().summary == summary
    return " ".join(str(message) for message in response.context["messages"])


def test_a_draft_with_private_data_is_stored_and_its_author_is_warned(client, room):
    messages = save_draft(client, room, f"Becaria {CURP}")

    assert SAYS_SO in messages
    assert f"«{CURP[:4]}»" in messages
    assert CURP not in messages


def test_a_clean_draft_is_saved_without_a_warning(client, room):
    assert SAYS_SO not in save_draft(client, room, "Una beca para 20 personas.")


# --- Every text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["title", "seo_title", "search_description", "summary"])
def test_text_fields_are_searched(room, field):
    page = page_with(room, **{field: f"Becaria {CURP}"})

    assert (field, SENTENCE) in list(find_private_data(ScannedVersion(page).findings))


def test_slug_is_searched(room):
    page = page_with(room, slug=f"beca-{CURP.lower()}")

    assert [path for path, _message in find_private_data(ScannedVersion(page).findings)] == ["slug"]


def test_rich_text_is_searched_without_its_markup(room):
    page = page_with(room)
    set_raw_body(page, *body("paragraph", f"<p>La clave {CURP[:6]}<b>{CURP[6:]}</b> consta</p>"))

    assert list(find_private_data(ScannedVersion(page).findings)) == [("body", SENTENCE)]


def test_address_of_a_link_is_searched(room):
    page = page_with(room)
    set_raw_body(page, *body("paragraph", '<p><a href="mailto:lupe.hdz@gmail.com">Escribe</a></p>'))

    assert [path for path, _message in find_private_data(ScannedVersion(page).findings)] == ["body"]


def test_rows_are_searched(room):
    update = draft_update(room)
    row = rows_of(update)[0]
    row.note = f"La beneficiaria {CURP} ya firmó."

    [(path, message)] = find_private_data(ScannedVersion(update).findings)

    assert path == f"rows.{row_key(row)}.note"
    assert message == SENTENCE


def test_snippets_are_searched_but_for_their_official_mailboxes(room):
    row = factories.InstitutionFactory(
        name=f"Oficina {CURP}", email="oficina.municipal@gmail.com", live=False
    )

    assert [path for path, _message in find_private_data(ScannedVersion(row).findings)] == ["name"]


def test_contact_of_a_public_institution_passes(room, django_assert_num_queries):
    page = page_with(room, summary="Escribe a juan.perez@gmail.com para pedir tu cita.")
    assert [path for path, _message in find_private_data(ScannedVersion(page).findings)] == ["summary"]
    factories.InstitutionFactory(name="Una oficina", email="Juan.Perez@gmail.com")

    assert list(find_private_data(ScannedVersion(page).findings)) == []
    page.summary = "Escribe a la oficina para pedir tu cita."
    with django_assert_num_queries(0):
        assert list(find_private_data(ScannedVersion(page).findings)) == []


def test_data_that_only_need_a_confirmation_pass(room):
    page = page_with(room, summary="La quejosa María del Refugio Hernández Ríos vive en calle Mina número 4.")

    assert list(find_private_data(ScannedVersion(page).findings)) == []


# --- Every route ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_version_with_private_data_does_not_become_public(room, road):
    page = page_with(room, summary=f"Becaria {CURP}")
    factories.complete(page)
    revision = page.save_revision(user=room.editor)

    with expect_invalid(SENTENCE):
        road(revision, room)

    now = fresh(page)
    assert (now.live, now.current_workflow_state, ledger(page)) == (False, None, [])


def test_version_submitted_before_a_detector_existed_is_not_approved(room):
    page = page_with(room)
    state = submit(page, room.editor)
    content = state.revision.content | {"summary": f"Becaria {CURP}"}
    Revision.objects.filter(pk=state.revision_id).update(content=content)

    for user in (room.reviewer, room.both):
        with expect_invalid(SENTENCE):
            approve(fresh(page).current_workflow_task_state, user)
    assert not fresh(page).live


@pytest.mark.parametrize("date", [None, SOON])
def test_bundle_with_private_data_is_neither_submitted_nor_approved(room, date):
    pages = [page_with(room), page_with(room, summary=f"Becaria {CURP}")]
    for page in pages:
        factories.complete(page)
        page.save_revision(user=room.editor)
    when = timezone.now() + date if date else None
    with expect_invalid(SENTENCE):
        submit_bundle(Bundle(name="Enero", go_live_at=when), pages, room.editor)

    pages[1].summary = "Becaria"
    pages[1].save_revision(user=room.editor)
    bundle = submit_bundle(Bundle(name="Enero", go_live_at=when), pages, room.editor)
    state = fresh(pages[1]).current_workflow_task_state
    content = state.revision.content | {"summary": f"Becaria {CURP}"}
    Revision.objects.filter(pk=state.revision_id).update(content=content)
    tokens = {
        item.pk: build_token(item.workflow_state.current_task_state.revision) for item in load_items(bundle)
    }
    with pytest.raises(ReviewRefused, match=CURP[:4]):
        approve_bundle(bundle, room.reviewer, tokens, "")
    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.SENT
    assert not any(fresh(page).live for page in pages)


@pytest.mark.parametrize(
    "row",
    [
        Redirect(old_path="/beca", redirect_link=f"https://example.org/{CURP}"),
        Site(hostname="example.org", site_name=f"Becas {CURP}"),
    ],
    ids=["redirect", "site"],
)
def test_rows_that_are_public_when_saved_are_searched(room, row):
    with pytest.raises(NotAllowed, match="CURP"):
        check_direct_change(row, room.administrator)


def test_name_that_the_public_reads_is_searched(room):
    room.editor.last_name = CURP
    with pytest.raises(NotAllowed, match="CURP"):
        check_private_data(room.editor, NAME_FIELDS)


# --- The demo ------------------------------------------------------------------------------------------


def iter_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from iter_strings(inner)


def test_demo_content_passes():
    folder = Path(settings.ROOT) / "site/abierto/demo/content"
    texts = [text for path in folder.glob("*.toml") for text in iter_strings(tomllib.loads(path.read_text()))]

    assert len(texts) > 1000
    assert [text for text in texts if any(found.level == FindingLevel.BLOCK for found in scan(text))] == []
