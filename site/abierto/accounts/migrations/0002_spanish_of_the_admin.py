"""Store the Spanish that people chose for the admin under the code of the portal's own language.

«es» is none of ``LANGUAGES``: the links of a screen in it led below «/es/», where nothing is.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def store_full_code(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    profiles = apps.get_model("wagtailusers", "UserProfile").objects.using(schema_editor.connection.alias)
    profiles.filter(preferred_language="es").update(preferred_language="es-mx")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(store_full_code, migrations.RunPython.noop)]
