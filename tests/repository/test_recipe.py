"""The installation of the Spanish manual, carried out in an empty root as it is written.

What belongs to the machine (packages, users, systemd, the front server) is a program that only notes its
call; the absolute folders are below the root. The rest is real: variables, tables, files, accounts, gunicorn.
"""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .files import ROOT

pytestmark = pytest.mark.slow

MANUAL = ROOT / "docs/manual/operacion.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
FOLDERS = (
    "/var/lib/abierto",
    "/var/backups/abierto",
    "/srv/abierto",
    "/etc/abierto",
    "/etc/systemd",
    "/etc/caddy",
)
NOTED = ("apt-get", "useradd", "systemctl", "nano")
ANSWERS = {
    "ABIERTO_SECRET_KEY": "qX3uJzP8mVt0Yc5LdKf7WbR1sHnGa2oE-iTg_4vNMye6CxZrQjUwBkpD9hSlAF0O",
    "ABIERTO_HOSTS": "abierto.example.org",
    "ABIERTO_BASE_URL": "https://abierto.example.org",
    "ABIERTO_EMAIL_URL": "smtp+tls://portal:secreto@localhost:587",
}
CHECK = "python3 run.py production --check"
SERVING_SECONDS = 120


class Machine:
    """An empty root directory, and substitutes for the programs of a machine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.notes = root / "notes"
        self.programs = root / "programs"
        self.folder = root
        self.programs.mkdir(parents=True)
        for name in NOTED:
            self.add_program(name, f'echo "{name} $*" >> {self.notes}')
        # Owners are left out: there is no such user here, and the test may not be root.
        self.add_program("sudo", 'while [ "$1" = -u ]; do shift 2; done; exec "$@"')
        self.add_program("install", f'exec {sys.executable} {self.add_installer()} "$@"')
        self.add_program("git", f'ln -s "{ROOT}" "$3"; echo "git $*" >> {self.notes}')
        self.add_program("python3", f'exec {sys.executable} "$@"')
        for folder in ("etc/systemd/system", "etc/caddy", "var/lib", "var/backups", "srv"):
            (root / folder).mkdir(parents=True)

    def add_program(self, name: str, body: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def add_installer(self) -> Path:
        """Return a program that calls ``install`` without owner and group."""
        path = self.programs / "install.py"
        path.write_text(
            "import os, sys\nwords, kept = iter(sys.argv[1:]), []\n"
            "for word in words:\n    next(words) if word in ('-o', '-g') else kept.append(word)\n"
            "os.execv('/usr/bin/install', ['install', *kept])\n"
        )
        return path

    def translate(self, text: str) -> str:
        """Return a text with the folders of the manual below the root."""
        for folder in FOLDERS:
            text = re.sub(rf"(?<![\w./]){folder}", f"{self.root}{folder}", text)
        return text

    def environment(self) -> dict[str, str]:
        """Return the variables of a technician's terminal: none of this test run."""
        return {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(self.root),
            "LANG": "C.UTF-8",
            "ABIERTO_DATA": f"{self.root}/var/lib/abierto",
            "ABIERTO_ENV_FILE": f"{self.root}/etc/abierto/abierto.env",
        }

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run one line of the manual in the folder where the one before left off."""
        if line.startswith("cd "):
            self.folder = Path(self.translate(line.removeprefix("cd ")))
            return subprocess.CompletedProcess(line, 0, "", "")
        if line == CHECK:
            line = f"{line} --env {self.root}/etc/abierto/abierto.env"
        done = subprocess.run(
            ["sh", "-c", self.translate(line)],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
        )
        if line.startswith("nano") and "abierto.env" in line:
            self.fill_variables()
        return done

    def fill_variables(self) -> None:
        """Fill in the four variables that the manual names, and the folders below the root."""
        path = self.root / "etc/abierto/abierto.env"
        text = self.translate(path.read_text().replace("sqlite:////var", f"sqlite:///{self.root}/var"))
        for name, value in ANSWERS.items():
            assert f"\n{name}=''\n" in text
            text = text.replace(f"\n{name}=''\n", f"\n{name}='{value}'\n")
        path.write_text(text)


def lines_of_the_recipe() -> list[str]:
    """Return every command of the manual's section on installing."""
    section = MANUAL.read_text(encoding="utf-8").partition("## Instalar\n")[2].partition("\n## ")[0]
    return [line for block in BLOCK.findall(section) for line in block.splitlines() if line]


@contextmanager
def serving(machine: Machine) -> Iterator[int]:
    """Serve as the unit of systemd does, with its variables, at a free port."""
    unit = machine.translate((machine.root / "etc/systemd/system/abierto-web.service").read_text())
    command = re.search(r"^ExecStart=(.*)", unit, re.MULTILINE)[1]
    variables = dict(
        shlex.split(line)[0].split("=", 1)
        for line in (machine.root / "etc/abierto/abierto.env").read_text().splitlines()
        if line and not line.startswith("#")
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"ABIERTO_BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1"}
    environment = machine.environment() | variables | own
    with (machine.root / "gunicorn.log").open("w") as log:
        server = subprocess.Popen(command.split(), cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


def get(port: int, path: str) -> str:
    """Return an address as the front server asks for it, once the server is there."""
    headers = {"Host": ANSWERS["ABIERTO_HOSTS"], "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    deadline = time.monotonic() + SERVING_SECONDS
    while True:
        try:
            with urllib.request.urlopen(request, timeout=SERVING_SECONDS) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError) as problem:
            if isinstance(problem, urllib.error.HTTPError) or time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_the_manual_installs_the_portal_in_an_empty_root(tmp_path):
    machine = Machine(tmp_path / "root")
    *recipe, last = lines_of_the_recipe()
    assert last == CHECK
    for line in recipe:
        done = machine.run(line)
        if line == CHECK:
            # The tables come later; the variables are right.
            assert "Faltan" in done.stdout
            assert "sudo -u abierto deploy/abierto migrate" in done.stdout
            assert "Falta la variable" not in done.stdout
        else:
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"

    done = machine.run(last)
    assert (done.returncode, "Todo lo necesario está" in done.stdout) == (0, True), done.stdout + done.stderr
    assert "systemctl enable --now abierto-web abierto-worker" in machine.notes.read_text()
    assert (machine.root / "etc/abierto/abierto.env").stat().st_mode & 0o777 == 0o640
    with serving(machine) as port:
        assert "<h1" in get(port, "/")
        assert "Usuario o correo" in get(port, "/admin/")
        assert json.loads(get(port, "/salud/listo/"))["status"] == "ok"


def test_the_check_names_all_that_a_fresh_file_lacks(tmp_path):
    machine = Machine(tmp_path / "root")
    for line in lines_of_the_recipe():
        if line.startswith("nano"):
            break
        machine.run(line)

    done = machine.run(CHECK)

    assert done.returncode == 1
    assert [name for name in ANSWERS if f"→ {name}='" not in done.stdout] == []
    proposed = re.search(r"→ ABIERTO_SECRET_KEY='(.*)'", done.stdout)[1]
    assert len(proposed) > 50
