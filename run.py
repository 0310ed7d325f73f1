#!/usr/bin/env python3
"""Start, test and manage Abierto with nothing but Python's standard library.

    python3 run.py                 prepare and serve on http://localhost:8000/
    python3 run.py --prepare       everything but serving
    python3 run.py --fresh         start over (asks first; --yes answers)
    python3 run.py --empty         without the demo: an empty portal and the links of its two administrators
    python3 run.py test [...]      every check and test; --fast for the short round
    python3 run.py manage ...      Django's commands inside the same environment
    python3 run.py production      with --check: what this machine lacks to serve the portal in production

An old Python may run it: it finds a recent one and creates its own environment in ``.venv``.
"""

from __future__ import annotations

import argparse
import contextlib
import gettext
import glob
import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent import futures
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DATA = Path(os.environ.get("ABIERTO_DATA") or ROOT / "var").resolve()
MIN_PYTHON = (3, 12)
PYTHON_VERSIONS = ("3.12", "3.13", "3.14")
HOST = "127.0.0.1"
# The language of LANGUAGE, LC_ALL or LANG where the portal has its catalogue; else Spanish.
_ = gettext.translation("django", str(ROOT / "locale"), fallback=True).gettext
# One gives the roles of reviewing and the other confirms them.
EXAMPLE_ADMINISTRATORS = ["administracion-1@example.org", "administracion-2@example.org"]
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"

# System packages for the tests: package -> (program that proves it, or a path that does).
SYSTEM_PACKAGES = {
    "chromium": ("chromium", "/usr/bin/chromium-headless-shell"),
    "default-jdk-headless": ("javac", ""),
    "fonts-dejavu-core": ("", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    "gettext": ("msgfmt", ""),
    "libpangoft2-1.0-0": ("", "/usr/lib/*/libpangoft2-1.0.so.0"),
    "maven": ("mvn", ""),
    "postgresql": ("initdb", "/usr/lib/postgresql/*/bin/initdb"),
}
# Debian's headless shell needs half of Chromium's processor time. It replaces Chromium where apt offers it.
FASTER_BROWSER = "chromium-headless-shell"


def report(text: str, **values: object) -> None:
    """Report progress on standard error; standard output belongs to the command."""
    print("· " + text.format(**values), file=sys.stderr, flush=True)


def fail(text: str, *lines: str, **values: object) -> SystemExit:
    """Return the exception that ends the program with a problem and the commands that fix it."""
    heading = _("No se puede seguir: ") + text.format(**values)
    return SystemExit("\n".join(["", heading, *(f"    {line}" for line in lines), ""]))


def execute(command: list[str], **options: object) -> None:
    """Run a command; exit with its code if it fails, since it has printed its own error."""
    if code := subprocess.call(command, cwd=str(ROOT), **options):  # type: ignore[arg-type]
        raise SystemExit(code)


def run_quietly(command: list[str], **options: object) -> subprocess.CompletedProcess:
    quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL) | options
    return subprocess.run(command, cwd=str(ROOT), **quiet)  # type: ignore[call-overload,no-any-return]


# --- A Python, an environment, its packages ------------------------------------------------------------


