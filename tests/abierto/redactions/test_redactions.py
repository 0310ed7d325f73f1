"""The redaction helper: what it stores, and who may read each version."""

import datetime
import io
import random
import re
import zipfile

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from abierto.approval.models.task import create_review_workflow
from abierto.approval.review.reviewed_warnings import load_reviewed_warnings
from abierto.redactions.models import OPEN_DAYS, Redaction
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import create_space, get_or_create_groups
from tests import factories
from tests.abierto.approval.newsroom import newsroom, person
from tests.abierto.privacy.files import make_docx, paragraph, word_part
from tests.abierto.privacy.identities import make_identity

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CURP = make_identity("curp", random.Random(3))
TEXT = f"La quejosa Leticia Cruz Tovar, CURP {CURP}, pidió agua. Cruz Tovar firmó."
HIDDEN = "La quejosa Persona 1, CURP [CURP], pidió agua. Persona 1 firmó."
CREATE = "redactions:create"


@pytest.fixture
def room():
    return newsroom()


def start(client, user, **data):
    client.force_login(user)
    return client.post(reverse(CREATE), {"text": TEXT, **data})


def finish(client, words: str = "", keys: list[str] | None = None):
    redaction = Redaction.objects.get()
    address = reverse("redactions:choose", args=[redaction.pk])
    form = client.get(address).context["form"]
    chosen = [key for key, _value in form.fields["keys"].choices] if keys is None else keys
    return client.post(address, {"keys": chosen, "words": words})


def read(client, user, name: str = "detail"):
    client.force_login(user)
    return client.get(reverse(f"redactions:{name}", args=[Redaction.objects.get().pk]), follow=True)


def test_author_gets_the_text_without_the_data(client, room):
    start(client, room.editor)
    finish(client)

    html = read(client, room.editor).content.decode()

    assert HIDDEN in html
    assert CURP not in html
    assert "Cruz" not in html


def test_reviewers_of_the_space_see_both_sides(client, room):
    start(client, room.editor)
    finish(client)

    response = read(client, room.reviewer)

    assert HIDDEN in response.content.decode()
    assert response.context["original"] == TEXT
    assert ["[CURP]", CURP] in response.context["stand_ins"]
    assert "no-store" in response["Cache-Control"]


def test_state_team_and_other_spaces_open_nothing(client, room):
    start(client, room.editor)
    finish(client)
    groups = get_or_create_groups("Vecina")
    create_space(
        SpaceKind.MUNICIPALITY, "Vecina", "vecina", create_review_workflow("Vecina", groups.reviewers)
    )

    for user in (room.superuser, room.administrator, person("ajena", groups.reviewers)):
        assert read(client, user).status_code == 404
        assert "Cruz" not in client.get(reverse("redactions:list")).content.decode()


def test_only_its_author_reads_an_unfinished_text(client, room):
    start(client, room.editor)
    for name in ("choose", "detail", "file"):
        assert read(client, room.reviewer, name).status_code == 404


def test_database_and_revisions_do_not_have_the_original(client, room):
    start(client, room.editor)
    finish(client)

    stored = Redaction.objects.values_list("sealed_content", flat=True).get()
    assert CURP.encode() not in bytes(stored)
    assert HIDDEN.encode() not in bytes(stored)
    assert not Revision.objects.filter(content__icontains=CURP).exists()


def test_words_of_the_editor_are_hidden(client, room):
    start(client, room.editor)
    finish(client, words="pidió agua\nFirmó")
    assert Redaction.objects.get().read_content()["redacted"] == (
        "La quejosa Persona 1, CURP [CURP], [dato oculto]. Persona 1 [dato oculto 2]."
    )


def test_what_still_blocks_is_refused_and_the_choice_stays(client, room):
    start(client, room.editor)
    response = finish(client, words="pidió agua", keys=[])

    assert f"«{CURP[:4]}…»" in response.content.decode()
    assert "pidió agua</textarea>" in response.content.decode()
    assert not Redaction.objects.get().is_finished


