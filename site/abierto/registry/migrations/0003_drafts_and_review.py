"""Give the rows that speak in public drafts and a review. Those that are there are public: they stay so."""

import django.db.models.deletion
from django.db import migrations, models

MODELS = ("institution", "person", "municipality", "secretariat", "seat", "glossaryterm")


def revision(label):
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to="wagtailcore.revision",
        verbose_name=label,
    )


def columns():
    """Return Wagtail's columns for revisions and drafts, made anew for each table."""
    return {
        "live": models.BooleanField(default=True, editable=False, verbose_name="live"),
        "has_unpublished_changes": models.BooleanField(
            default=False, editable=False, verbose_name="has unpublished changes"
        ),
        "first_published_at": models.DateTimeField(
            blank=True, db_index=True, null=True, verbose_name="first published at"
        ),
        "last_published_at": models.DateTimeField(
            editable=False, null=True, verbose_name="last published at"
        ),
        "live_revision": revision("live revision"),
        "latest_revision": revision("latest revision"),
        "go_live_at": models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
        "expire_at": models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
        "expired": models.BooleanField(default=False, editable=False, verbose_name="expired"),
    }


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_closed_list_of_goals"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(model_name=model, name=name, field=field)
        for model in MODELS
        for name, field in columns().items()
    ]
