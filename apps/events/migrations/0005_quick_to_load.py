import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boundaries", "0004_density"),
        ("events", "0004_no_class_limits"),
        ("sources", "0005_kinds_of_loads"),
    ]

    operations = [
        migrations.AlterField(
            model_name="conflictevent",
            name="cercle",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="boundaries.area",
            ),
        ),
        migrations.AlterField(
            model_name="conflictevent",
            name="commune",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="boundaries.area",
            ),
        ),
        migrations.AlterField(
            model_name="conflictevent",
            name="ended_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="ended_events",
                to="sources.load",
            ),
        ),
        migrations.AlterField(
            model_name="conflictevent",
            name="load",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="events",
                to="sources.load",
            ),
        ),
        migrations.AlterField(
            model_name="conflictevent",
            name="location",
            field=django.contrib.gis.db.models.fields.PointField(
                geography=True, spatial_index=False, srid=4326, verbose_name="lieu"
            ),
        ),
        migrations.AlterField(
            model_name="conflictevent",
            name="region",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="boundaries.area",
            ),
        ),
    ]
