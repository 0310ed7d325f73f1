"""References to private objects of another space: in form, preview, revision, approval and stored data."""

import datetime
import json

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Revision
from wagtail.test.utils.form_data import rich_text

from abierto.approval.errors import ReferencesRefused, ReviewRefused
from abierto.approval.ledger.imports import imported
from abierto.approval.models import Approval
from abierto.approval.review.decisions import build_token, check_approval
from abierto.media.models import PortalDocument
from abierto.media.usage import is_frozen, is_in_public_use
from abierto.tenancy.access import space_of
from search.promotions.models import PromotedResult
from tests import factories
from tests.abierto.approval.newsroom import approve, fresh, submit
from tests.pages.admin.worlds import errors_of, evidence, opened, posted, signed_in
from tests.pages.references.conftest import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def build_image_block(key) -> dict[str, str]:
    """Return an image block of the body as a browser submits it."""
    values = {"image-image": str(key), "image-alt_text": "Una plaza", "caption": "", "credit": ""}
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "image",
        "body-0-id": "",
        **{f"body-0-value-{name}": value for name, value in values.items()},
    }


def build_evidence(document) -> str:
    """Return a stream with one piece of evidence."""
    value = {"title": "Acta", "kind": "document", "document": document.pk}
    return json.dumps([{"type": "evidence", "id": "e1", "value": value}])


def write_raw(page, **values: str) -> None:
    """Write columns of a page's table with SQL."""
    table = connection.ops.quote_name(type(page)._meta.db_table)
    with connection.cursor() as cursor:
        for name, value in values.items():
            column = connection.ops.quote_name(name)
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE page_ptr_id = %s", [value, page.pk])


def rename(page) -> None:
    """Give a page of the own space a name that may be shown."""
    page.title = page.draft_title = "Avance propio"
    page.slug = "propio"
    page.save()


class TestForm:
    def test_a_foreign_image_is_refused_on_its_field(self, world, editor, own, foreign):
        data = opened(editor, world.north)

        answer = posted(editor, world.north, {**data, **build_image_block(foreign.image.pk)})

        assert "«Cuerpo › Imagen» apunta a una imagen" in errors_of(answer)["body"][0]
        assert SECRET not in answer.content.decode()
        assert posted(editor, world.north, {**data, **build_image_block(own.image.pk)}).status_code == 302

    def test_a_shared_image_and_a_public_page_are_accepted(self, world, editor, foreign):
        foreign.image.collection = foreign.image.collection.get_parent()
        foreign.image.save()
        data = opened(editor, world.north)

        answer = posted(editor, world.north, {**data, **build_image_block(foreign.image.pk)})

        assert answer.status_code == 302

    def test_an_unknown_key_is_refused_and_other_input_stays(self, world, editor):
        data = {**opened(editor, world.north), "summary": "Lo que escribí"}

        for key in ("abc", "1.5", str(10**30), "\x00", "１", "+1", "987654321"):
            answer = posted(editor, world.north, {**data, **build_image_block(key)})

            # Unstorable text is refused before the form is read (``abierto.bad_requests``).
            assert answer.status_code == 400 or errors_of(answer).keys() == {"body"}, key
            assert "Lo que escribí" in answer.content.decode()

    def test_foreign_evidence_in_a_row_is_refused_on_the_row(self, world, editor, own, foreign):
        rename(own.draft)
        data = opened(editor, own.draft)
        data |= {"narrative": rich_text("")}
        piece = evidence("rows-0-evidence", kind="document", document=str(foreign.document.pk))

        answer = posted(editor, own.draft, {**data, **piece})

        assert "apunta a un documento" in errors_of(answer)["rows-0-evidence"][0]
        assert SECRET not in answer.content.decode()

    def test_a_foreign_link_in_rich_text_is_refused(self, world, editor, own, foreign):
        rename(own.draft)
        link = f'<p><a linktype="page" id="{foreign.draft.pk}">clic</a></p>'
        data = opened(editor, own.draft) | {"narrative": rich_text(link)}

        answer = posted(editor, own.draft, data)

        assert "apunta a una página" in errors_of(answer)["narrative"][0]
        assert foreign.draft.slug not in answer.content.decode()

    def test_a_row_of_another_space_is_refused_and_cleared(self, world, editor, foreign):
        data = opened(editor, world.north)
        data["parties-0-institution"] = str(foreign.row.pk)

        answer = posted(editor, world.north, data)

        assert "apunta a una ficha" in errors_of(answer)["parties-0-institution"][0]
        assert SECRET not in answer.content.decode()

    def test_an_invalid_row_key_is_refused(self, world, editor):
        data = opened(editor, world.north)

        for key in ("abc", str(10**30), "\x00"):
            answer = posted(editor, world.north, {**data, "parties-0-institution": key})

            assert answer.status_code == 400 or "parties-0-institution" in errors_of(answer), key

    def test_references_of_the_public_version_are_accepted(self, world, editor, foreign):
        body = [{"type": "image", "id": "a", "value": {"image": {
            "image": foreign.image.pk, "decorative": False, "alt_text": "Una plaza"}}}]  # fmt: skip
        write_raw(world.north, body=json.dumps(body))
        Page.objects.filter(pk=world.north.pk).update(latest_revision=None)
        data = {**opened(editor, fresh(world.north)), **build_image_block(foreign.image.pk)}

        shown = editor.get(reverse("wagtailadmin_pages:edit", args=[world.north.pk]))
        answer = posted(editor, world.north, {**data, "summary": "Otra frase"})

        assert answer.status_code == 302
        assert SECRET not in shown.content.decode()


