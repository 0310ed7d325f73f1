"""Changes through the application are recorded and leave no integrity findings."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import LogContext
from wagtail.models import Collection, PageViewRestriction, Site

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from abierto.approval.models import LedgerHead, LedgerLink, PublicRecord
from abierto.approval.records.fields import FILE_BYTES
from abierto.operations.integrity import run_checks
from tests.abierto.approval.newsroom import approve, fresh, submit
from tests.abierto.media.uploads import PDF, page_with, stored_document
from tests.abierto.operations.portal import Portal, build_public_files, on_disk, portal
from tests.factories import published
from tests.pages.history.scenario import as_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# All checks but those of the index, which is updated after each commit.
CHECKED = [
    "tree",
    "addresses",
    "approvals",
    "revisions",
    "aliases",
    "withdrawals",
    "versions",
    "ledger",
    "placement",
    "records",
    "names",
    "file-contents",
    "file-references",
    "renditions",
    "public-files",
]


@pytest.fixture
def place():
    return portal()


def findings() -> list[str]:
    return [finding.message for found in run_checks(CHECKED).values() for finding in found]


def send(client, place: Portal, url_name: str, /, *arguments: object, **data: object) -> None:
    """Submit an admin form as the superuser."""
    client.force_login(place.room.superuser)
    answer = client.post(reverse(url_name, args=arguments), data)
    assert answer.status_code == 302, answer.content.decode()[:2000]


def test_redirects_and_sites_edited_in_admin(client, place, settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "abierto.mx"]
    form = {"old_path": "/camino", "redirect_link": "https://ejemplo.mx/", "is_permanent": "on"}
    send(client, place, "wagtailredirects:add", **form)
    made = Redirect.objects.get(old_path="/camino")
    send(client, place, "wagtailredirects:edit", made.pk, **form | {"redirect_link": "https://otro.mx/"})
    send(client, place, "wagtailredirects:delete", place.redirect.pk)
    site = Site.objects.get()
    form = {"hostname": "abierto.mx", "port": "443", "site_name": "Abierto", "is_default_site": "on"}
    send(client, place, "wagtailsites:edit", site.pk, **form, root_page=site.root_page_id)

    assert Site.objects.get().hostname == "abierto.mx"
    assert findings() == []


def test_privacy_and_names_edited_in_admin(place):
    with LogContext(user=place.room.administrator):
        restriction = PageViewRestriction.objects.create(page=place.draft, restriction_type="groups")
        restriction.groups.add(place.room.space.editors)
        place.room.reviewer.post = "Contralora"
        place.room.reviewer.save()
        restriction.delete()

    assert findings() == []


def test_collections_and_files_moved_in_admin(client, place):
    shown = build_public_files(place.room)
    root = Collection.get_first_root_node()
    other = root.add_child(instance=Collection(name="Otra"))
    own = shown.document.collection_id
    form = {"name": "Propia", "parent": other.pk}
    send(client, place, "wagtailadmin_collections:edit", own, **form)
    for file in (shown.document, shown.image):
        model = [file._meta.app_label, file._meta.model_name]
        address = reverse("wagtail_bulk_action", args=[*model, "add_to_collection"])
        client.post(f"{address}?id={file.pk}", {"collection": other.pk})

    assert Collection.objects.get(pk=own).get_parent().pk == other.pk
    assert fresh(shown.document).collection_id == fresh(shown.image).collection_id == other.pk
    assert findings() == []


def test_withdrawal_and_deletion(place):
    with as_administrator(place.room, "Ya no aplica."):
        fresh(place.page).unpublish(user=place.room.administrator)
        fresh(place.hidden).delete()

    assert findings() == []


def test_slug_change_with_automatic_redirects(place):
    page = fresh(place.page)
    page.slug = "quienes-somos-hoy"
    with TestCase.captureOnCommitCallbacks(execute=True):
        approve(submit(page, place.room.editor), place.room.reviewer)

    assert Redirect.objects.filter(automatically_created=True).exists()
    assert findings() == []


def test_scheduled_publication(place, monkeypatch):
    later = timezone.now() + datetime.timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")

    assert fresh(place.scheduled).live
    assert findings() == []


def test_import_moves_public_page(place):
    with imported("Cambió de lugar en el documento."), TestCase.captureOnCommitCallbacks(execute=True):
        fresh(place.page).move(place.draft, pos="last-child")

    assert [message for message in findings() if "de qué página cuelga" in message] == []


def test_groups_and_accounts(place):
    account = User.objects.create(username="nueva")
    account.groups.set([place.room.space.editors, place.room.space.reviewers])
    account.groups.clear()
    place.room.space.reviewers.user_set.add(account)
    place.room.space.reviewers.user_set.remove(account)
    account.groups.add(place.room.space.editors)
    account.delete()

    assert findings() == []


def test_public_file_is_recorded_once(place):
    shown = build_public_files(place.room)
    approve(submit(fresh(shown.page), place.room.editor), place.room.reviewer)

    of_bytes = PublicRecord.objects.filter(model=FILE_BYTES, object_id=shown.document.file.name)
    assert of_bytes.count() == 1
    assert findings() == []


def test_import_corrects_public_file(place):
    shown = build_public_files(place.room)
    with imported("Fe de erratas"):
        shown.document.title = "Acta corregida"
        shown.document.save()

    assert findings() == []


def test_command_records_older_public_content(place, capsys):
    """The command records what has no record; a difference from a record remains a finding."""
    Redirect.objects.bulk_create([Redirect(old_path="/vieja", redirect_link="https://ejemplo.mx/")])
    Redirect.objects.filter(pk=place.redirect.pk).update(redirect_link="https://malo.example/")
    assert len(findings()) == 2

    call_command("ledger", "record", "--reason", "Venía del portal anterior.")

    assert "Registrado: «/vieja»" in capsys.readouterr().out
    assert [message for message in findings() if "/vieja" in message] == []
    assert len(findings()) == 1
    assert PublicRecord.objects.latest("pk").reason == "Venía del portal anterior."


def test_recording_requires_reason(place):
    with pytest.raises(CommandError):
        call_command("ledger", "record", "--reason", " ")


def test_bulk_created_rendition_has_hash(place):
    shown = build_public_files(place.room)

    assert {len(one.sha256) for one in shown.image.renditions.all()} == {64}


def test_rendition_without_hash_is_reported_as_unrecorded(place):
    shown = build_public_files(place.room)
    shown.image.renditions.update(sha256="")

    messages = findings()

    assert len(messages) == shown.image.renditions.count()
    assert all(message.endswith("sin huella registrada.") for message in messages)


def test_file_that_appears_after_the_publication_is_reported(place):
    document = stored_document(place.room.space)
    path = on_disk(document.file)
    path.unlink()
    published(page_with(document))
    assert findings() == []

    path.write_bytes(PDF)

    assert ["Acta" in message and "sin huella registrada" in message for message in findings()] == [True]


def test_links_are_written_with_their_rows(place):
    assert LedgerHead.objects.get(pk="public").rows == PublicRecord.objects.count()
    assert LedgerLink.objects.filter(ledger="public").count() == PublicRecord.objects.count()


def test_record_stores_only_fingerprints(place):
    """Passwords could be guessed from an unsalted fingerprint, and names do not belong in an export."""
    records = [str(record.prints) + str(record.exported()) for record in PublicRecord.objects.all()]

    assert not any("abre-por-favor" in text or "revisora" in text for text in records)
