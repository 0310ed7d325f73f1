"""Doctor checks of the portal: settings, accounts, content, search, translations, mail."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.http.request import validate_host
from wagtail.models import Site

from abierto.accounts.models import User
from abierto.operations.demo_accounts import CLOSE_COMMAND, open_demo_accounts, refuses_demo_accounts
from abierto.operations.diagnosis import Diagnosis, failed, passed, warning
from abierto.operations.digest import count_events
from abierto.registry.models import HarvestedRecord
from abierto.retention.models import DeletionProposal
from abierto.spaces.enums import ProposalStatus
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import PortalSettings, Space
from abierto.translations.languages import find_missing_locales
from search.admin_index import count_missing
from search.analytics.retention import RETENTION_DAYS, expired_notes
from search.engines import EMBEDDED, get_engine
from search.engines.base import EngineBusy, EngineError
from search.engines.embedded.folder import IndexFolder
from search.indexing.outbox import find_dead_letters, find_waiting_rows

SYNC = "python3 run.py manage search sync"
REBUILD = "python3 run.py manage search rebuild"
UPDATE_ADMIN_INDEX = "python3 run.py manage update_index"
TIDY = "python3 run.py manage search tidy"
OPEN_FOLDER = "Da permiso de escritura a esa carpeta, o libera su disco"
START_SERVER = "Arranca el servidor de ELASTICSEARCH_URL, o quita esa variable y reinicia"
DEMO = "python3 run.py manage demo"
INVITE = "Invita a dos personas con: python3 run.py manage invite_administrator CORREO --name NOMBRE"
LETTERS = "Revisa ABIERTO_EMAIL_URL y el registro: journalctl -u abierto-web -u abierto-worker"
DELETIONS = "Administración → Configuración → Plazos de conservación"
HARVEST = "Su ficha dice por qué. Corrige «sus datos en JSON», y ejecuta: python3 run.py manage harvest"
CONSOLE = "abierto.approval.mail_backends.ConsoleBackend"
FILES = "abierto.approval.mail_backends.FileBackend"


def check_production_settings() -> Iterator[Diagnosis]:
    """Check the static files and backups that production needs; elsewhere report only the settings."""
    if not refuses_demo_accounts():
        yield passed("Ajustes", "De esta máquina. Para Internet usa abierto.settings.production.")
        return
    yield passed("Ajustes", "De producción.")
    if Path(settings.STATIC_ROOT).is_dir():
        yield passed("Archivos estáticos", str(settings.STATIC_ROOT))
    else:
        yield failed(
            "Archivos estáticos",
            f"No existe {settings.STATIC_ROOT}.",
            "python3 run.py manage collectstatic --no-input",
        )
    if not settings.ABIERTO_BACKUP_DIR:
        yield warning("Respaldos", "Nadie los hace.", "Define ABIERTO_BACKUP_DIR y ABIERTO_BACKUP_RECIPIENT.")


def check_mail() -> Iterator[Diagnosis]:
    """Check the mail backend; nothing is sent."""
    backend = settings.MAILERS["default"]["BACKEND"]
    if backend == CONSOLE:
        yield warning("Correo", "Solo se imprime en la consola.", "Define ABIERTO_EMAIL_URL=smtp+tls://…")
    elif backend == FILES:
        detail = "Solo se escribe en archivos; las cartas se leen con: python3 run.py manage letters"
        yield warning("Correo", detail, "Define ABIERTO_EMAIL_URL=smtp+tls://…")
    else:
        yield passed("Correo", settings.MAILERS["default"].get("OPTIONS", {}).get("host", backend))


def check_letters() -> Iterator[Diagnosis]:
    """Check that the mail server accepted every e-mail since the last digest; the log has the errors."""
    failed_letters = count_events("mail_backends")
    if failed_letters:
        detail = f"{failed_letters} no salieron desde el último resumen: avisos de revisión o de cuentas."
        yield warning("Cartas", detail, LETTERS)


def check_deletions() -> Iterator[Diagnosis]:
    """Check for deletions past their term that wait for the state's agreement."""
    try:
        waits = list(DeletionProposal.objects.filter(status=ProposalStatus.OPEN).order_by("pk"))
    except DatabaseError:
        return
    if waits:
        detail = "; ".join(f"{row.get_kind_display()} ({len(row.keys)})" for row in waits)
        yield warning("Borrados por aprobar", f"{detail}.", DELETIONS)


def check_harvests() -> Iterator[Diagnosis]:
    """Check that the open data of municipalities on their own sites could be read."""
    try:
        rows = HarvestedRecord.objects.exclude(failure="").select_related("municipality")
        unread = [row.municipality.name for row in rows.order_by("municipality__name")]
    except DatabaseError:
        return
    if unread:
        yield warning("Datos de municipios", f"Sin leer {len(unread)}: {', '.join(unread)}.", HARVEST)


