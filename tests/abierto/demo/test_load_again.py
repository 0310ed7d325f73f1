"""Loading again changes nothing, keeps edits, and a failed load leaves no rows."""

import time
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command

from abierto.accounts.models import User
from abierto.accounts.second_factor import set_totp_secret
from abierto.accounts.totp import code_at, new_secret
from abierto.demo.loader import load
from abierto.demo.loader.accounts import accounts_file, read_accounts, write_accounts
from abierto.registry.models import GlossaryTerm
from pages.figures.models import ProgressFigure
from pages.figures.projection.store import find_drift
from pages.plans.commitments import CommitmentPage
from pages.updates.models import ProgressUpdatePage
from tests.factories import republished

from .case import DemoCase

# Slow: each test loads the whole demo again.
pytestmark = pytest.mark.slow


def contents() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


class AgainTests(DemoCase):
    """Loading again changes neither its own rows nor later edits."""

    def setUp(self):
        super().setUp()
        self.addCleanup(write_accounts, read_accounts())

    def test_a_second_load_changes_no_row_and_no_byte(self):
        rows, words = contents(), accounts_file().read_bytes()

        assert load.load_demo() == 0

        assert contents() == rows
        assert accounts_file().read_bytes() == words

    def test_missing_file_is_rewritten_with_new_passwords(self):
        before = {account.username: account.password for account in read_accounts()}
        accounts_file().unlink()

        load.load_demo()

        after = {account.username: account.password for account in read_accounts()}
        assert after.keys() == before.keys()
        assert not set(after.values()) & set(before.values())
        assert User.objects.get(username="revision").check_password(after["revision"])

    def test_secrets_are_added_to_an_older_file(self):
        Authenticator.objects.all().delete()
        accounts = [replace(account, totp_secret="", otpauth="") for account in read_accounts()]
        write_accounts(accounts)

        load.load_demo()

        account = next(account for account in read_accounts() if account.username == "revision")
        assert account.password == next(one.password for one in accounts if one.username == "revision")
        assert account.otpauth.startswith("otpauth://totp/revision?secret=" + account.totp_secret)
        assert (
            Authenticator.objects.get(user__username="revision")
            .wrap()
            .validate_code(code_at(account.totp_secret))
        )

    def test_own_authenticator_is_not_replaced(self):
        set_totp_secret(User.objects.get(username="revision"), own_secret := new_secret())
        write_accounts([replace(account, totp_secret="", otpauth="") for account in read_accounts()])

        load.load_demo()

        account = next(account for account in read_accounts() if account.username == "revision")
        assert account.totp_secret == ""
        assert Authenticator.objects.get(user__username="revision").wrap().validate_code(code_at(own_secret))

    def test_demo_code_prints_the_code(self):
        account = next(account for account in read_accounts() if account.username == "revision")
        output = StringIO()

        call_command("demo_code", "revision", stdout=output)

        assert output.getvalue().split()[0] in {
            code_at(account.totp_secret),
            code_at(account.totp_secret, time.time() - 30),
        }
        with pytest.raises(CommandError, match="solo con su contraseña"):
            call_command("demo_code", "edicion-ousaneg")
        with pytest.raises(CommandError, match="Están: administracion"):
            call_command("demo_code", "nadie")

    def test_deleted_page_is_restored_with_its_figures(self):
        commitment = CommitmentPage.objects.source_language().get(slug="1-5-ladrilleras")
        ProgressUpdatePage.objects.child_of(commitment).get().delete()

        assert load.load_demo() == 1

        figure = ProgressFigure.objects.get(key=commitment.translation_key)
        assert (figure.declared, figure.computed) == (23, Decimal("36.25"))
        assert find_drift() == []

    def test_real_account_with_demo_name_is_not_changed(self):
        User.objects.filter(username="revision").update(is_demo=False)
        rows = contents()

        with pytest.raises(CommandError, match="revision"):
            call_command("demo")

        assert contents() == rows

    def test_edits_are_preserved(self):
        republished(GlossaryTerm.objects.get(term="despido"), definition="Otra definición")
        User.objects.filter(username="revision").update(post="Otro cargo")

        load.load_demo()

        assert GlossaryTerm.objects.get(term="despido").definition == "Otra definición"
        assert User.objects.get(username="revision").post == "Otro cargo"

    def test_failed_load_leaves_no_rows(self):
        commitment = CommitmentPage.objects.source_language().get(slug="1-5-ladrilleras")
        ProgressUpdatePage.objects.child_of(commitment).get().delete()
        before = contents()

        with (
            patch.object(load, "write_derived_data", side_effect=RuntimeError("se fue la luz")) as last_step,
            pytest.raises(RuntimeError),
        ):
            load.load_demo()

        assert last_step.called
        assert contents() == before
