"""A translation on its way to the public; two translators at once; a session that ends meanwhile."""

import re
from pathlib import Path

import polib
import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Locale
from wagtail.models import Page as WagtailPage
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from abierto.approval.ledger.imports import imported
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import EDITOR_PAGES, grant_pages
from pages.plans.commitments import CommitmentPage
from pages.plans.models import PlanPage
from pages.standard.models import StandardPage
from tests.browser_journeys.desk import approve, open_review

pytestmark = pytest.mark.browser

EDITOR = "edicion-ousaneg"
TYPED = "Un nombre largo que nadie quiere escribir dos veces"
EDIT = re.compile("^(Traducir|Editar)$")


@pytest.fixture
def translation(people):
    """A page with a started English translation, for the state's administrators."""
    english = Locale.objects.get(language_code="en")
    source = TranslationSource.update_or_create_from_instance(StandardPage.objects.first())[0]
    with imported("Una traducción de una prueba"):
        source.create_or_update_translation(english, publish=False, copy_parent_pages=True, fallback=True)
    translation = Translation.objects.create(source=source, target_locale=english)
    target = translation.get_target_instance()
    grant_pages(Space.objects.get(kind=SpaceKind.STATE).administrators, target, EDITOR_PAGES)
    return translation


def write(window: Page, text: str) -> None:
    """Translate the first string."""
    window.get_by_role("button", name=EDIT).first.click()
    window.locator(".js-translation-editor textarea").first.fill(text)
    save(window)


def save(window: Page) -> None:
    """Save the string, and wait for the response."""
    with window.expect_response(re.compile("/strings/")):
        window.get_by_role("button", name="Guardar", exact=True).first.click()


def read_translated(translation: Translation) -> str:
    """Return the only translated string of a translation; the demo has others."""
    segments = StringSegment.objects.filter(source=translation.source)
    found = StringTranslation.objects.filter(
        context__in=segments.values("context"), locale=translation.target_locale
    )
    return found.get().data


def translate_outside(window: Page, folder: Path, text: str) -> None:
    """Download the PO file, translate every string that is missing, and upload it."""
    with window.expect_download() as downloaded:
        window.get_by_role("link", name="Descargar el archivo PO").click()
    po = polib.pofile(downloaded.value.path().read_text())
    for entry in po.untranslated_entries():
        entry.msgstr = f"{text} {entry.msgid}"
    file = folder / "translated.po"
    po.save(str(file))
    with window.expect_navigation():
        window.locator("input[type=file]").set_input_files(file)


def submit(window: Page, source: WagtailPage, *, with_subtree: bool = False) -> None:
    """Submit a page, or all below it too, for translation into English."""
    window.goto(f"/admin/localize/submit/page/{source.pk}/")
    window.get_by_label("Inglés").check()
    if with_subtree:
        window.locator("[name=include_subtree]").check()
    window.get_by_role("button", name="Enviar", exact=True).click()


def submit_section(window: Page) -> None:
    """Submit a plan with all below it, and see its drafts in the English tree."""
    plan = PlanPage.objects.get(slug="plan-de-trabajo-gobierno-abierto")
    submit(window, plan, with_subtree=True)
    expect(window.locator(".messages")).to_contain_text(plan.title)
    english = plan.get_translation(Locale.objects.get(language_code="en"))
    assert english.get_descendants().filter(live=False).count() == plan.get_descendants().count()
    window.goto(f"/admin/pages/{english.pk}/")
    for axis in plan.get_children():
        expect(window.locator("main")).to_contain_text(axis.title)


