from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "cache_key",
                    models.CharField(
                        max_length=255, primary_key=True, serialize=False, verbose_name="clave"
                    ),
                ),
                ("value", models.TextField(verbose_name="cuenta")),
                ("expires", models.DateTimeField(db_index=True, verbose_name="vence")),
            ],
            options={
                "verbose_name": "intento de entrar",
                "verbose_name_plural": "intentos de entrar",
            },
        ),
    ]
