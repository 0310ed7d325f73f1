"""Installed packages against advisories, and the list of packages in CycloneDX."""

import json
import subprocess
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command

from abierto.operations.advisories import find_advisories
from tests.repository.files import ROOT
from tests.repository.test_locks import RUN, locked

pytestmark = pytest.mark.slow

INSTALLED = {"django": "6.1.3", "pillow": "13.0.0"}


def record(name="Django", events=(), versions=(), **more):
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "versions": list(versions)}
    affected["ranges"] = [{"type": "ECOSYSTEM", "events": list(events)}]
    return {"id": "PYSEC-1", "summary": "Algo", "affected": [affected], **more}


@pytest.mark.parametrize(
    ("events", "applies"),
    [
        ([{"introduced": "0"}, {"fixed": "6.1.4"}], True),
        ([{"introduced": "0"}, {"fixed": "6.1.3"}], False),
        ([{"introduced": "6.1"}, {"last_affected": "6.1.3"}], True),
        ([{"introduced": "6.1"}, {"last_affected": "6.1.2"}], False),
        ([{"introduced": "7"}], False),
        ([{"introduced": "0"}, {"fixed": "5.2.9"}, {"introduced": "6.0"}, {"fixed": "6.1.10"}], True),
        ([{"introduced": "nada"}], False),
    ],
)
def test_a_version_is_compared_with_the_events(events, applies):
    assert bool(find_advisories([record(events=events)], INSTALLED)) == applies


def test_the_first_fixed_version_is_named():
    (found,) = find_advisories([record(events=[{"introduced": "0"}, {"fixed": "6.1.10"}])], INSTALLED)

    assert (found.package, found.version, found.fixed) == ("django", "6.1.3", "6.1.10")


@pytest.mark.parametrize(
    "other",
    [
        record(name="flask", versions=["6.1.3"]),
        record(versions=["6.1.3"], withdrawn="2026-01-01T00:00:00Z"),
        {"id": "X", "affected": [{"package": {"ecosystem": "npm", "name": "django"}, "versions": ["6.1.3"]}]},
    ],
)
def test_other_packages_and_withdrawn_advisories_do_not_count(other):
    assert find_advisories([other], INSTALLED) == []


def test_the_command_reads_a_list_and_a_zip(tmp_path, capsys):
    version = locked(RUN)["django"][0]
    listed, zipped = tmp_path / "avisos.json", tmp_path / "all.zip"
    listed.write_text(json.dumps([record(versions=[version])]))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("PYSEC-1.json", json.dumps(record(versions=[version])))
    for file in (listed, zipped):
        with pytest.raises(SystemExit):
            call_command("advisories", file)
        assert f"django {version}: PYSEC-1" in capsys.readouterr().out
    listed.write_text("[]")
    call_command("advisories", listed)


@pytest.mark.parametrize("text", ["{}", "nada", "[1]"])
def test_any_other_file_is_refused(tmp_path, text):
    (tmp_path / "otro").write_text(text)
    with pytest.raises(CommandError, match="no es un archivo de avisos"):
        call_command("advisories", tmp_path / "otro")
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("advisories", tmp_path / "no-existe")


def test_the_list_of_packages_has_every_locked_one(tmp_path):
    """The command of docs/operations/security.md."""
    target = tmp_path / "sbom.json"
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", RUN, "--of", "JSON", "-o", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    bill = json.loads(target.read_text())
    assert bill["bomFormat"] == "CycloneDX"
    assert {part["name"].lower().replace("_", "-") for part in bill["components"]} == set(locked(RUN))
    assert all(part["purl"].startswith("pkg:pypi/") for part in bill["components"])
