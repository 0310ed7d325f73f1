"""The compiled catalogues are committed, because not every system has gettext's compiler: they must match."""

import gettext
import os
import shutil
import subprocess

import pytest

from .files import ROOT, name_of

CATALOGUES = sorted((ROOT / "locale").rglob("*.po"))


@pytest.fixture
def msgfmt() -> str:
    program = shutil.which("msgfmt")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Falta msgfmt: sudo apt-get install gettext")
    return program


def messages(path) -> dict:
    """Return the messages of a compiled catalogue without its header."""
    with path.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    return {key: text for key, text in translations._catalog.items() if key}


def test_there_is_an_english_catalogue():
    assert ROOT / "locale/en/LC_MESSAGES/django.po" in CATALOGUES


@pytest.mark.parametrize("source", CATALOGUES, ids=name_of)
def test_compiled_catalogue_matches_its_source(source, msgfmt, tmp_path):
    fresh = tmp_path / "fresh.mo"
    subprocess.run([msgfmt, "--check", "-o", fresh, source], check=True)

    assert messages(source.with_suffix(".mo")) == messages(fresh), "python3 run.py manage compilemessages"


def test_english_catalogue_is_complete(msgfmt):
    source = ROOT / "locale/en/LC_MESSAGES/django.po"
    output = subprocess.run(
        [msgfmt, "--statistics", "-o", os.devnull, source],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    ).stderr

    assert "untranslated" not in output
    assert "fuzzy" not in output
