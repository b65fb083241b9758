"""Organisations become rows: users of one organisation may edit its projects."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


def make_organisations(apps, schema_editor):
    user_model = apps.get_model("accounts", "User")
    organisation_model = apps.get_model("accounts", "Organisation")
    for user in user_model.objects.exclude(organisation_told=""):
        user.organisation, _ = organisation_model.objects.get_or_create(name=user.organisation_told.strip())
        user.save(update_fields=["organisation"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first")]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="nom")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="autres noms",
                    ),
                ),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.RenameField("user", "organisation", "organisation_told"),
        migrations.AddField(
            "user",
            "organisation",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="users",
                to="accounts.organisation",
            ),
        ),
        migrations.RunPython(make_organisations, migrations.RunPython.noop),
        migrations.RemoveField("user", "organisation_told"),
    ]