class TestPreview:
    def test_a_foreign_reference_is_neither_stored_nor_shown(self, world, editor, foreign):
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[world.north.pk])
        data = {**opened(editor, world.north), **build_image_block(foreign.image.pk)}

        sent = editor.post(address, data)
        shown = editor.get(address)

        assert sent.json()["is_valid"] is False
        assert "/media/images/" not in shown.content.decode()
        assert not foreign.image.renditions.filter(filter_spec__contains="width-800").exists()

    def test_a_foreign_reference_of_a_new_page_is_not_shown(self, world, editor, foreign):
        address = reverse(
            "wagtailadmin_pages:preview_on_add", args=["pages", "progressupdatepage", world.north.pk]
        )
        piece = evidence("evidence", kind="document", document=str(foreign.document.pk))
        data = {"title": "Avance", "slug": "a", "narrative": rich_text(""), **piece,
                "rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0", "comments-TOTAL_FORMS": "0",
                "comments-INITIAL_FORMS": "0"}  # fmt: skip

        assert editor.post(address, data).json()["is_valid"] is False


class TestRevision:
    def test_no_save_accepts_a_foreign_reference(self, world, own, foreign):
        update = own.draft.specific
        update.evidence = build_evidence(foreign.document)

        for author in (world.north_editor, world.south_editor, world.state_editor, None):
            with pytest.raises(ReferencesRefused, match="Pruebas de todo el compromiso"):
                update.save_revision(user=author)
        with pytest.raises(ReferencesRefused), imported("Carga de avances"):
            update.save_revision().publish()

    def test_a_live_row_with_a_foreign_reference_is_refused(self, world, own, foreign):
        update = own.draft.specific
        update.evidence, update.live = build_evidence(foreign.document), True

        with pytest.raises(ReferencesRefused), imported("Carga de avances"):
            update.save()

    def test_a_member_of_both_spaces_is_refused(self, world, own, foreign):
        foreign.space.editors.user_set.add(world.north_editor)
        update = own.draft.specific
        update.evidence = build_evidence(foreign.document)

        with pytest.raises(ReferencesRefused):
            update.save_revision(user=world.north_editor)

    def test_pages_of_the_state_may_refer_to_any_space(self, world, foreign):
        page = factories.StandardPageFactory()
        page.body = json.dumps([{"type": "document", "id": "d", "value": {"document": foreign.document.pk}}])

        page.save_revision(user=world.state_editor)
        with pytest.raises(ReferencesRefused):
            page.save_revision(user=world.north_editor)

    def test_a_restricted_page_of_another_space_is_not_public(self, world, own):
        link = f'<p><a linktype="page" id="{world.south.pk}">clic</a></p>'
        update = own.draft.specific
        update.narrative = link
        update.save_revision(user=world.north_editor)

        PageViewRestriction.objects.create(page=world.south, restriction_type=PageViewRestriction.LOGIN)

        with pytest.raises(ReferencesRefused):
            update.save_revision(user=world.north_editor)

    def test_copies_and_older_revisions_are_checked(self, world, own, foreign):
        update = own.draft.specific
        revision = update.save_revision(user=world.north_editor)
        Revision.objects.filter(pk=revision.pk).update(
            content={**revision.content, "evidence": build_evidence(foreign.document)}
        )
        revision.refresh_from_db()

        with pytest.raises(ReferencesRefused):
            revision.as_object().save_revision(user=world.north_editor)
        with pytest.raises(ReferencesRefused):
            fresh(update).copy(update_attrs={"slug": "otra"}, user=world.north_editor)

    def test_a_row_may_not_refer_to_a_foreign_page(self, world, own, foreign):
        row = PromotedResult(words="ladrillo", page=Page.objects.get(pk=foreign.draft.pk), space=own.space)
        row.live = False
        row.save()

        with pytest.raises(ReferencesRefused, match="Página"):
            row.save_revision(user=world.north_editor)


