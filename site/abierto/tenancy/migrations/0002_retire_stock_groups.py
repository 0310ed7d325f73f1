"""Retire the groups and the workflow that Wagtail brings: its moderators publish without a second person."""

from django.db import migrations

STOCK_GROUPS = ("Editors", "Moderators")
STOCK_WORKFLOW = "Moderators approval"


def retire(apps, schema_editor):
    """Remove what nobody uses yet; an installation where somebody does is told by ``manage.py integrity``."""
    group_model = apps.get_model("auth", "Group")
    group_model.objects.filter(name__in=STOCK_GROUPS, user__isnull=True).delete()
    workflow_state = apps.get_model("wagtailcore", "WorkflowState")
    if not workflow_state.objects.filter(workflow__name=STOCK_WORKFLOW).exists():
        apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow__name=STOCK_WORKFLOW).delete()
        apps.get_model("wagtailcore", "Workflow").objects.filter(name=STOCK_WORKFLOW).delete()
        apps.get_model("wagtailcore", "Task").objects.filter(name=STOCK_WORKFLOW).update(active=False)


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_initial"),
        ("accounts", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0002_initial_data"),
        ("wagtaildocs", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(retire, migrations.RunPython.noop)]
