"""``migrate`` refuses a database older than 0.2.0 and leaves it unchanged."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_older_database_is_not_migrated():
    MigrationRecorder.Migration.objects.create(app="editorial", name="0001_initial")
    before = MigrationRecorder.Migration.objects.count()

    with pytest.raises(SystemCheckError, match="no se puede convertir"):
        call_command("migrate", verbosity=0, skip_checks=False)

    assert MigrationRecorder.Migration.objects.count() == before


def test_current_database_passes():
    call_command("check", databases=["default"], verbosity=0)
