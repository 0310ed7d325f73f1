"""A PDF whose black box hides a CURP is stopped; without it the text is sent, approved and public."""

import random
import re

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from abierto.accounts.models import User
from abierto.media.models import PortalDocument
from abierto.tenancy.access import space_of
from pages.updates.models import ProgressUpdatePage
from tests.abierto.privacy.files import HIDDEN_UNDER_BOX, PLAIN, make_pdf
from tests.abierto.privacy.identities import make_identity
from tests.browser_journeys.desk import UpdateDesk, approve, open_review

pytestmark = pytest.mark.browser

EDITOR = "edicion-poder-ejecutivo"
COMMITMENT = "Una plataforma para encontrar empleo"
TITLE = "1.1 Una plataforma para encontrar empleo"
CURP = make_identity("curp", random.Random(3))
HIDING = make_pdf(PLAIN.format(text="Padron"), HIDDEN_UNDER_BOX.format(text=f"CURP {CURP}"))
CLEAN = make_pdf(PLAIN.format(text="Padron de vacantes"))


def report(desk: UpdateDesk) -> None:
    desk.report(1, percent="80", note="Se sumaron vacantes de tres municipios.")
    desk.report(2, stage="En prueba con 40 personas")


def attach_document(update: ProgressUpdatePage, content: bytes) -> None:
    """Save a draft whose evidence is a stored document."""
    space = space_of(update)
    assert space
    document = PortalDocument(title="Padrón", collection=space.collection)
    document.file.save("padron.pdf", ContentFile(content))
    update.narrative = "<p>La plataforma reúne las vacantes del estado.</p>"
    update.evidence = [("evidence", {"title": "Padrón", "kind": "document", "document": document})]
    update.save_revision(user=User.objects.get(username=EDITOR))


def test_text_under_a_black_box_is_stopped_until_the_file_is_replaced(people, without_autosave):
    desk = UpdateDesk.start(people.sign_in(EDITOR), COMMITMENT)
    editor, form = desk.window, desk.address
    number = re.search(r"/pages/(\d+)/", form)
    assert number
    update = ProgressUpdatePage.objects.get(pk=number[1]).get_latest_revision_as_object()
    attach_document(update, HIDING)

    editor.goto(form)
    report(desk)
    desk.submit()
    expect(
        editor.get_by_text(f"página 2: quita el dato personal que empieza con «{CURP[:4]}»").first
    ).to_be_visible()

    # A stored file does not change: a new one is chosen in its place.
    attach_document(update, CLEAN)
    editor.goto(form)
    report(desk)
    desk.submit()
    expect(editor.locator(".messages .success")).to_be_visible()

    reviewer = people.sign_in("revision")
    open_review(reviewer, TITLE)
    approve(reviewer, "El padrón ya no dice de quién es.")
    expect(reviewer.locator(".messages")).to_contain_text("Aprobaste")

    citizen = people.citizen()
    citizen.goto(ProgressUpdatePage.objects.get(pk=number[1]).get_url())
    expect(citizen.get_by_role("link", name=re.compile("Padrón"))).to_be_visible()