def is_suitable_python(python: str) -> bool:
    """Check that this program is a recent Python that can create environments."""
    question = f"import sys, venv, ensurepip; sys.exit(sys.version_info < {MIN_PYTHON})"
    try:
        answer = run_quietly([python, "-c", question], timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def python_candidates() -> list[str]:
    found = [sys.executable, *(shutil.which(f"python{version}") for version in PYTHON_VERSIONS)]
    pyenv = os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")
    uv = os.environ.get("UV_PYTHON_INSTALL_DIR", Path.home() / ".local/share/uv/python")
    for version in PYTHON_VERSIONS:
        found += sorted(glob.glob(f"{pyenv}/versions/{version}.*/bin/python3"), reverse=True)
        found += sorted(glob.glob(f"{uv}/cpython-{version}.*/bin/python3"), reverse=True)
    found += [shutil.which("python3"), shutil.which("python")]
    return [path for path in dict.fromkeys(found) if path]


def find_python() -> str:
    for python in python_candidates():
        if is_suitable_python(python):
            return python
    raise fail(
        _("hace falta Python 3.12 o más reciente, con su módulo venv. Instálalo, por ejemplo:"),
        "sudo apt-get install python3.12 python3.12-venv     # Debian 13+, Ubuntu 24.04+",
        "pyenv install 3.12                                  # pyenv",
        "uv python install 3.12                              # uv",
    )


def make_environment() -> None:
    if VENV_PYTHON.exists() and is_suitable_python(str(VENV_PYTHON)):
        return
    python = find_python()
    report(_("Creo el entorno .venv con {python}"), python=python)
    execute([python, "-m", "venv", "--clear", str(VENV)])


def hash_files(*paths: Path) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(ROOT)}\0{len(path.read_bytes())}\0".encode() + path.read_bytes())
    return total.hexdigest()


def install(lock: Path) -> None:
    """Install exactly the packages of the lock file, if it changed since the last time."""
    make_environment()
    stamp = VENV / f"installed-{lock.stem}"
    fingerprint = hash_files(lock)
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    report(_("Instalo los paquetes de {name} (solo cuando cambia)"), name=lock.name)
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
    pip.append("--no-compile")  # Python compiles a module with its first import; most are never imported
    uv = shutil.which("uv")
    command = [uv, "pip", "install", "--python", str(VENV_PYTHON)] if uv else pip
    if subprocess.call([*command, "--quiet", "--require-hashes", "-r", str(lock)], stdout=sys.stderr):
        raise fail(_("no se pudieron instalar los paquetes. Revisa la conexión y repite:"), "python3 run.py")
    # The test lock contains the run lock with the same versions, so both are installed now.
    for done in {lock, RUN_LOCK}:
        (VENV / f"installed-{done.stem}").write_text(hash_files(done))


def build_environment(**extra: str) -> dict[str, str]:
    """Return the variables of this process with the environment's programs first in ``PATH``."""
    left_out = {"PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}  # each start would compile everything again
    variables = {name: value for name, value in os.environ.items() if name not in left_out} | extra
    variables["PATH"] = str(VENV_PYTHON.parent) + os.pathsep + variables.get("PATH", "")
    return variables


def manage_command(*arguments: str) -> list[str]:
    return [str(VENV_PYTHON), str(ROOT / "manage.py"), *arguments]


# --- Data ----------------------------------------------------------------------------------------------


def database_url() -> str:
    return os.environ.get("DATABASE_URL", "").strip()


def is_database_ready() -> bool:
    """Check that the database exists; a remote one must have all its migrations."""
    if not database_url():
        return (DATA / "abierto.sqlite3").exists()
    return run_quietly(manage_command("migrate", "--check"), env=build_environment()).returncode == 0


def content_fingerprint() -> str:
    """Hash everything that the prepared data depends on: migrations, demo content, index, database."""
    sources = {RUN_LOCK, *ROOT.glob("site/**/migrations/*.py"), *ROOT.glob("pages/**/migrations/*.py")}
    sources.update((ROOT / "site/abierto/demo").rglob("*.*"), (ROOT / "search").rglob("*.py"))
    servers = database_url() + os.environ.get("ELASTICSEARCH_URL", "")
    files = sorted(path for path in sources if path.is_file() and path.suffix != ".pyc")
    return hash_files(*files) + hashlib.sha256(servers.encode()).hexdigest()


def refuse_older_data() -> None:
    """Stop before changing anything if the local database is older than 0.2.0."""
    path, older = DATA / "abierto.sqlite3", []
    if path.exists() and not database_url():
        query = "SELECT 1 FROM django_migrations WHERE app IN ('editorial', 'reviewing') LIMIT 1"
        database = sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)
        with contextlib.closing(database), contextlib.suppress(sqlite3.Error):
            older = database.execute(query).fetchall()
    if older:
        raise fail(_("son datos de una versión anterior a la 0.2.0; bórralos:"), "python3 run.py --fresh")


