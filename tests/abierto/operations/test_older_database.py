"""``migrate`` refuses a database from before 0.2.0 and changes nothing in it."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_a_database_of_an_older_version_is_not_migrated():
    MigrationRecorder.Migration.objects.create(app="editorial", name="0001_initial")
    before = MigrationRecorder.Migration.objects.count()

    with pytest.raises(SystemCheckError, match="no se puede convertir"):
        call_command("migrate", verbosity=0, skip_checks=False)

    assert MigrationRecorder.Migration.objects.count() == before


def test_a_database_of_this_version_passes():
    call_command("check", databases=["default"], verbosity=0)
