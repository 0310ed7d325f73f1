"""Languages of ``ABIERTO_LANGUAGES`` that Django does not know, and one written from right to left."""

import datetime
import re
from importlib import import_module
from types import SimpleNamespace

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext, ngettext, override
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from abierto.approval.ledger.imports import imported
from abierto.settings.languages import read_languages
from tests.factories import StandardPageFactory, UserFactory, home, published

from .configuring import configured

LANGUAGES = "es,en,oto:Hñöhñu,ar"
DAY = datetime.date(2023, 11, 30)


@pytest.fixture
def languages(tmp_path):
    with configured(LANGUAGES, tmp_path):
        yield


@pytest.fixture
def translated(db, languages):
    """Return the address of a page in each language; the texts of all are those of the source."""
    pages = [published(home()), published(StandardPageFactory(title="Qué es", slug="que-es"))]
    for code in ("en", "oto", "ar"):
        target, _made = Locale.objects.get_or_create(language_code=code)
        with imported("Traducción de una prueba"):
            for page in pages:
                page.copy_for_translation(target).get_latest_revision().publish()
    return "que-es/"


def test_names_and_directions_come_from_the_variable_or_from_django():
    spanish, otomi, kurdish, arabic = read_languages(["es", "oto:Hñöhñu", "kmr:کورمانجی:rtl", "ar"])

    assert (spanish.code, otomi.label, kurdish.is_right_to_left) == ("es-mx", "Hñöhñu", True)
    with override("es"):
        assert str(arabic.label) == "Árabe"


@pytest.mark.parametrize("wrong", ["english", "e", "oto:Hñöhñu:izquierda", "oto:a:rtl:b", "es,es-mx", "en"])
def test_a_wrong_variable_stops_with_its_name_and_an_example(wrong):
    with pytest.raises(ImproperlyConfigured, match="ABIERTO_LANGUAGES"):
        read_languages(wrong.split(","))


def test_a_language_without_catalogue_has_the_texts_and_formats_of_spanish(languages):
    with override("es-mx"):
        spanish = (gettext("Monday"), date_format(DAY), get_format("DECIMAL_SEPARATOR"))
    with override("oto"):
        assert (gettext("Monday"), date_format(DAY), get_format("DECIMAL_SEPARATOR")) == spanish
        assert ngettext("%(count)s texto", "%(count)s textos", 2) == "%(count)s textos"


def test_the_catalogue_of_an_installation_is_used(tmp_path):
    path = tmp_path / "oto" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    catalogue = polib.MOFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="Buscar", msgstr="[oto]"))
    catalogue.save(str(path))

    with configured(LANGUAGES, tmp_path), override("oto"):
        assert (gettext("Buscar"), gettext("Ir al contenido")) == ("[oto]", "Ir al contenido")


def test_checks_name_what_a_language_lacks(db, tmp_path):
    with configured("es,en,oto", tmp_path):
        found = {message.id: message.msg for message in run_checks(tags=[Tags.translation])}
        before = run_checks(tags=[Tags.database], databases=["default"])
        StandardPageFactory()
        rows = run_checks(tags=[Tags.database], databases=["default"])

    assert set(found) == {"translations.W001", "translations.I002"}
    assert all("«oto»" in text for text in found.values())
    assert [message.id for message in rows if "«oto»" in message.msg] == ["translations.I003"]
    assert [message for message in before if message.id == "translations.I003"] == []


def test_nothing_is_missing_by_default():
    assert [one for one in run_checks(tags=[Tags.translation]) if one.id.startswith("translations")] == []


def test_a_page_has_its_language_within_a_spanish_frame(client, translated):
    html = client.get(f"/oto/{translated}").content.decode()

    assert '<html lang="es-MX">' in html
    assert '<main id="contenido" lang="oto">' in html
    assert '<a href="/oto/que-es/" lang="oto" hreflang="oto" aria-current="true">Hñöhñu</a>' in flatten(html)
    assert '<link rel="alternate" hreflang="oto" href="http://localhost/oto/que-es/">' in html
    assert "solo está en español" not in html


def test_a_page_from_right_to_left_names_the_direction_where_it_changes(client, translated, tmp_path):
    html = client.get(f"/ar/{translated}").content.decode()

    assert '<html lang="es-MX" dir="ltr">' in html
    assert '<main id="contenido" lang="ar" dir="rtl">' in html
    assert re.search(r'<a href="/que-es/" lang="es-MX" dir="ltr" hreflang="es-MX">Español</a>', flatten(html))


def test_a_page_without_a_translation_says_so(client, translated):
    published(StandardPageFactory(title="Preguntas", slug="preguntas"))
    for code in ("oto", "ar"):
        html = client.get(f"/{code}/preguntas/").content.decode()
        assert "Esta página solo está en español." in html
        assert re.search('<main id="contenido"( lang="es-MX" dir="ltr")?>', html)


def flatten(html: str) -> str:
    return " ".join(html.split())


def test_the_languages_of_the_admin_have_addresses():
    assert dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES).keys() <= dict(settings.LANGUAGES).keys()


@pytest.mark.django_db
def test_spanish_that_was_chosen_before_is_stored_under_its_full_code():
    profile = UserProfile.objects.create(user=UserFactory(), preferred_language="es")
    migration = import_module("abierto.accounts.migrations.0002_spanish_of_the_admin")

    migration.store_full_code(apps, SimpleNamespace(connection=connection))

    profile.refresh_from_db()
    assert profile.preferred_language == settings.LANGUAGE_CODE
