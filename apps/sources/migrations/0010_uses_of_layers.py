"""How often layers are read, by day, door and format."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0009_people_of_communes")]

    operations = [
        migrations.CreateModel(
            name="LayerUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("layer", models.CharField(max_length=40)),
                ("day", models.DateField(verbose_name="jour")),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("api", "API"),
                            ("ogc", "OGC API - Features"),
                            ("tiles", "tuiles"),
                            ("download", "fichiers"),
                        ],
                        max_length=10,
                    ),
                ),
                ("format", models.CharField(max_length=20)),
                ("uses", models.PositiveIntegerField()),
                ("bytes", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("layer", "day", "door", "format"), name="one_count_of_uses_of_a_layer_a_day"
                    )
                ],
            },
        ),
    ]
