"""The repository has the layout of the architecture, and none of the known traps."""

import subprocess

import pytest

from .files import BINARY, ROOT, name_of, project_files

TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".editorconfig",
    ".gitignore",
    ".python-version",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "LICENSE-CONTENT.md",
    "README.md",
    "bench",
    "blocks",
    "deploy",
    "docs",
    "locale",
    "manage.py",
    "pages",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements-s3.lock",
    "requirements.lock",
    "run.py",
    "search",
    "site",
    "static",
    "templates",
    "tests",
}
# Spelled in two halves so that this file does not mention them itself.
ELSEWHERE = ("../" + "shared", "/" + "work/", "farm" + "-manager")


def test_top_level_matches_the_agreed_layout():
    assert {path.relative_to(ROOT).parts[0] for path in project_files()} == TOP_LEVEL


def test_site_is_a_plain_folder_that_does_not_shadow_pythons_own_module():
    assert not (ROOT / "site/__init__.py").exists()


def test_blocks_package_imports_no_blocks_while_apps_load():
    assert (ROOT / "blocks/__init__.py").read_text() == ""


@pytest.mark.parametrize("name", ["site/abierto/new.py", "locale/en/LC_MESSAGES/django.mo", "site/anything"])
def test_sources_are_never_ignored(name):
    assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT).returncode == 1


@pytest.mark.parametrize("name", ["var/abierto.sqlite3", ".venv/pyvenv.cfg", "pages/__pycache__/base.pyc"])
def test_local_state_is_ignored(name):
    assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT).returncode == 0


def test_no_file_names_an_absolute_path():
    leaning = {
        name_of(path): word
        for path in project_files()
        if path.suffix not in BINARY
        for word in ELSEWHERE
        if word in path.read_text(encoding="utf-8")
    }
    assert leaning == {}


def test_readme_stays_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120
