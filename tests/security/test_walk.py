"""No URL of the admin changes public content without a row of the ledger.

A view that a later version of Wagtail, or of the project, adds is included automatically.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.forms import CharField
from django.test import TestCase
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment

from abierto.accounts.models import User
from abierto.approval import receivers
from abierto.approval.concurrency.deletions import SUMMARY_FIELD, summarize_deletion
from abierto.approval.conflicts.versions import OPENED, OPENED_CONTENT, load_current_version, sign_content
from abierto.approval.errors import ReviewRefused
from abierto.approval.ledger.audit import find_unapproved
from abierto.approval.models import AccountRecord, Approval, ReviewTask
from abierto.approval.overrides.withdrawn_places import WithdrawnPlace
from abierto.approval.review.decisions import build_token
from abierto.tenancy.provisioning import get_groups, grant_pages
from pages.plans.models import PlanPage
from tests.abierto.approval.newsroom import Newsroom, newsroom, person
from tests.factories import (
    GlossaryTermFactory,
    InstitutionFactory,
    MunicipalityFactory,
    PersonFactory,
    SeatFactory,
)
from tests.municipal_factories import DeclaredFigureFactory, ListedStepFactory, OfficialContactFactory
from tests.security.addresses import BULK, Address, Gaps, addresses
from tests.security.newsdesk import OWN_WORDS, Desk, public_state, stage
from tests.security.public_rows import note_public_content
from tests.security.routes import english
from tests.security.routes_around import promoted
from tests.security.routes_translated import live_translation
from tests.security.test_four_eyes_routes import EVERY_PAGE_PERMISSION
from tests.security.writes import Writes

# Every URL runs the same code on both databases; the triggers have tests on each.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# URLs with arguments without values, and why that hides no route to the public.
NOT_WALKED = {
    "wagtailadmin_password_reset_confirm": "needs a letter's secret; changes one's own password",
    "wagtailadmin_editing_sessions:ping": "says that an editor is open",
    "wagtailadmin_editing_sessions:release": "says that it closed",
    "wagtaildocs:create_multiple_from_uploaded_document": "a new file, which no page shows",
    "wagtaildocs:delete_upload_multiple": "a file that never became a document",
    "wagtailimages:create_multiple_from_uploaded_image": "a new file, which no page shows",
    "wagtailimages:delete_upload_multiple": "a file that never became an image",
}
ADMIN_API_ACTIONS = (
    "convert_alias",
    "copy",
    "copy_for_translation",
    "create_alias",
    "delete",
    "move",
    "publish",
    "revert_to_page_revision",
    "unpublish",
)
ENDS_THE_SESSION = {"wagtailadmin_logout"}


def gaps_for(desk: Desk) -> tuple[Gaps, dict[str, Any]]:
    """Return the values of the URL arguments, and the fields that every form is sent."""
    older = desk.live.live_revision
    desk.live.title = "Intermedia"
    desk.live.save_revision(user=desk.room.editor)
    state = desk.submit(desk.other)
    fillings = by_gap(desk) | gaps_of_reviews(state, older) | gaps_of_translations(desk)
    gaps = Gaps(by_namespace(desk), fillings)
    return gaps, sent_everywhere(desk, state)


def by_namespace(desk: Desk) -> dict[str, list[Any]]:
    """Return the objects of each part of the admin."""
    task = ReviewTask.objects.get(name=desk.room.space.reviewers.name)
    seat = SeatFactory()
    return {
        "wagtailsnippets_registry_institution": [seat.institution_id, InstitutionFactory(live=False).pk],
        "wagtailsnippets_registry_person": [seat.person_id, PersonFactory(live=False).pk],
        "wagtailsnippets_registry_secretariat": [seat.secretariat_id],
        "wagtailsnippets_registry_seat": [seat.pk],
        "wagtailsnippets_registry_municipality": [MunicipalityFactory().pk],
        "wagtailsnippets_registry_declaredfigure": [DeclaredFigureFactory().pk],
        "wagtailsnippets_registry_steplist": [(step := ListedStepFactory()).step_list_id],
        "wagtailsnippets_registry_listedstep": [step.pk],
        "wagtailsnippets_registry_glossaryterm": [GlossaryTermFactory().pk],
        "wagtailsnippets_registry_officialcontact": [OfficialContactFactory().pk],
        "wagtailsnippets_search_promotedresult": [promoted(desk).pk],
        "wagtailsettings": [Site.objects.get(is_default_site=True).pk],
        "wagtailsites": [Site.objects.get(is_default_site=True).pk],
        "tenancy:edit_site": [Site.objects.get(is_default_site=True).pk],
        "wagtaillocales": [english().pk],
        "wagtailusers_users": [desk.user.pk, desk.room.reviewer.pk],
        "wagtailusers_groups": [desk.room.space.reviewers.pk],
        "wagtailadmin_collections": [desk.room.space.collection_id],
        "wagtailadmin_workflows": [desk.room.space.workflow_id],
        "wagtailadmin_workflows:edit_task": [task.pk],
        "wagtailadmin_workflows:disable_task": [task.pk],
        "dashboard:space_steps": [desk.town.pk],
        "spaces:detail": [desk.town.pk],
        "wagtailadmin_api:documents": [desk.document.pk],
        "wagtailadmin_api:images": [desk.image.pk],
    }


def by_gap(desk: Desk) -> dict[str, list[Any]]:
    """Return the values of arguments whose names tell their model."""
    pages = [desk.live.pk, desk.draft.pk]
    redirect = Redirect.objects.create(old_path="/vieja", redirect_link="https://example.org/")
    return {
        "pk": pages,
        "page_id": [*pages, desk.hidden.pk],
        "page_pk": pages,
        "page_to_move_id": pages,
        "parent_page_id": [desk.room.home.pk],
        "destination_id": [desk.draft.pk],
        "number": [desk.user.pk, desk.room.reviewer.pk],
        "app_label": ["pages", "search", "approval"],
        "app_name": ["pages", "search", "approval"],
        "model_name": ["standardpage", "promotedresult", "reviewtask", "tracesettings"],
        "content_type_app_name": ["pages"],
        "content_type_model_name": ["standardpage"],
        "collection_id": [desk.room.space.collection_id],
        "plan_id": [PlanPage.objects.get().pk],
        "redirect_id": [redirect.pk],
        "document_id": [desk.document.pk],
        "doc_id": [desk.document.pk],
        "image_id": [desk.image.pk],
        "filter_spec": ["width-20"],
        "space_id": [desk.room.space.pk],
        "word_list": ["legal_words"],
        "chapter": ["entrar"],
        "name": ["enviar.png"],
        "kind": ["avances", "plan"],
        "space": [desk.room.space.pk],
        "plan": [PlanPage.objects.get().pk],
        "file_format": ["xlsx", "csv"],
    }


def gaps_of_reviews(state: Any, older: Any) -> dict[str, list[Any]]:
    """Return the arguments of versions and their reviews."""
    return {
        "action_name": [*ADMIN_API_ACTIONS, "approve"],
        "task_state_id": [state.pk],
        "task_id": [state.task_id],
        "workflow_state_id": [state.workflow_state_id],
        "workflow_pk": [state.workflow_state.workflow_id],
        "revision_id": [older.pk],
        "revision_id_a": ["live"],
        "revision_id_b": [older.pk],
    }


def gaps_of_translations(desk: Desk) -> dict[str, list[Any]]:
    """Return the arguments of translations."""
    _target, source, translation = live_translation(desk)
    return {
        "translation_source_id": [source.pk],
        "translation_id": [translation.pk],
        "string_segment_id": [StringSegment.objects.filter(source=source).first().pk],
        "overridable_segment_id": [1],
        "mode": ["default"],
    }


def sent_everywhere(desk: Desk, state: Any) -> dict[str, Any]:
    """Return the fields that views read beside their forms, with plausible values."""
    return {
        **desk.form(desk.live),
        "new_title": OWN_WORDS,
        "new_slug": "otra",
        "new_parent_page": desk.room.home.pk,
        "publish_copies": "on",
        "keep_live": "true",
        "alias": "on",
        "include_descendants": "on",
        "publish_translations": "on",
        "locales": [locale.pk for locale in Locale.objects.all()],
        "chooser": desk.draft.pk,
        "destination_page_id": desk.draft.pk,
        "revision_id": desk.live.live_revision_id,
        "restriction_type": "none",
        "password": "",
        "action": "approve",
        "token": build_token(state.revision),
        "comment": "Conforme",
        "motivo": "Prueba",
        SUMMARY_FIELD: summarize_deletion([desk.live]),
        "action-publish": "1",
    }


def filled(form: Any) -> dict[str, Any]:
    """Return a form as shown, with changed text fields."""
    data: dict[str, Any] = {}
    if not hasattr(form, "fields"):
        return data
    for bound in form:
        value = bound.value()
        is_text = type(bound.field) is CharField and bound.name not in ("slug", "hostname", "username")
        if is_text and not bound.field.disabled:
            value = OWN_WORDS
        if value is not None and value is not False:
            data[bound.html_name] = value if isinstance(value, list | str) else str(value)
    return data


def probe_url(desk: Desk, address: Address, everywhere: dict[str, Any]) -> Any:
    """Send a URL its own form, changed, and every other field that a view may read."""
    desk.client.force_login(desk.user)
    path = address.path
    if address.name.startswith(BULK):
        many = (desk.live, desk.draft, desk.image, desk.document)
        path += "?" + "&".join(f"id={one.pk}" for one in many)
    shown = desk.client.get(path).context or {}
    own = filled(shown["form"]) if "form" in shown else {}
    subject = shown["object"] if "object" in shown else None  # noqa: SIM401 - a list of contexts has no get
    if getattr(subject, "pk", None) and not isinstance(subject, Page):
        own |= {OPENED: str(load_current_version(subject)), OPENED_CONTENT: sign_content(subject)}
    if isinstance(subject, Page) or "page" in address.name:
        own = {key: value for key, value in own.items() if key not in everywhere}
    return desk.client.post(path, {**everywhere, **own})


def uncovered_changes(before: dict[Any, Any], after: dict[Any, Any], rows: int, records: int) -> list[str]:
    """Return the public changes without a new row of the ledger."""
    new = list(Approval.objects.filter(pk__gt=rows).values_list("object_id", flat=True))
    new_records = AccountRecord.objects.filter(pk__gt=records).exists()
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    # The user of a decision is named in public from then on: the row itself covers that.
    changed -= {key for key in after.keys() - before.keys() if isinstance(key, tuple)}
    return [str(key) for key in changed if not is_covered(key, new, new_records)]


def is_covered(key: object, new: list[str], new_records: bool) -> bool:
    """Check whether new rows cover a change: of an object by its key, of other data by any row."""
    if isinstance(key, tuple):
        return str(key[1]) in new
    return str(key) in new or (key == "reviewers" and new_records) or (isinstance(key, str) and bool(new))


def walk(desk: Desk, only: tuple[str, ...] = ()) -> tuple[dict[str, list[str]], int, set[str]]:
    """Request every URL; return the uncovered changes of each, their number, and the skipped URLs.

    What is public is read again only where the request changed rows that it is read from.
    """
    gaps, everywhere = gaps_for(desk)
    found: dict[str, list[str]] = {}
    walked = 0
    public = note_public_content()
    rows = Approval.objects.first().pk
    records = AccountRecord.objects.first().pk
    for address in addresses(gaps):
        if address.name in ENDS_THE_SESSION or (only and not address.name.startswith(only)):
            continue
        walked += 1
        with transaction.atomic():
            writes = Writes()
            try:
                with (
                    connection.execute_wrapper(writes),
                    TestCase.captureOnCommitCallbacks(execute=True),
                    transaction.atomic(),
                ):
                    probe_url(desk, address, everywhere)
            except (PermissionDenied, ReviewRefused, IntegrityError):
                pass
            wrong = []
            if writes.statements and public.has_other_rows():
                wrong = uncovered_changes(public.state, public_state(), rows, records)
                wrong += [str(unapproved) for unapproved in find_unapproved()]
            transaction.set_rollback(True)
        if wrong:
            found[address.path] = wrong
    return found, walked, gaps.unfilled


def user_with_all_rights(room: Newsroom) -> User:
    """Return a superuser with every permission and every role."""
    everything = Group.objects.create(name="Todo")
    everything.permissions.set(Permission.objects.all())
    grant_pages(everything, room.home, EVERY_PAGE_PERMISSION)
    groups = (everything, *get_groups(room.space))
    return person("todo", *groups, is_superuser=True, is_staff=True)


def test_no_address_of_the_admin_changes_what_is_public_without_a_row(capsys):
    room = newsroom()

    found, walked, unfilled = walk(stage(room).desk(user_with_all_rights(room)))

    with capsys.disabled():
        print(f"\n{walked} direcciones del administrador, {len(found)} sin renglón en el libro")
    assert found == {}
    assert unfilled <= NOT_WALKED.keys()
    assert walked > 300


def test_the_walk_detects_uncovered_changes(no_guard, monkeypatch):
    """Without guard, triggers and ledger the same requests change public content: the walk detects it."""
    room = newsroom()
    desk = stage(room).desk(user_with_all_rights(room))
    monkeypatch.setattr(receivers, "RECORDERS", dict.fromkeys(receivers.RECORDERS, lambda one: None))
    monkeypatch.setattr(receivers, "record_withdrawal", lambda *args: None)
    monkeypatch.setattr(receivers, "record_place", lambda *args: WithdrawnPlace(None))
    monkeypatch.setattr(receivers, "record_direct_change", lambda *args: None)
    views = (
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_api",
        "wagtailsites:edit",
        BULK,
    )

    found, _walked, _unfilled = walk(desk, only=views)

    paths = " ".join(found)
    assert reverse("wagtailadmin_pages:edit", args=[desk.live.pk]) in paths
    assert reverse("wagtailadmin_pages:unpublish", args=[desk.live.pk]) in paths
    assert "/admin/api/main/pages/" in paths
    assert "/admin/sites/" in paths
    assert "/admin/bulk/wagtailcore/page/unpublish/" in paths
