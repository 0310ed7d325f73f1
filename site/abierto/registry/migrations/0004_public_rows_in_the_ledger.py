"""Write in the ledger why the rows that were public before there was a review of them are public.

Without it ``manage.py integrity`` would name each of them.
"""

from django.db import migrations
from django.utils import timezone

from abierto.approval.ledger.hashing import digest

REASON = "Ya era pública antes de que el registro pasara por revisión."
#: What each row is called in the ledger.
TITLES = {
    "institution": lambda row: row.name,
    "person": lambda row: row.name,
    "municipality": lambda row: row.name,
    "secretariat": lambda row: row.name,
    "seat": lambda row: row.person.name,
    "glossaryterm": lambda row: row.term,
}
AT_ONCE = 500


def sha_of(row):
    # What a model of the past holds, in the spelling that the ledger compares.
    return digest(type(row), {field.name: field.value_from_object(row) for field in row._meta.fields})


def write_rows(apps, schema_editor):
    approval = apps.get_model("approval", "Approval")
    kinds = apps.get_model("contenttypes", "ContentType").objects
    for name, title in TITLES.items():
        model = apps.get_model("registry", name)
        kind, _ = kinds.get_or_create(app_label="registry", model=name)
        decided = approval.objects.filter(content_type=kind).order_by("pk")
        newest = {row.object_id: (row.kind, row.sha, row.revision_number) for row in decided.iterator()}
        missing = [
            approval(
                content_type=kind,
                object_id=str(row.pk),
                title=title(row)[:255],
                sha=sha,
                kind="import",
                comment=REASON,
            )
            for row in model.objects.filter(live=True).order_by("pk")
            if newest.get(str(row.pk)) != ("import", sha := sha_of(row), None)
        ]
        approval.objects.bulk_create(missing, batch_size=AT_ONCE)
        # Nobody noted when they went public: by now at the latest.
        now = timezone.now()
        undated = model.objects.filter(live=True, last_published_at=None)
        undated.update(first_published_at=now, last_published_at=now)


def refuse_with_drafts(apps, schema_editor):
    """Without the columns everything is public: nothing unapproved may be there then. The ledger stays."""
    for name in TITLES:
        drafts = apps.get_model("registry", name).objects.filter(live=False).count()
        if drafts:
            raise RuntimeError(
                f"registry.{name}: {drafts} drafts would become public. Publish or delete them first."
            )


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_drafts_and_review"),
        ("approval", "0003_title_in_the_ledger"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(write_rows, refuse_with_drafts)]
