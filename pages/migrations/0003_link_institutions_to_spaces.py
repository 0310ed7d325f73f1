"""Link the institutions to the spaces that hold their commitments already, or have their name."""

from django.db import migrations


def link(apps, schema_editor):
    link_model = apps.get_model("registry", "InstitutionSpace")
    parties = apps.get_model("pages", "CommitmentParty").objects.filter(role="responsible")
    roots = apps.get_model("tenancy", "SpaceRoot").objects.filter(space__kind="institution")
    for root in roots.order_by("pk"):
        party = parties.filter(page_id=root.page_id).order_by("sort_order", "pk").first()
        if party is not None:
            link_model.objects.get_or_create(
                institution_id=party.institution_id, defaults={"holder_id": root.space_id}
            )
    institutions = apps.get_model("registry", "Institution").objects
    for space in apps.get_model("tenancy", "Space").objects.filter(kind="institution").order_by("pk"):
        institution = institutions.filter(name=space.name).first()
        if institution is not None:
            link_model.objects.get_or_create(institution=institution, defaults={"holder": space})


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_initial"),
        ("registry", "0004_institution_space"),
        ("tenancy", "0002_retire_stock_groups"),
    ]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