def check_addresses() -> Iterator[Diagnosis]:
    """Check that links in pages and e-mails use an allowed host, that of the default site."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    fix = "Corrige ABIERTO_BASE_URL, o el sitio en Administración → Configuración → Sitios"
    if not validate_host(host, settings.ALLOWED_HOSTS):
        detail = f"Las páginas y las cartas enlazan a {host}, que ABIERTO_HOSTS no admite."
        yield warning("Direcciones", detail, "Agrega ese nombre a ABIERTO_HOSTS, o corrige ABIERTO_BASE_URL")
        return
    try:
        site = Site.objects.filter(is_default_site=True).first()
    except DatabaseError:
        return
    if site is None or site.hostname == host:
        yield passed(
            "Direcciones",
            f"Enlaces a {settings.WAGTAILADMIN_BASE_URL}; cartas de {settings.DEFAULT_FROM_EMAIL}.",
        )
    else:
        detail = f"Las páginas y las cartas enlazan a {host}, y el sitio es {site.hostname}."
        yield warning("Direcciones", detail, fix)


def check_contact() -> Iterator[Diagnosis]:
    """Check for the contact address of the portal, for the page footer and security.txt."""
    try:
        rows = PortalSettings.objects.filter(site__is_default_site=True)
        found = rows.values_list("contact_email", flat=True).first()
    except DatabaseError:
        return
    if found:
        yield passed("Contacto", found)
    else:
        fix = "Escríbelo en Administración → Configuración → Portal"
        yield warning("Contacto", "Las páginas no dicen a qué correo escribir.", fix)


def check_accounts() -> Iterator[Diagnosis]:
    """Check that an account can sign in, and which demo accounts can."""
    try:
        people = User.objects.filter(is_active=True).count()
        demo = open_demo_accounts()
    except DatabaseError:
        yield failed("Cuentas", "No se pueden leer.", "python3 run.py manage migrate")
        return
    if not people:
        yield failed("Cuentas", "Nadie puede entrar.", INVITE)
    else:
        yield passed("Cuentas", f"{people} pueden entrar.")
    if demo and refuses_demo_accounts():
        yield failed("Cuentas de demostración", f"{len(demo)} pueden entrar.", CLOSE_COMMAND)
    elif demo:
        yield warning(
            "Cuentas de demostración", f"{len(demo)} pueden entrar.", f"Antes de publicar: {CLOSE_COMMAND}"
        )


def check_content() -> Iterator[Diagnosis]:
    """Check the site, its languages and the state team's space."""
    try:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        missing = find_missing_locales()
        state = Space.objects.filter(kind=SpaceKind.STATE).exists()
    except DatabaseError:
        yield failed("Contenido", "No se puede leer.", "python3 run.py manage migrate")
        return
    if site is None:
        yield failed("Sitio", "No hay sitio: ninguna página se sirve.", DEMO)
    else:
        yield passed("Sitio", f"{site.root_page} en {settings.WAGTAILADMIN_BASE_URL}")
    if missing:
        yield warning(
            "Lenguas", f"Falta dar de alta: {', '.join(missing)}.", "Administración → Ajustes → Lenguas"
        )
    else:
        yield passed("Lenguas", ", ".join(code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES))
    if state:
        yield passed("Espacios", f"{Space.objects.count()} espacios.")
    else:
        yield failed("Espacios", "Falta el del equipo estatal.", INVITE)


def check_search() -> Iterator[Diagnosis]:
    """Check the index and the outbox."""
    engine = get_engine()
    health = engine.health()
    if health.ok:
        yield passed("Buscador", f"{engine.name}: {health.documents} textos.")
    elif not health.reachable:
        yield failed("Buscador", f"{engine.name}: {health.detail}.", START_SERVER)
    else:
        yield failed("Buscador", f"{engine.name}: {health.detail}.", REBUILD)
    yield from _check_index_folder(engine.name)
    yield from _check_fallback_index(engine.name)
    try:
        waits, dead = find_waiting_rows().count(), find_dead_letters().count()
    except DatabaseError:
        return
    if waits or dead:
        yield warning("Cambios por indexar", f"{waits} esperan y {dead} fallaron.", SYNC)
    yield from _check_query_retention()


def check_admin_search() -> Iterator[Diagnosis]:
    """Check that the index of the admin's search has a row for every object."""
    try:
        missing = count_missing()
    except DatabaseError:
        return
    if missing:
        detail = f"No encontraría {missing} fichas."
        yield warning("Búsqueda de la administración", detail, UPDATE_ADMIN_INDEX)
    else:
        yield passed("Búsqueda de la administración", "Al día.")


def _check_index_folder(name: str) -> Iterator[Diagnosis]:
    """Check that the local index folder is writable."""
    folder = Path(settings.ABIERTO_INDEX_DIR)
    if name != EMBEDDED or not folder.exists():
        return
    try:
        with IndexFolder(folder, {}).lock():
            return
    except EngineBusy:  # another process is writing
        return
    except EngineError as error:
        yield failed("Carpeta del buscador", f"No se puede escribir en {folder}: {error}.", OPEN_FOLDER)


def _check_query_retention() -> Iterator[Diagnosis]:
    """Check for search queries beyond the retention period."""
    try:
        expired = expired_notes().count()
    except DatabaseError:
        return
    if expired:
        yield warning("Preguntas al buscador", f"{expired} tienen más de {RETENTION_DAYS} días.", TIDY)


def _check_fallback_index(name: str) -> Iterator[Diagnosis]:
    """Check the embedded index that is used while the search servers do not respond."""
    if name == EMBEDDED:
        return
    health = get_engine(EMBEDDED).health()
    if health.ok:
        yield passed("Buscador de reserva", f"{health.documents} textos en esta máquina.")
    else:
        fix = f"{REBUILD} --engine {EMBEDDED}"
        yield warning("Buscador de reserva", "Sin servidor solo se buscaría en los títulos.", fix)


def check_translations() -> Iterator[Diagnosis]:
    """Check that the translation catalogues are compiled."""
    sources = [
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.po")
    ]
    missing = sorted(path.parts[-3] for path in sources if not path.with_suffix(".mo").exists())
    if missing:
        yield warning(
            "Traducciones", f"Sin compilar: {', '.join(missing)}.", "python3 run.py manage compilemessages"
        )
    else:
        yield passed("Traducciones", f"{len(sources)} catálogos.")
