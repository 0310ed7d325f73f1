"""Begin the hash chain of each ledger, and record the sites that Wagtail's migrations create."""

from django.db import migrations

from abierto.approval.ledger import links
from abierto.approval.records.fingerprints import prints_of

REASON = "Ya estaba así cuando se empezó a registrar lo público."
LEDGERS = ("decisions", "accounts", "stand_ins", "places", "public")
SITE_FIELDS = {
    "hostname": "hostname",
    "port": "port",
    "site_name": "site_name",
    "root_page": "root_page_id",
    "is_default_site": "is_default_site",
}


def record_sites(apps, schema_editor):
    """Record each site, so that a later change by hand is found."""
    record = apps.get_model("approval", "PublicRecord")
    for site in apps.get_model("wagtailcore", "Site").objects.order_by("pk"):
        values = {name: getattr(site, attribute) for name, attribute in SITE_FIELDS.items()}
        record.objects.create(
            model="wagtailcore.site",
            object_id=str(site.pk),
            title=site.hostname,
            prints=prints_of(values),
            reason=REASON,
        )


def begin_chains(apps, schema_editor):
    """Create the head of each ledger; link the records that are there."""
    heads, stored = apps.get_model("approval", "LedgerHead"), apps.get_model("approval", "LedgerLink")
    for ledger in LEDGERS:
        last, rows = links.beginning(ledger), 0
        if ledger == "public":
            for row in apps.get_model("approval", "PublicRecord").objects.order_by("pk"):
                last, rows = links.link(last, links.export_public_record(row)), rows + 1
                stored.objects.create(ledger=ledger, number=row.pk, link=last)
        heads.objects.create(ledger=ledger, rows=rows, link=last)


class Migration(migrations.Migration):
    dependencies = [("approval", "0001_initial")]

    operations = [
        migrations.RunPython(record_sites, migrations.RunPython.noop),
        migrations.RunPython(begin_chains, migrations.RunPython.noop),
    ]
