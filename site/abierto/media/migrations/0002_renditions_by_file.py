"""Find a rendition by the name of its file: every request of a picture does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="portalrendition",
            index=models.Index(fields=["file"], name="media_rendition_by_file"),
        ),
    ]
