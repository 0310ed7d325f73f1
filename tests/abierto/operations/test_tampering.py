"""``manage.py integrity`` exits with 1 and reports every change made outside the application."""

import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from abierto.approval.errors import NotApproved
from abierto.operations.integrity import CHECKS
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests.abierto.approval.unguarded import without_net
from tests.abierto.operations import tamperings_of_rows  # noqa: F401 (files its own)
from tests.abierto.operations.portal import Portal, build_public_files, portal
from tests.abierto.operations.tamperings import GUARD, NOBODY, TAMPERINGS, TRIGGER, Tampering
from tests.admin_search import fill_admin_index

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REFUSALS = {NotApproved: GUARD, IntegrityError: TRIGGER}


def refused_by(tampering: Tampering, place: Portal) -> str:
    """Try a tampering; return ``GUARD``, ``TRIGGER`` or ``NOBODY``."""
    try:
        with transaction.atomic():
            tampering.do(place)
    except (NotApproved, IntegrityError) as error:
        return REFUSALS[type(error)]
    return NOBODY


def integrity(capsys, *only: str) -> tuple[int, dict]:
    """Run the command; return its exit code and its report."""
    code = 0
    try:
        call_command("integrity", "--json", *(part for name in only for part in ("--only", name)))
    except SystemExit as exit:
        code = exit.code
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_refused_or_found(name, capsys):
    tampering, place = TAMPERINGS[name], portal()

    refusal = refused_by(tampering, place)
    if refusal == TRIGGER:
        with without_net():
            tampering.do(place)

    assert refusal == tampering.refused_by
    if refusal == GUARD:
        return
    code, answer = integrity(capsys, tampering.found_by)
    assert code == 1
    messages = [finding["message"] for finding in answer["findings"]]
    assert any(tampering.named in message for message in messages), messages
    assert all(finding["fix"] for finding in answer["findings"])


@pytest.mark.both_databases
def test_unchanged_portal_has_no_findings(capsys):
    build_public_files(portal().room)
    rebuild(get_engine())
    fill_admin_index()

    code, answer = integrity(capsys)
    assert answer["findings"] == [], answer["findings"]
    assert (code, answer["ok"], answer["checks"]) == (0, True, list(CHECKS))


@pytest.mark.parametrize("name", sorted({one.found_by for one in TAMPERINGS.values()}))
def test_tampering_passes_without_its_check(name, monkeypatch, capsys):
    tampering = next(one for one in TAMPERINGS.values() if one.found_by == name and one.refused_by == NOBODY)
    monkeypatch.setitem(CHECKS, name, list)
    tampering.do(portal())

    assert integrity(capsys, name) == (0, {"ok": True, "checks": [name], "findings": []})


def test_print_the_table(capsys):
    rows = list(TAMPERINGS.values())
    by_guard, by_trigger = (sum(one.refused_by == who for one in rows) for who in (GUARD, TRIGGER))
    with capsys.disabled():
        print(f"\n{'Cambio por fuera':<66}{'lo niega':<12}lo encuentra")
        for one in rows:
            print(f"{one.name:<66}{one.refused_by:<12}{NOBODY if one.refused_by == GUARD else one.found_by}")
        found = len(rows) - by_guard
        print(f"tamperings: {len(rows)}, refused: {by_guard + by_trigger}, found: {found}, unnoticed: 0")
    assert len(rows) >= 19
