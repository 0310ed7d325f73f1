"""``run.py production --check``: list what a machine lacks to serve the portal, each with its fix.

The variables are checked first, without Django's settings, which stop at the first missing variable; then
``manage.py doctor`` runs. This file is run by its path, because the portal is not an installed package.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
if __name__ == "__main__":
    # Replaces the folder of this file, whose modules would hide those of the standard library.
    sys.path[:1] = [str(ROOT / "site"), str(ROOT)]

from django.core.exceptions import ImproperlyConfigured  # noqa: E402

from abierto.operations.diagnosis import MARKS, Diagnosis, State, failed, passed  # noqa: E402
from abierto.settings import environment  # noqa: E402

FILE = Path("/etc/abierto/abierto.env")
EXAMPLE = "deploy/abierto.env"
SETTINGS = "abierto.settings.production"
READABLE_BY_OTHERS = 0o007
MANAGE = "python3 run.py manage"
RUN_AS_PORTAL = "sudo -u abierto deploy/abierto"


def check_file(path: Path) -> Iterator[Diagnosis]:
    """Load the file of variables into the environment, and check that it is not readable by others."""
    copy = f"sudo install -D -o root -g abierto -m 640 {EXAMPLE} {path}"
    try:
        wrong = environment.load_file(path)
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield failed("Archivo de ajustes", f"No existe {path}.", copy)
        return
    except OSError:
        yield failed("Archivo de ajustes", f"No se puede leer {path}.", "Repite el comando con sudo")
        return
    if wrong:
        detail = f"En {path} no se entiende la línea {wrong[0]}"
        yield failed("Archivo de ajustes", detail, "Escríbela así: NOMBRE='valor'")
    elif mode & READABLE_BY_OTHERS:
        detail = f"Cualquier cuenta de la máquina puede leer {path}."
        yield failed("Archivo de ajustes", detail, f"sudo chmod 640 {path}")
    else:
        yield passed("Archivo de ajustes", str(path))


def check_variables() -> Iterator[Diagnosis]:
    """Check each variable that production requires, with the functions that its settings use."""
    yield _check(
        "Ajustes", _require_settings, f"DJANGO_SETTINGS_MODULE='{SETTINGS}'", f"Se cargan los de {SETTINGS}."
    )
    yield _check(
        "Clave secreta",
        lambda: environment.secret_key("ABIERTO_SECRET_KEY"),
        f"ABIERTO_SECRET_KEY='{secrets.token_urlsafe(50)}'",
        "Es larga y variada.",
    )
    yield _check(
        "Nombres del sitio",
        lambda: environment.hosts("ABIERTO_HOSTS"),
        "ABIERTO_HOSTS='abierto.ejemplo.gob.mx'",
    )
    yield _check("Dirección", _require_secure_address, "ABIERTO_BASE_URL='https://abierto.ejemplo.gob.mx'")
    mail = "ABIERTO_EMAIL_URL='smtp+tls://usuario:clave@servidor:587'"
    yield _check("Correo", _require_mail_server, mail, "Hay servidor.")
    yield _check(
        "Base de datos",
        lambda: environment.required("DATABASE_URL"),
        "DATABASE_URL='sqlite:////var/lib/abierto/abierto.sqlite3'",
        "Está dicha.",
    )
    yield _check("Depuración", _refuse_debug, "Borra la línea de ABIERTO_DEBUG", "Apagada.")


def _check(part: str, question: Callable[[], object], fix: str, detail: str = "") -> Diagnosis:
    """Return the result of a function that may raise ``ImproperlyConfigured``; ``detail`` hides its value."""
    try:
        answer = question()
    except ImproperlyConfigured as problem:
        return failed(part, str(problem), fix)
    return passed(part, detail or (", ".join(answer) if isinstance(answer, list) else str(answer)))


def _require_settings() -> None:
    if environment.required("DJANGO_SETTINGS_MODULE") != SETTINGS:
        raise ImproperlyConfigured("Estos ajustes no son los de producción.")


def _require_secure_address() -> str:
    address = environment.base_url(environment.required("ABIERTO_BASE_URL"))
    if not address.startswith("https://"):
        raise ImproperlyConfigured(f"La dirección {address} no empieza con https://.")
    return address


def _require_mail_server() -> None:
    if not environment.required("ABIERTO_EMAIL_URL").startswith("smtp"):
        raise ImproperlyConfigured(
            "Las cartas no salen de esta máquina: ABIERTO_EMAIL_URL no es un servidor."
        )


def _refuse_debug() -> None:
    if environment.text("ABIERTO_DEBUG"):
        raise ImproperlyConfigured("ABIERTO_DEBUG enseña los errores enteros.")


def check_machine() -> Iterator[Diagnosis]:
    """Run the doctor in another process with the loaded variables, as the owner of the data folder.

    As root it would create files, such as SQLite's journal, that the portal could not write.
    """
    data = Path(environment.text("ABIERTO_DATA", str(ROOT / "var")))
    if not data.is_dir():
        fix = f"sudo install -d -o abierto -g abierto -m 750 {data}"
        yield failed("Carpeta de datos", f"No existe {data}.", fix)
        return
    owner = data.stat()
    as_owner: dict[str, Any] = {}
    if not os.geteuid():
        as_owner = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    command = [sys.executable, str(ROOT / "manage.py"), "doctor", "--json"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **as_owner)
    except PermissionError:
        python = Path(sys.executable).resolve()
        detail = f"El usuario del portal no puede usar {python}: está en una carpeta cerrada."
        fix = f"Instala Python fuera de ella (apt-get install python3), borra {ROOT}/.venv y repite"
        yield failed("Python", detail, fix)
        return
    lines = done.stdout.splitlines()
    if not lines:
        detail = f"No arranca: {(done.stderr.splitlines() or ['sin mensaje'])[-1]}"
        yield failed("Portal", detail, "Corrige lo que dice ese mensaje y repite")
    for row in json.loads(lines[-1]) if lines else []:
        fix = row["fix"].replace(MANAGE, RUN_AS_PORTAL)
        yield Diagnosis(row["part"], State(row["state"]), row["detail"], fix)


def has_errors(found: list[Diagnosis]) -> bool:
    return any(diagnosis.state is State.ERROR for diagnosis in found)


def main(arguments: list[str]) -> int:
    """Print all results, those of the doctor only if the variables are valid; return 1 on errors."""
    parser = argparse.ArgumentParser(prog="run.py production", description="Revisa esta máquina.")
    parser.add_argument("--check", action="store_true", required=True, help="dice qué falta y su arreglo")
    parser.add_argument("--env", type=Path, default=FILE, metavar="ARCHIVO", help=f"los ajustes ({FILE})")
    path = parser.parse_args(arguments).env
    found = [*check_file(path), *check_variables()]
    if not has_errors(found):
        found += check_machine()
    print("\n".join(map(str, found)))
    if has_errors(found):
        print(f"\nArregla lo marcado con {MARKS[State.ERROR]} y repite: python3 run.py production --check")
        return 1
    print("\nTodo lo necesario está.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
