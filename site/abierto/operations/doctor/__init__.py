"""``manage.py doctor``: checks of configuration and services, each problem with its fix."""

from collections.abc import Callable, Iterable

from abierto.operations.diagnosis import Diagnosis

from . import access, machine, portal

CHECKS: tuple[Callable[[], Iterable[Diagnosis]], ...] = (
    machine.check_python,
    machine.check_data_folder,
    machine.check_database,
    portal.check_production_settings,
    portal.check_accounts,
    access.check_access,
    portal.check_content,
    portal.check_search,
    portal.check_admin_search,
    machine.check_scanner,
    machine.check_work,
    portal.check_translations,
    portal.check_mail,
    portal.check_letters,
    portal.check_deletions,
    portal.check_harvests,
    portal.check_addresses,
    portal.check_contact,
)


def run_checks() -> list[Diagnosis]:
    """Return the results of all checks in the order of ``CHECKS``."""
    return [diagnosis for question in CHECKS for diagnosis in question()]