def test_a_translation_is_sent_approved_and_follows_its_source(people, page, tmp_path):
    source = StandardPage.objects.get(title="Siglas de los documentos")
    translator, reviewer = people.sign_in("administracion"), people.sign_in("revision")

    submit_section(translator)
    submit(translator, source)
    expect(translator.locator(".messages")).to_contain_text("Traducidos: 0 de")

    write(translator, "Acronyms of the documents")
    translator.get_by_role("button", name="Enviar a revisión").click()
    expect(translator.locator("main")).to_contain_text("No se envió nada")
    expect(translator.locator("main")).to_contain_text("por traducir")
    translator.go_back()

    translate_outside(translator, tmp_path, "English:")
    expect(translator.locator(".messages")).to_contain_text("Se importó la traducción")
    translator.get_by_label("Nota para quien revisa").fill("Revisa las siglas.")
    translator.get_by_role("button", name="Enviar a revisión").click()
    expect(translator.locator(".messages")).to_contain_text("se envió a revisión")

    open_review(reviewer, "Acronyms of the documents")
    expect(reviewer.get_by_role("heading", name="Junto al original")).to_be_visible()
    expect(reviewer.locator("main")).to_contain_text("Revisa las siglas.")
    approve(reviewer, "Comparé cada texto.")

    page.goto(f"/en{source.get_url()}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Acronyms of the documents")
    expect(page.locator("main")).not_to_contain_text("The original changed")

    with imported("Un cambio de una prueba"):
        source.refresh_from_db()
        source.title = "Siglas y acrónimos"
        source.save_revision().publish()
    page.reload()
    expect(page.locator("main")).to_contain_text("The original changed on")
    translator.goto(f"/admin/pages/{source.get_translation(Locale.objects.get(language_code='en')).pk}/edit/")
    expect(translator.locator("#envio ~ dl")).to_contain_text("Siglas y acrónimos")


def test_the_second_translator_sees_the_conflict_and_decides(people, translation):
    first, second = people.sign_in("administracion"), people.sign_in("administracion")
    for window in (first, second):
        window.goto(f"/admin/pages/{translation.get_target_instance().pk}/edit/")
        expect(window.get_by_role("button", name=EDIT).first).to_be_visible()

    write(first, "Hers")
    write(second, "His")

    expect(second.locator(".messages").first).to_contain_text("guardó «Hers» mientras escribías")
    expect(second.locator(".js-translation-editor")).to_contain_text("His")
    assert read_translated(translation) == "Hers"

    second.get_by_role("button", name=EDIT).first.click()
    expect(second.locator(".js-translation-editor textarea").first).to_have_value("His")
    save(second)
    assert read_translated(translation) == "His"


def test_an_ended_session_returns_the_submitted_text(people):
    window = people.sign_in(EDITOR)
    mine = CommitmentPage.objects.filter(path__in=_own_paths()).first()
    window.goto(f"/admin/pages/{mine.pk}/edit/")
    window.context.clear_cookies(name="sessionid")

    window.locator("[name=official_name]").fill(TYPED)
    window.locator("button.action-save").first.click()
    expect(window.get_by_role("heading", name="Tu sesión terminó")).to_be_visible()

    with window.context.expect_page() as opened:
        window.get_by_role("link", name="Entra en otra ventana").click()
    sign_in_page = opened.value
    sign_in_page.get_by_label("Usuario o correo").fill(EDITOR)
    sign_in_page.get_by_label("Contraseña").fill(people.accounts[EDITOR].password)
    sign_in_page.get_by_role("button", name="Entrar", exact=True).click()
    expect(sign_in_page.locator(".sidebar-main-menu")).to_be_visible()

    window.get_by_role("button", name="Guardar lo que escribí").click()
    expect(window).to_have_title(re.compile("^Editar"))
    expect(window.locator("[name=official_name]")).to_have_value(TYPED)
    saved = CommitmentPage.objects.get(pk=mine.pk).get_latest_revision_as_object()
    assert saved.official_name == TYPED


def _own_paths() -> list[str]:
    """Return the commitments of the editor's institution."""
    space = Space.objects.get(editors__user__username=EDITOR)
    return [root.page.path for root in space.roots.select_related("page")]
