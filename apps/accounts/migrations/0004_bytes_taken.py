"""Bytes of files taken by a reader on a day, under keys that mean nothing on the next."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_tokens")]

    operations = [
        migrations.CreateModel(
            name="QuotaDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="jour")),
                ("salt", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="BytesTaken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reader", models.CharField(max_length=64)),
                ("bytes", models.BigIntegerField()),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.quotaday"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "reader"), name="one_count_of_bytes_of_a_reader_a_day"
                    )
                ],
            },
        ),
    ]
