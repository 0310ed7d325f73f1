"""The files of ``deploy/``: checked by their own tools where they exist, and against the settings."""

import itertools
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from gunicorn.config import make_settings

from abierto.settings import environment

from .files import ROOT

pytestmark = pytest.mark.slow

DEPLOY = ROOT / "deploy"
MANUAL = ROOT / "docs/manual/operacion.md"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
HARDENED = (
    *("User=abierto", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes"),
    *("CapabilityBoundingSet=", "PrivateDevices=yes", "RestrictSUIDSGID=yes"),
)
VARIABLE = re.compile(r"^#?([A-Z][A-Z0-9_]+)='", re.MULTILINE)
#: Read by gunicorn's configuration, by Django and by the library of measurements, not by the settings.
NOT_OF_THE_SETTINGS = {
    "ABIERTO_BIND", "DJANGO_SETTINGS_MODULE", "PROMETHEUS_MULTIPROC_DIR", "WEB_CONCURRENCY",
}  # fmt: skip
#: Not for production: full errors on one machine.
NOT_IN_PRODUCTION = {"ABIERTO_DEBUG"}


def variables_of_the_settings() -> set[str]:
    """Return every variable that the settings read, by the calls in their source."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "site/abierto/settings").glob("*.py"))
    call = r"(?:text|items|number|required|hosts|secret_key|environ\.get)\(\s*\"([A-Z0-9_]+)\""
    return {name for source in sources for name in re.findall(call, source)}


def variables_of_the_example() -> list[str]:
    return VARIABLE.findall((DEPLOY / "abierto.env").read_text(encoding="utf-8"))


def test_the_example_has_every_variable_of_the_settings_once_and_no_other():
    named = variables_of_the_example()

    assert len(named) == len(set(named))
    assert set(named) == (variables_of_the_settings() - NOT_IN_PRODUCTION) | NOT_OF_THE_SETTINGS


def test_every_variable_of_the_example_is_explained():
    lines = (DEPLOY / "abierto.env").read_text(encoding="utf-8").splitlines()
    pairs = itertools.pairwise(lines)
    bare = [line for before, line in pairs if VARIABLE.match(line) and not before.startswith("# ")]

    assert bare == []


def test_the_architecture_names_every_variable():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")

    assert [name for name in variables_of_the_example() if f"`{name}`" not in text] == []


def test_compose_passes_only_variables_of_the_example():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))

    assert set(compose["x-portal"]["environment"]) <= set(variables_of_the_example())
    assert {"web", "worker", "database", "search"} <= set(compose["services"])


def commands_named() -> set[str]:
    """Return the commands of manage.py in units, images and the manual."""
    texts = [path.read_text(encoding="utf-8") for path in [*UNITS, DEPLOY / "compose.yaml", MANUAL]]
    pattern = r"(?:manage\.py,? |run\.py manage |deploy/abierto )([a-z_]+)"
    return {name for text in texts for name in re.findall(pattern, text)}


def test_every_command_exists():
    assert {"migrate", "prepare", "work"} <= commands_named()
    assert commands_named() - set(get_commands()) == set()


def test_the_image_copies_folders_that_exist():
    recipe = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [
        name for line in re.findall(r"^COPY (?!--)(.*)", recipe, re.MULTILINE) for name in line.split()[:-1]
    ]

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"site", "pages", "search", "blocks", "templates", "static", "locale"} <= set(copied)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_pass_systemds_own_check(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze comes with systemd.")
    for path in UNITS:  # a timer names its service
        text = re.sub(r"/srv/abierto/\.venv/bin/\w+", "/bin/true", path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)], capture_output=True, text=True
    )
    complaints = [line for line in done.stderr.splitlines() if line.startswith((str(tmp_path), "abierto-"))]
    assert (done.returncode, complaints) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.name)
def test_services_run_without_privileges(unit):
    lines = unit.read_text(encoding="utf-8").splitlines()

    assert set(HARDENED) <= set(lines)


def test_caddy_accepts_its_example():
    if not shutil.which("caddy"):
        pytest.skip("caddy is not installed.")
    command = [
        "caddy",
        "adapt",
        "--validate",
        "--adapter",
        "caddyfile",
        "--config",
        str(DEPLOY / "Caddyfile"),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_nginx_accepts_its_example(tmp_path):
    if not (shutil.which("nginx") and shutil.which("openssl")):
        pytest.skip("nginx or openssl is not installed.")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=a -keyout {key} -out {certificate}"
    subprocess.run(shlex.split(make), check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"(ssl_certificate) .*", rf"\1 {certificate};", text)
    text = re.sub(r"(ssl_certificate_key) .*", rf"\1 {key};", text)
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{text}\n}}\n"
    )
    done = subprocess.run(
        ["nginx", "-t", "-c", str(whole), "-p", str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_compose_follows_the_schema_of_its_files():
    tool = Path(sys.executable).parent / "check-jsonschema"
    command = [str(tool), "--builtin-schema", "vendor.compose-spec", str(DEPLOY / "compose.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_image_has_the_programs_of_the_servers_version():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    (server,) = re.findall(r"postgres:(\d+)", compose["services"]["database"]["image"])
    (client,) = re.findall(r"postgresql-client-(\d+)", (DEPLOY / "Containerfile").read_text(encoding="utf-8"))

    assert client == server


def test_gunicorn_opens_no_socket_in_a_home():
    config = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))

    assert config["control_socket_disable"] is True
    assert {"control_socket_disable", "worker_tmp_dir", "max_requests"} <= set(make_settings())


def test_compose_accepts_its_file(tmp_path):
    def has_compose() -> bool:
        return (
            bool(shutil.which("docker"))
            and not subprocess.run(["docker", "compose", "version"], capture_output=True).returncode
        )

    if not has_compose():
        pytest.skip("docker compose is not installed.")
    env = tmp_path / "env"
    required = re.findall(r"\$\{([A-Z_]+):\?\}", (DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    env.write_text("".join(f"{name}=x\n" for name in set(required)))
    command = [
        "docker",
        "compose",
        "--file",
        str(DEPLOY / "compose.yaml"),
        "--env-file",
        str(env),
        "config",
        "-q",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_nothing_serves_the_folder_of_media():
    for name in ("Caddyfile", "nginx.conf"):
        assert not re.search(r"^\s*(root|alias|file_server)\b", (DEPLOY / name).read_text(), re.MULTILINE)


def test_the_file_of_variables_is_read_as_a_shell_reads_it(monkeypatch, tmp_path):
    path = Path(tmp_path / "env")
    path.write_text("# uno\nABIERTO_UNO='a b # c'\nABIERTO_DOS=\"x\"  # dos\n\n#ABIERTO_TRES='no'\n")
    values: dict[str, str] = {}
    monkeypatch.setattr(environment.os, "environ", values)

    assert environment.load_file(path) == []
    assert values == {"ABIERTO_UNO": "a b # c", "ABIERTO_DOS": "x"}


@pytest.mark.parametrize(
    "line", ["ABIERTO_UNO = 'x'", "ABIERTO_UNO='x", "export A='x'", "ABIERTO_UNO", "uno='x'"]
)
def test_a_wrong_line_is_reported_and_nothing_is_set(monkeypatch, tmp_path, line):
    path = Path(tmp_path / "env")
    path.write_text(f"ABIERTO_DOS='x'\n{line}\n")
    values: dict[str, str] = {}
    monkeypatch.setattr(environment.os, "environ", values)

    assert environment.load_file(path) == [f"2: {line}"]
    assert values == {}