def test_docx_is_redacted_in_all_its_parts(client, room):
    file = io.BytesIO(make_docx(paragraph(TEXT), word__header1_xml=word_part("hdr", TEXT)))
    file.name = f"{CURP}.docx"
    start(client, room.editor, text="", file=file)
    finish(client)

    response = read(client, room.editor, "file")

    archive = zipfile.ZipFile(io.BytesIO(response.content))
    for name in ("word/document.xml", "word/header1.xml"):
        assert HIDDEN in archive.read(name).decode()
    assert CURP not in response["Content-Disposition"]


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": "", "file": b"%PDF-1.7"},
        {"text": "", "file": b""},
        {"text": "Un texto", "file": make_docx(paragraph("Otro"))},
        {"text": "", "file": make_docx(paragraph(" "))},
        {"text": "a" * 200_001},
    ],
)
def test_bad_input_is_an_error_on_the_form(client, room, data):
    if "file" in data:
        data["file"] = io.BytesIO(data["file"])
        data["file"].name = "a.docx"
    response = start(client, room.editor, **data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Redaction.objects.exists()


def test_too_many_words_are_refused(client, room):
    start(client, room.editor)
    response = finish(client, words="\n".join(f"palabra{number}" for number in range(5000)))
    assert "words" in response.context["form"].errors


def test_texts_are_deleted_after_their_term(client, room, settings):
    settings.ABIERTO_REDACTION_DAYS = 30
    start(client, room.editor)
    assert Redaction.objects.get().expires_at <= timezone.now() + datetime.timedelta(days=OPEN_DAYS)
    finish(client)
    redaction = Redaction.objects.get()
    assert redaction.expires_at > timezone.now() + datetime.timedelta(days=29)

    Redaction.objects.update(expires_at=timezone.now())
    assert read(client, room.editor).status_code == 404
    call_command("delete_redactions")
    assert Redaction.objects.exists()  # two people approve its deletion
    Redaction.objects.update(finished_at=None)
    call_command("delete_redactions")
    assert not Redaction.objects.exists()


def test_author_deletes_before_the_term(client, room):
    start(client, room.editor)
    client.post(reverse("redactions:delete", args=[Redaction.objects.get().pk]))
    assert not Redaction.objects.exists()


def test_each_screen_of_a_text_can_delete_it(client, room):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(room.editor)
    for is_finished in (False, True):
        start(client, room.editor)
        if is_finished:
            finish(client)
        pk = Redaction.objects.get().pk
        address = reverse("redactions:delete", args=[pk])
        html = strict.get(reverse("redactions:detail", args=[pk]), follow=True).content.decode()
        field = r'\s*<input type="hidden" name="csrfmiddlewaretoken" value="(\w+)"'
        token = re.search(rf'action="{address}"[^>]*>{field}', html)
        assert token
        assert strict.post(address, {"csrfmiddlewaretoken": token[1]}).status_code == 302
        assert not Redaction.objects.exists()


def test_text_of_another_key_cannot_be_read(client, room, settings):
    start(client, room.editor)
    settings.SECRET_KEY = "another key that is long enough for this test of encryption"
    client.force_login(room.editor)
    response = client.get(reverse("redactions:choose", args=[Redaction.objects.get().pk]), follow=True)
    assert "se cifró con otra clave" in response.content.decode()


def test_helper_of_a_page_leads_back_to_it(client, room):
    page = factories.StandardPageFactory(parent=room.home, title="Agua", owner=room.editor)
    client.force_login(room.editor)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert reverse("redactions:create_for_page", args=[page.pk]) in client.get(edit).content.decode()

    client.post(reverse("redactions:create_for_page", args=[page.pk]), {"text": TEXT})
    finish(client)

    assert edit in read(client, room.editor).content.decode()
    assert Redaction.objects.get().page == Page.objects.get(pk=page.pk)


def test_helper_begins_with_the_text_of_a_place_of_the_last_version(client, room):
    page = factories.StandardPageFactory(parent=room.home, owner=room.editor, summary="De antes")
    page.summary = TEXT
    page.save_revision(user=room.editor)
    address = reverse("redactions:create_for_page", args=[page.pk])
    client.force_login(room.editor)

    assert client.get(address, {"campo": "summary"}).context["form"]["text"].value() == TEXT
    assert not client.get(address, {"campo": "latest_revision"}).context["form"]["text"].value()
    assert not client.get(address).context["form"]["text"].value()
    assert not Redaction.objects.exists()


def test_review_links_to_the_helper_for_those_who_may_edit(client, room):
    page = factories.StandardPageFactory(parent=room.home, owner=room.editor)
    page.summary = "Vive en calle Hidalgo 5, colonia Centro."
    warnings = load_reviewed_warnings(page)
    assert [row.warning.place for row in warnings] == ["summary"]
    link = f"{reverse('redactions:create_for_page', args=[page.pk])}?campo=summary"

    def shown(user) -> str:
        context = {"listed": warnings, "subject": page, "user": user}
        return render_to_string("approval/parts/warnings.html", context)

    assert link in shown(room.both)
    assert link not in shown(room.reviewer)


def test_helper_of_a_page_of_another_space(client, room):
    client.force_login(person("ajena"))
    address = reverse("redactions:create_for_page", args=[room.home.pk])
    assert client.get(address).status_code in (302, 404)
