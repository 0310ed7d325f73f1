"""Give the root page and the root collection a Spanish name: Wagtail's migrations call them «Root»."""

from django.db import migrations

STOCK_NAME, NAME = "Root", "Raíz"


def name_the_roots(apps, schema_editor):
    """Rename the roots that still have Wagtail's name."""
    pages = apps.get_model("wagtailcore", "Page").objects.filter(depth=1)
    pages.filter(title=STOCK_NAME).update(title=NAME)
    pages.filter(draft_title=STOCK_NAME).update(draft_title=NAME)
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=STOCK_NAME).update(name=NAME)


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0002_retire_stock_groups"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(name_the_roots, migrations.RunPython.noop)]
