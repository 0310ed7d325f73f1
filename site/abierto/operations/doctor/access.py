"""Who may decide, and how her account is guarded."""

from collections.abc import Callable, Iterator

from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.db import DatabaseError, transaction

from abierto.accounts import encryption
from abierto.accounts.cache import SHARED
from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor, needs_second_factor
from abierto.approval.roles.confirmation import find_unconfirmed
from abierto.approval.roles.grant_history import REQUIRED_VOUCHERS, load_grant_history
from abierto.approval.roles.grants import deciding_groups, is_state_administrator

from .diagnosis import Diagnosis, bad, warning, well

MIGRATE = "python3 run.py manage migrate"
TAKE_AWAY = "python3 run.py manage remove_second_factor USUARIO"
ANOTHER = "Otra cuenta con: python3 run.py manage createsuperuser"
CONFIRM = "Administración → Configuración → Papeles por confirmar"
ON_ENTERING = "Lo ponen la próxima vez que entran; desactiva las cuentas que nadie usa"


def access() -> Iterator[Diagnosis]:
    """Ask about second factors, attempts and roles; without tables the others have said so."""
    for question in (second_factors, attempts, two_people):
        yield from answered(question)


def answered(question: Callable[[], Iterator[Diagnosis]]) -> list[Diagnosis]:
    """Return the answers of one question; none when the tables are not there."""
    try:
        with transaction.atomic():
            return list(question())
    except DatabaseError:
        return [bad("Acceso", "No se puede leer.", MIGRATE)]


def second_factors() -> Iterator[Diagnosis]:
    """Ask who decides without one, and whether the kept ones can be opened with this key."""
    active = User.objects.filter(is_active=True).order_by("username")
    people = [user for user in active if needs_second_factor(user)]
    without = [user.username for user in people if not has_second_factor(user)]
    if without:
        yield warning("Segundo paso", f"Falta a {len(without)}: {', '.join(without)}.", ON_ENTERING)
    else:
        yield well("Segundo paso", f"Lo tienen las {len(people)} cuentas que deciden.")
    kept = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user")
    kept = kept.order_by("user__username", "pk")
    closed = [one.user.username for one in kept if not encryption.opens(one.data.get("secret", ""))]
    if closed:
        detail = f"Otra ABIERTO_SECRET_KEY guardó el de {len(closed)}: {', '.join(closed)}."
        yield bad("Claves del segundo paso", detail, TAKE_AWAY)


def attempts() -> Iterator[Diagnosis]:
    """Ask whether attempts to enter can be counted."""
    caches[SHARED].get("doctor")
    yield well("Límite de intentos", "Se cuentan una vez para todos los procesos.")


def two_people() -> Iterator[Diagnosis]:
    """Ask whether roles can be confirmed, and which ones wait."""
    people = User.objects.filter(is_active=True)
    givers = [
        user for user in people if is_state_administrator(user) and load_grant_history(user).is_attested
    ]
    if len(givers) < REQUIRED_VOUCHERS:
        detail = f"Da papeles {len(givers)} cuenta: lo que da no lo confirma nadie."
        yield warning("Dos personas del Estado", detail, ANOTHER)
    late = [one.account.username for one in find_unconfirmed()]
    if late:
        yield warning("Papeles por confirmar", f"{len(late)}: {', '.join(late)}.", CONFIRM)
    elif deciding_groups().exists():
        yield well("Papeles", "Ninguno espera confirmación.")
