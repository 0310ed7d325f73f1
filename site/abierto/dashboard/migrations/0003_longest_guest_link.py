"""How long a guest link may last."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviewing', '0002_words_and_failures_of_bundles'),
    ]

    operations = [
        migrations.AddField(
            model_name='reviewingsettings',
            name='guest_days',
            field=models.PositiveSmallIntegerField(default=14, help_text='Vale también para los que ya existen. Sesenta días como mucho.', validators=[django.core.validators.MinValueValidator(1, 'Escribe al menos un día.'), django.core.validators.MaxValueValidator(60, 'Escribe sesenta días como mucho.')], verbose_name='un enlace de lectura vale a lo más (días)'),
        ),
    ]
