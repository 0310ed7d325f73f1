"""The portal: who may enter, what it holds, what finds it."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from wagtail.models import Locale, Site

from abierto.accounts.models import User
from abierto.operations.demo_accounts import CLOSE, open_demo_accounts, refused
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from search.analytics.retention import KEPT_DAYS, expired_notes
from search.engines import EMBEDDED, get_engine
from search.engines.base import EngineBusy, EngineError
from search.engines.embedded.folder import IndexFolder
from search.indexing.outbox import dead_letters, waiting

from .diagnosis import Diagnosis, bad, warning, well

SYNC = "python3 run.py manage search sync"
REBUILD = "python3 run.py manage search rebuild"
TIDY = "python3 run.py manage search tidy"
OPEN_FOLDER = "Da permiso de escritura a esa carpeta, o libera su disco"
START_SERVER = "Arranca el servidor de ELASTICSEARCH_URL, o quita esa variable y reinicia"
DEMO = "python3 run.py manage demo"
CONSOLE = "abierto.approval.mail_backends.ConsoleBackend"


def production() -> Iterator[Diagnosis]:
    """Ask for what only the open Internet needs."""
    if not refused():
        yield well("Ajustes", "De esta máquina. Para Internet usa abierto.settings.production.")
        return
    yield well("Ajustes", "De producción.")
    if Path(settings.STATIC_ROOT).is_dir():
        yield well("Archivos estáticos", str(settings.STATIC_ROOT))
    else:
        yield bad(
            "Archivos estáticos",
            f"No existe {settings.STATIC_ROOT}.",
            "python3 run.py manage collectstatic --no-input",
        )


def mail() -> Iterator[Diagnosis]:
    """Ask where mail goes; nothing is sent."""
    backend = settings.MAILERS["default"]["BACKEND"]
    if backend == CONSOLE:
        yield warning("Correo", "Solo se imprime en la consola.", "Define ABIERTO_EMAIL_URL=smtp+tls://…")
    else:
        yield well("Correo", settings.MAILERS["default"].get("OPTIONS", {}).get("host", backend))


def accounts() -> Iterator[Diagnosis]:
    """Ask who can sign in."""
    try:
        people = User.objects.filter(is_active=True).count()
        demo = open_demo_accounts()
    except DatabaseError:
        yield bad("Cuentas", "No se pueden leer.", "python3 run.py manage migrate")
        return
    if not people:
        yield bad("Cuentas", "Nadie puede entrar.", "python3 run.py manage createsuperuser")
    else:
        yield well("Cuentas", f"{people} pueden entrar.")
    if demo and refused():
        yield bad("Cuentas de demostración", f"{len(demo)} pueden entrar.", CLOSE)
    elif demo:
        yield warning("Cuentas de demostración", f"{len(demo)} pueden entrar.", f"Antes de publicar: {CLOSE}")


def content() -> Iterator[Diagnosis]:
    """Ask for the site, its languages and the state team's space."""
    try:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        locales = set(Locale.objects.values_list("language_code", flat=True))
        state = Space.objects.filter(kind=SpaceKind.STATE).exists()
    except DatabaseError:
        yield bad("Contenido", "No se puede leer.", "python3 run.py manage migrate")
        return
    if site is None:
        yield bad("Sitio", "No hay sitio: ninguna página se sirve.", DEMO)
    else:
        yield well("Sitio", f"{site.root_page} en {settings.WAGTAILADMIN_BASE_URL}")
    wanted = {code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}
    if missing := sorted(wanted - locales):
        yield warning(
            "Lenguas", f"Falta dar de alta: {', '.join(missing)}.", "Administración → Ajustes → Lenguas"
        )
    else:
        yield well("Lenguas", ", ".join(sorted(locales)))
    if state:
        yield well("Espacios", f"{Space.objects.count()} espacios.")
    else:
        yield bad("Espacios", "Falta el del equipo estatal.", DEMO)


def search() -> Iterator[Diagnosis]:
    """Ask whether the index answers and whether changes wait for it."""
    engine = get_engine()
    health = engine.health()
    if health.ok:
        yield well("Buscador", f"{engine.name}: {health.documents} textos.")
    elif not health.reachable:
        yield bad("Buscador", f"{engine.name}: {health.detail}.", START_SERVER)
    else:
        yield bad("Buscador", f"{engine.name}: {health.detail}.", REBUILD)
    yield from _closed_folder(engine.name)
    yield from _spare_index(engine.name)
    try:
        waits, dead = waiting().count(), dead_letters().count()
    except DatabaseError:
        return
    if waits or dead:
        yield warning("Cambios por indexar", f"{waits} esperan y {dead} fallaron.", SYNC)
    yield from _old_questions()


def _closed_folder(name: str) -> Iterator[Diagnosis]:
    """Ask whether changes can be written to an index of this machine."""
    folder = Path(settings.ABIERTO_INDEX_DIR)
    if name != EMBEDDED or not folder.exists():
        return
    try:
        with IndexFolder(folder, {}).lock():
            return
    except EngineBusy:  # somebody is writing to it
        return
    except EngineError as error:
        yield bad("Carpeta del buscador", f"No se puede escribir en {folder}: {error}.", OPEN_FOLDER)


def _old_questions() -> Iterator[Diagnosis]:
    """Ask whether questions are kept for longer than was promised."""
    try:
        late = expired_notes().count()
    except DatabaseError:
        return
    if late:
        yield warning("Preguntas al buscador", f"{late} tienen más de {KEPT_DAYS} días.", TIDY)


def _spare_index(name: str) -> Iterator[Diagnosis]:
    """Ask what answers while the search servers do not."""
    if name == EMBEDDED:
        return
    health = get_engine(EMBEDDED).health()
    if health.ok:
        yield well("Buscador de reserva", f"{health.documents} textos en esta máquina.")
    else:
        fix = f"{REBUILD} --engine {EMBEDDED}"
        yield warning("Buscador de reserva", "Sin servidor solo se buscaría en los títulos.", fix)


def catalogues() -> Iterator[Diagnosis]:
    """Ask whether the interface's translations were compiled."""
    sources = [
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.po")
    ]
    missing = sorted(path.parts[-3] for path in sources if not path.with_suffix(".mo").exists())
    if missing:
        yield warning(
            "Traducciones", f"Sin compilar: {', '.join(missing)}.", "python3 run.py manage compilemessages"
        )
    else:
        yield well("Traducciones", f"{len(sources)} catálogos.")
