"""Doctor checks of second factors, login attempts and roles."""

from collections.abc import Callable, Iterator

from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.db import DatabaseError, transaction

from abierto.accounts.cache import SHARED
from abierto.accounts.encryption import can_decrypt
from abierto.accounts.models import User
from abierto.accounts.second_factor import has_second_factor, needs_second_factor
from abierto.approval.roles.confirmation import find_unconfirmed
from abierto.approval.roles.grant_history import REQUIRED_VOUCHERS, load_grant_history
from abierto.approval.roles.grants import deciding_groups, is_state_administrator
from abierto.operations.diagnosis import Diagnosis, failed, passed, warning

MIGRATE = "python3 run.py manage migrate"
REMOVE_FACTOR = "python3 run.py manage remove_second_factor USUARIO"
INVITE = "Invita a otra con: python3 run.py manage invite_administrator CORREO --name NOMBRE"
CONFIRM = "Administración → Configuración → Papeles por confirmar"
SET_UP_AT_LOGIN = "Lo ponen la próxima vez que entran; desactiva las cuentas que nadie usa"


def check_access() -> Iterator[Diagnosis]:
    """Run the checks of this module; each one reports missing tables by itself."""
    for question in (check_second_factors, check_attempts_cache, check_role_administrators):
        yield from run_check(question)


def run_check(question: Callable[[], Iterator[Diagnosis]]) -> list[Diagnosis]:
    """Return the results of one check; one error if the tables are missing."""
    try:
        with transaction.atomic():
            return list(question())
    except DatabaseError:
        return [failed("Acceso", "No se puede leer.", MIGRATE)]


def check_second_factors() -> Iterator[Diagnosis]:
    """Check for reviewers without a factor and for secrets that cannot be decrypted."""
    active = User.objects.filter(is_active=True).order_by("username")
    users = [user for user in active if needs_second_factor(user)]
    without_factor = [user.username for user in users if not has_second_factor(user)]
    if without_factor:
        detail = f"Falta a {len(without_factor)}: {', '.join(without_factor)}."
        yield warning("Segundo paso", detail, SET_UP_AT_LOGIN)
    else:
        yield passed("Segundo paso", f"Lo tienen las {len(users)} cuentas que deciden.")
    factors = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user")
    factors = factors.order_by("user__username", "pk")
    undecryptable = [
        factor.user.username for factor in factors if not can_decrypt(factor.data.get("secret", ""))
    ]
    if undecryptable:
        detail = f"Otra ABIERTO_SECRET_KEY guardó el de {len(undecryptable)}: {', '.join(undecryptable)}."
        yield failed("Claves del segundo paso", detail, REMOVE_FACTOR)


def check_attempts_cache() -> Iterator[Diagnosis]:
    """Check that the cache of login attempts works."""
    caches[SHARED].get("doctor")
    yield passed("Límite de intentos", "Se cuentan una vez para todos los procesos.")


def check_role_administrators() -> Iterator[Diagnosis]:
    """Check for two accounts that can confirm roles, and for unconfirmed roles."""
    users = User.objects.filter(is_active=True)
    administrators = [
        user for user in users if is_state_administrator(user) and load_grant_history(user).is_attested
    ]
    if len(administrators) < REQUIRED_VOUCHERS:
        detail = f"Da papeles {len(administrators)} cuenta: lo que da no lo confirma nadie."
        yield warning("Dos personas del Estado", detail, INVITE)
    unconfirmed = [role.account.username for role in find_unconfirmed()]
    if unconfirmed:
        yield warning("Papeles por confirmar", f"{len(unconfirmed)}: {', '.join(unconfirmed)}.", CONFIRM)
    elif deciding_groups().exists():
        yield passed("Papeles", "Ninguno espera confirmación.")
