"""Put the closed list of goals and targets in every installation: pages point at it from the first day."""

from django.db import migrations

from abierto.registry.sdg import goals


def load(apps, schema_editor):
    goal_model = apps.get_model("registry", "SDGGoal")
    target_model = apps.get_model("registry", "SDGTarget")
    for goal in goals():
        goal_model.objects.update_or_create(number=goal.number, defaults={"title": goal.title})
        for order, (code, title) in enumerate(goal.targets.items(), start=1):
            target_model.objects.update_or_create(
                code=code, defaults={"goal_id": goal.number, "title": title, "order": order}
            )


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