class TestApproval:
    def submitted(self, world, own, foreign):
        state = submit(own.draft.specific, world.north_editor)
        content = {**state.revision.content, "evidence": build_evidence(foreign.document)}
        Revision.objects.filter(pk=state.revision_id).update(content=content)
        state.revision.refresh_from_db()
        return state

    def test_a_reference_stored_by_sql_is_not_approved(self, client, world, own, foreign):
        state = self.submitted(world, own, foreign)

        with pytest.raises(ReviewRefused, match="apunta a un documento"):
            approve(state, world.north_reviewer)

        assert not Approval.objects.of(own.draft).exists()
        assert client.get(foreign.document.url).status_code == 404

    def test_the_state_cannot_approve_a_foreign_reference(self, world, own, foreign):
        reviewer = world.state_editor
        own.space.reviewers.user_set.add(reviewer)

        with pytest.raises(ReviewRefused, match="apunta a un documento"):
            approve(self.submitted(world, own, foreign), reviewer)

    def test_the_approval_checks_references_without_the_guard(self, world, own, foreign):
        state = self.submitted(world, own, foreign)

        with pytest.raises(ReferencesRefused, match="apunta a un documento"):
            check_approval(state, world.north_reviewer, build_token(state.revision))

    def test_a_file_moved_to_another_space_before_the_date_is_not_published(
        self, client, world, own, monkeypatch
    ):
        update = own.draft.specific
        update.evidence = build_evidence(own.document)
        update.go_live_at = timezone.now() + datetime.timedelta(days=1)
        approve(submit(update, world.north_editor), world.north_reviewer)
        south = space_of(world.south)
        PortalDocument.objects.filter(pk=own.document.pk).update(space=south, collection=south.collection)
        later = timezone.now() + datetime.timedelta(days=2)
        monkeypatch.setattr(timezone, "now", lambda: later)

        with pytest.raises(CommandError):
            call_command("publish_scheduled")

        assert not fresh(update).live
        assert client.get(own.document.url).status_code == 404

    def test_a_submission_does_not_freeze_foreign_files(self, world, own, foreign):
        self.submitted(world, own, foreign)

        assert not is_frozen(foreign.document)
        foreign.document.title = "Otro título"
        foreign.document.save()
        foreign.document.delete()

    def test_an_own_document_is_frozen_and_opened(self, client, world, own):
        update = own.draft.specific
        update.evidence = build_evidence(own.document)
        state = submit(update, world.north_editor)
        assert is_frozen(own.document)

        approve(state, world.north_reviewer)

        assert client.get(own.document.url).status_code == 200


class TestStoredReferences:
    """A foreign reference in stored data."""

    @pytest.fixture
    def live(self, own, foreign):
        page = factories.published(own.draft.specific)
        write_raw(page, evidence=build_evidence(foreign.document))
        ReferenceIndex.create_or_update_for_object(fresh(page))
        return page

    def test_a_stored_foreign_reference_neither_opens_nor_freezes_the_file(self, client, live, foreign):
        assert foreign.document.get_usage().count() == 1
        assert client.get(foreign.document.url).status_code == 404
        assert not is_in_public_use(foreign.document)
        assert not is_frozen(foreign.document)
        type(foreign.document).objects.filter(pk=foreign.document.pk).update(title="Otro")
        foreign.document.refresh_from_db()
        foreign.document.delete()

    def test_the_state_opens_the_files_it_shows(self, client, foreign):
        page = factories.StandardPageFactory(
            body=json.dumps([{"type": "document", "id": "d", "value": {"document": foreign.document.pk}}])
        )

        factories.published(page)

        assert client.get(foreign.document.url).status_code == 200
        assert is_frozen(foreign.document)

    def test_a_foreign_image_gets_no_rendition(self, client, world, foreign):
        body = [{"type": "image", "id": "a", "value": {"image": {
            "image": foreign.image.pk, "decorative": True, "alt_text": ""}}}]  # fmt: skip
        write_raw(world.north, body=json.dumps(body))

        answer = client.get(world.north.url)

        assert answer.status_code == 200
        assert "/media/images/" not in answer.content.decode()
        assert not foreign.image.renditions.exists()


class TestOtherForms:
    def test_a_prefilled_form_shows_no_foreign_object(self, world, foreign):
        world.north_editor.groups.first().permissions.add(
            *_permissions("search", "add_promotedresult", "change_promotedresult")
        )
        editor = signed_in(world.north_editor)
        address = reverse(PromotedResult.snippet_viewset.get_url_name("add"))

        for key in (foreign.draft.pk, "abc", 10**30, "\x00", "-1"):
            answer = editor.get(address, {"page": key, "words": "ladrillo"})

            assert answer.status_code in (400, 404) or "ladrillo" in answer.content.decode(), key
            assert SECRET not in answer.content.decode()

    def test_a_promoted_result_of_a_foreign_page_is_refused(self, world, foreign):
        world.north_editor.groups.first().permissions.add(
            *_permissions("search", "add_promotedresult", "change_promotedresult")
        )
        editor = signed_in(world.north_editor)
        address = reverse(PromotedResult.snippet_viewset.get_url_name("add"))

        answer = editor.post(
            address, {"page": foreign.draft.pk, "words": "ladrillo", "space": foreign.space.pk}
        )

        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()
        assert not PromotedResult.objects.exists()


def _permissions(app: str, *codenames: str):
    return Permission.objects.filter(content_type__app_label=app, codename__in=codenames)