def mark_empty() -> None:
    """Note that this portal has no demo, so that no later start loads it."""
    if not (DATA / "empty").exists() and is_database_ready():
        old = _("los datos de {data} ya existen; para borrarlos y empezar con un portal vacío:")
        raise fail(old, "python3 run.py --fresh --empty", data=DATA)
    (DATA / "empty").touch()


def prepare(empty: bool = False) -> None:
    """Bring tables, content and index up to date; return at once if nothing changed."""
    refuse_older_data()
    install(RUN_LOCK)
    if empty:
        mark_empty()
    stamp = DATA / "prepared"
    fingerprint = content_fingerprint()
    is_prepared = stamp.exists() and stamp.read_text() == fingerprint and (DATA / "index").exists()
    if is_prepared and is_database_ready():
        return
    (DATA / "static").mkdir(exist_ok=True)  # whitenoise warns about a missing folder
    report(_("Arranco Django para preparar el portal"))
    without_demo = ["--empty"] if (DATA / "empty").exists() else []
    execute(manage_command("prepare", *without_demo), env=build_environment(), stdout=subprocess.DEVNULL)
    stamp.write_text(fingerprint)


def invite_administrators(addresses: list[str], port: int) -> None:
    """Invite both administrators and print their links; one who has signed in already needs none."""
    environment = build_environment(ABIERTO_BASE_URL=served_address(port))
    for number, address in enumerate(addresses, start=1):
        invite = manage_command("invite_administrator", address, "--name", f"Administración {number}")
        subprocess.call(invite, cwd=str(ROOT), env=environment)


def delete_local_data(yes: bool) -> None:
    """Delete the local data after asking; a database at ``DATABASE_URL`` is never touched."""
    if database_url():
        raise fail(_("--fresh no borra la base que DATABASE_URL señala."), "unset DATABASE_URL")
    if not yes:
        try:
            answer = input(_("Se borra todo lo que hay en {data}. ¿Seguir? [s/N] ").format(data=DATA))
        except EOFError:
            answer = ""
        if answer.strip().lower() not in {"s", "si", "sí", "y", "yes"}:
            raise fail(_("no se borró nada. Para no preguntar:"), "python3 run.py --fresh --yes")
    names = ("prepared", "empty", "demo-accounts.json", "media", "index", "static", "letters")
    for path in [*(DATA / name for name in names), *DATA.glob("abierto.sqlite3*")]:
        if path.is_dir():
            shutil.rmtree(str(path))
        elif path.exists():
            path.unlink()


# --- Serving -------------------------------------------------------------------------------------------


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def served_address(port: int) -> str:
    """Return where the links in e-mails lead: the address that is served."""
    return os.environ.get("ABIERTO_BASE_URL", "").strip() or f"http://localhost:{port}"


