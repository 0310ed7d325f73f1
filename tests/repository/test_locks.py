"""The lock files match pyproject.toml, with hashes for every package."""

import re
import tomllib
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .files import ROOT

RUN, S3, DEV = "requirements.lock", "requirements-s3.lock", "requirements-dev.lock"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^\s;\\]+)")


@cache
def locked(name: str) -> dict[str, tuple[str, int]]:
    """Return each package of a lock file with its version and its number of hashes."""
    packages: dict[str, tuple[str, int]] = {}
    current = ""
    for line in (ROOT / name).read_text().splitlines():
        if match := PIN.match(line):
            current = canonicalize_name(match["name"])
            packages[current] = (match["version"], 0)
        elif line.strip().startswith("--hash=sha256:"):
            version, hashes = packages[current]
            packages[current] = (version, hashes + 1)
        else:
            assert not line.strip() or line.strip().startswith("#"), f"{name}: {line}"
    return packages


@cache
def requirements() -> dict[str, list[Requirement]]:
    """Return the requirements of pyproject.toml, by lock file."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = declared["project"]["optional-dependencies"]
    run, s3, dev = (
        [Requirement(text) for text in texts]
        for texts in (
            declared["project"]["dependencies"] + extras["pdf"],
            extras["s3"],
            declared["dependency-groups"]["dev"],
        )
    )
    return {RUN: run, S3: run + s3, DEV: run + s3 + dev}


@pytest.mark.parametrize("name", [RUN, S3, DEV])
def test_every_dependency_is_pinned_to_a_version_that_pyproject_accepts(name):
    for requirement in requirements()[name]:
        version, _hashes = locked(name)[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version, prereleases=True), requirement


@pytest.mark.parametrize("name", [RUN, S3, DEV])
def test_every_package_has_a_hash(name):
    assert [package for package, (_version, hashes) in locked(name).items() if not hashes] == []


def test_tests_use_the_locked_runtime_versions():
    s3, dev = locked(S3), locked(DEV)
    assert locked(RUN).items() <= s3.items()
    assert {package: pin for package, pin in s3.items() if dev.get(package) != pin} == {}


def test_no_package_index_is_named():
    for name in (RUN, S3, DEV):
        assert "index-url" not in (ROOT / name).read_text()
        assert "://" not in (ROOT / name).read_text()


def test_every_direct_dependency_is_explained():
    explained = (ROOT / "docs/dependencies.md").read_text().lower()
    missing = [one.name for one in requirements()[DEV] if f"`{one.name.lower()}" not in explained]
    assert missing == []