def print_welcome(port: int) -> None:
    address = f"http://localhost:{port}/"
    lines = ["", f"{_('Abierto está en')}  {address}", f"{_('Administración')}   {address}admin/", ""]
    accounts = DATA / "demo-accounts.json"
    if accounts.exists():
        rows = [(_("Usuario"), _("Contraseña"), _("Papel"), _("Espacio"))]
        rows += [
            (row["username"], row["password"], _(row["role"]), row["space"] or "")
            for row in json.loads(accounts.read_text(encoding="utf-8"))
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        table = ("  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
        lines += [_("Cuentas de demostración (solo de esta instalación):"), *table, ""]
        lines += [_("Quien revisa o administra pide su código: «python3 run.py manage demo_code USUARIO»")]
    print("\n".join([*lines, "", _("Con un trabajador al lado. Para terminar: Ctrl+C")]), flush=True)


def serve(port: int) -> int:
    """Serve, with a worker, until interrupted; print the welcome once the server responds."""
    if is_listening(port):
        raise fail(_("ese puerto está ocupado. Usa otro:"), f"python3 run.py --port {port + 1}")
    command = manage_command("serve", f"{HOST}:{port}")
    environment = build_environment(ABIERTO_BASE_URL=served_address(port))
    server = subprocess.Popen(command, cwd=str(ROOT), env=environment, stdout=subprocess.DEVNULL)
    # Ctrl+C and a plain kill of this program also end the server.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        while server.poll() is None and not is_listening(port):
            time.sleep(0.1)
        if server.poll() is None:
            print_welcome(port)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        if server.poll() is None:
            server.terminate()
        server.wait()


# --- Testing -------------------------------------------------------------------------------------------


def missing_packages() -> list[str]:
    return [
        package
        for package, (program, elsewhere) in SYSTEM_PACKAGES.items()
        if not (program and shutil.which(program)) and not (elsewhere and glob.glob(elsewhere))
    ]


def with_faster_browser(missing: list[str]) -> list[str]:
    """Return the packages to install: the faster browser too, or instead, if apt offers it."""
    if shutil.which(FASTER_BROWSER) or run_quietly(["apt-cache", "show", FASTER_BROWSER]).returncode:
        return missing
    return [FASTER_BROWSER, *(package for package in missing if package != "chromium")]


def install_system_packages() -> None:
    """Install the system packages of the tests as root; otherwise print the command."""
    missing = missing_packages()
    may_install = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if may_install and (missing or not shutil.which(FASTER_BROWSER)):
        options = {"env": build_environment(DEBIAN_FRONTEND="noninteractive"), "stdout": sys.stderr}
        if missing or os.environ.get("CI"):
            execute(["apt-get", "update", "-qq"], **options)
        if packages := with_faster_browser(missing):
            report(_("Instalo del sistema: {packages}"), packages=" ".join(packages))
            execute(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], **options)
        missing = missing_packages()
    if missing and os.environ.get("CI"):
        raise fail(_("faltan partes para las pruebas: {packages}"), packages=" ".join(missing))
    if missing:
        skipped = _("Se saltan las pruebas que necesitan {packages}. Para tenerlas todas:")
        report(skipped, packages=" ".join(missing))
        report(f"    sudo apt-get install --no-install-recommends {' '.join(missing)}")


def check_steps() -> dict[str, list[str]]:
    tool = str(VENV_PYTHON.parent) + os.sep
    folders = [ROOT / "templates", *ROOT.glob("site/**/templates"), *ROOT.glob("bench/**/templates")]
    templates = sorted(str(path.relative_to(ROOT)) for folder in folders for path in folder.rglob("*.html"))
    return {
        "mypy": [tool + "mypy"],  # as long as all the others together
        "ruff check": [tool + "ruff", "check"],
        "ruff format": [tool + "ruff", "format", "--check"],
        "djade": [tool + "djade", "--check", "--target-version", "6.1", *templates],
        "import-linter": [tool + "lint-imports", "--no-cache"],
        "manage.py check": manage_command("check", "--fail-level", "WARNING"),
        "makemigrations": manage_command("makemigrations", "--check", "--dry-run"),
    }


def run_checks(steps: dict[str, list[str]], variables: dict[str, str]) -> list[str]:
    """Run the checks, two at a time, print the output of each at its end, and return those that failed."""

    def run(name: str) -> bool:
        began = time.monotonic()
        done = run_quietly(steps[name], env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print(f"\n=== {name}\n{done.stdout.decode('utf-8', 'replace')}", end="", flush=True)
        report(f"{name}: {time.monotonic() - began:.0f} s")
        return done.returncode == 0

    with futures.ThreadPoolExecutor(max_workers=2) as pool:
        checks = {name: pool.submit(run, name) for name in steps}
    return [name for name, check in checks.items() if not check.result()]


def pytest_command(*arguments: str) -> list[str]:
    return [str(VENV_PYTHON), "-m", "pytest", "-n", "2", "--dist", "loadfile", *arguments]


def test_steps(arguments: argparse.Namespace, extra: list[str]) -> dict[str, list[str]]:
    if arguments.fast:
        return {"pruebas rápidas": pytest_command("-m", "not (browser or elasticsearch or slow)", *extra)}
    if extra:
        return {"pruebas pedidas": [str(VENV_PYTHON), "-m", "pytest", *extra]}
    steps = {"pruebas (SQLite)": pytest_command()}
    if "postgresql" not in missing_packages():
        on_postgresql = [str(VENV_PYTHON), str(ROOT / "tests/postgresql.py")]
        steps["pruebas (PostgreSQL)"] = [*on_postgresql, *pytest_command("-m", "both_databases")]
    return steps


def test(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py test", description="Todo lo demás se entrega a pytest.")
    parser.add_argument("--fast", action="store_true", help="solo pytest en SQLite, sin navegador")
    parser.add_argument("--long", action="store_true", help="más casos y cinco rondas a la vez")
    arguments, extra = parser.parse_known_args(argv)
    with futures.ThreadPoolExecutor() as pool:  # pip uses one processor, and apt mostly waits
        packages = pool.submit(lambda: arguments.fast or install_system_packages())
        install(DEV_LOCK)
    packages.result()
    long = {"HYPOTHESIS_PROFILE": "long", "ABIERTO_TEST_ROUNDS": "5"} if arguments.long else {}
    path = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    variables = build_environment(PYTHONPATH=path, DJANGO_SETTINGS_MODULE="abierto.settings.test", **long)
    failed = [] if extra or arguments.fast else run_checks(check_steps(), variables)
    for name, command in test_steps(arguments, extra).items():
        print("\n=== " + name, flush=True)
        began = time.monotonic()
        if subprocess.call(command, cwd=str(ROOT), env=variables):
            failed.append(name)
        report(f"{name}: {time.monotonic() - began:.0f} s")
    print("\nFallaron: " + ", ".join(failed) if failed else "\nTodo bien.", flush=True)
    return 1 if failed else 0


def start(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=_("Prepara y sirve Abierto. También: test, manage."))
    parser.add_argument("--port", type=int, default=8000, help=_("puerto (8000)"))
    parser.add_argument("--prepare", action="store_true", help=_("prepara todo sin servir"))
    parser.add_argument("--fresh", action="store_true", help=_("borra los datos locales y empieza de nuevo"))
    parser.add_argument("--empty", nargs="*", metavar=_("CORREO"), help=_("sin demostración"))
    parser.add_argument("--yes", action="store_true", help=_("responde que sí a --fresh"))
    arguments = parser.parse_args(argv)
    if arguments.empty and len(arguments.empty) != len(EXAMPLE_ADMINISTRATORS):
        example = "python3 run.py --empty ana@example.org eva@example.org"
        raise fail(_("hacen falta dos correos, o ninguno:"), example)
    if arguments.fresh:
        delete_local_data(arguments.yes)
    prepare(empty=arguments.empty is not None)
    if arguments.empty is not None:
        invite_administrators(arguments.empty or EXAMPLE_ADMINISTRATORS, arguments.port)
    return 0 if arguments.prepare else serve(arguments.port)


def main(argv: list[str]) -> int:
    DATA.mkdir(parents=True, exist_ok=True)
    if argv[:1] == ["test"]:
        return test(argv[1:])
    if argv[:1] in (["manage"], ["production"]):
        install(RUN_LOCK)
        check = [str(VENV_PYTHON), str(ROOT / "site/abierto/operations/production.py"), *argv[1:]]
        command = manage_command(*argv[1:]) if argv[0] == "manage" else check
        return subprocess.call(command, env=build_environment())
    return start(argv)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
