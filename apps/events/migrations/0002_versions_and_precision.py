from uuid import UUID

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

import geo.vocabulary

CONVERT = """
UPDATE events_conflictevent event
SET source = CASE WHEN event.is_simulated THEN 'simulated' ELSE 'acled' END,
    known_from = load.loaded_at,
    geo_precision = CASE event.geo_precision WHEN 3 THEN 5 ELSE event.geo_precision END,
    civilians_targeted = event.event_type = 'Violence against civilians'
FROM sources_load load
WHERE load.id = event.load_id
"""
# The digest of no event: rows of before this migration are compared, not taken as changed. Their counts are
# made by the next load_country.

CERCLE_MONTH = """
CREATE VIEW events_cerclemonth AS
SELECT min(id) AS id, source, cercle_id, month, event_type,
       coalesce(sum(events) FILTER (WHERE geo_precision IN (1, 2, 4)), 0)::integer AS events,
       coalesce(sum(fatalities) FILTER (WHERE geo_precision IN (1, 2, 4)), 0)::integer AS fatalities,
       coalesce(sum(events) FILTER (WHERE geo_precision IN (3, 5, 6)), 0)::integer AS events_region_only,
       coalesce(sum(fatalities) FILTER (WHERE geo_precision IN (3, 5, 6)), 0)::integer AS fatalities_region_only
FROM events_eventcount
WHERE cercle_id IS NOT NULL
GROUP BY source, cercle_id, month, event_type
"""


class Migration(migrations.Migration):
    dependencies = [
        ("boundaries", "0004_density"),
        ("events", "0001_first"),
        ("sources", "0004_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "series",
                    models.CharField(
                        choices=[("hapi", "HDX HAPI"), ("hdx", "HDX")], max_length=10, verbose_name="série"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("all", "tous"),
                            ("political_violence", "violence politique"),
                            ("civilian_targeting", "civils visés"),
                            ("demonstration", "manifestations"),
                        ],
                        max_length=20,
                        verbose_name="catégorie",
                    ),
                ),
                ("month", models.DateField(verbose_name="mois")),
                ("pcode_told", models.CharField(max_length=12, verbose_name="P-code selon l’éditeur")),
                ("name_told", models.CharField(max_length=100, verbose_name="cercle selon l’éditeur")),
                (
                    "region_told",
                    models.CharField(blank=True, max_length=100, verbose_name="région selon l’éditeur"),
                ),
                ("events", models.PositiveIntegerField(verbose_name="événements")),
                ("fatalities", models.PositiveIntegerField(null=True, verbose_name="morts")),
            ],
            options={
                "ordering": ["series", "month", "pcode_told", "category"],
            },
        ),
        migrations.CreateModel(
            name="SameIncident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("acled_event_id", models.CharField(max_length=40, verbose_name="identifiant ACLED")),
                ("ucdp_event_id", models.CharField(max_length=40, verbose_name="identifiant UCDP")),
                ("days", models.PositiveSmallIntegerField(verbose_name="jours d’écart")),
                ("metres", models.FloatField(verbose_name="distance (m)")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "proposé"), ("confirmed", "confirmé"), ("refused", "refusé")],
                        default="proposed",
                        max_length=10,
                        verbose_name="décision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="pourquoi")),
            ],
            options={
                "verbose_name": "même incident",
                "ordering": ["state", "metres", "pk"],
            },
        ),
        migrations.DeleteModel(name="EventCount"),
        migrations.CreateModel(
            name="EventCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=10, verbose_name="source")),
                ("month", models.DateField(verbose_name="mois")),
                ("event_type", models.CharField(max_length=40, verbose_name="type")),
                ("geo_precision", models.PositiveSmallIntegerField(verbose_name="précision du lieu")),
                ("events", models.PositiveIntegerField(verbose_name="événements")),
                ("fatalities", models.PositiveIntegerField(verbose_name="morts")),
                ("civilian_events", models.PositiveIntegerField(verbose_name="événements visant des civils")),
                (
                    "civilian_fatalities",
                    models.PositiveIntegerField(verbose_name="morts dans ceux visant des civils"),
                ),
                (
                    "cercle",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="boundaries.area",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="boundaries.area",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="boundaries.area"
                    ),
                ),
            ],
            options={
                "ordering": ["month", "pk"],
                "indexes": [models.Index(fields=["source", "month"], name="count_of_a_month")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "source",
                            "month",
                            "event_type",
                            "geo_precision",
                            "region",
                            "cercle",
                            "commune",
                        ),
                        name="event_count_is_kept_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="event_count_month_is_its_first_day"
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="conflictevent",
            name="event_is_once_in_its_load",
        ),
        migrations.RemoveConstraint(
            model_name="conflictevent",
            name="event_place_precision_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="conflictevent",
            name="event_date_precision_is_known",
        ),
        migrations.RemoveIndex(
            model_name="conflictevent",
            name="event_by_date",
        ),
        migrations.RemoveIndex(
            model_name="conflictevent",
            name="event_in_a_box",
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="civilians_targeted",
            field=models.BooleanField(default=False, verbose_name="civils visés"),
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="clarity",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="clarté"),
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="digest",
            field=models.UUIDField(default=UUID(int=0)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="ended_events",
                to="sources.load",
            ),
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="fatalities_high",
            field=models.PositiveIntegerField(null=True, verbose_name="morts, au plus"),
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="fatalities_low",
            field=models.PositiveIntegerField(null=True, verbose_name="morts, au moins"),
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="known_from",
            field=models.DateTimeField(default=timezone.now, verbose_name="connu depuis"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="known_until",
            field=models.DateTimeField(null=True, verbose_name="connu jusqu’à"),
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="last_day",
            field=models.DateField(null=True, verbose_name="dernier jour"),
        ),
        migrations.AddField(
            model_name="conflictevent",
            name="source",
            field=models.CharField(
                choices=[("acled", "acled"), ("ucdp", "ucdp"), ("simulated", "simulated")],
                default="acled",
                max_length=10,
                verbose_name="source",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(CONVERT, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="conflictevent",
            name="time_precision",
            field=models.PositiveSmallIntegerField(
                choices=[
                    ("DAY", geo.vocabulary.DatePrecision["DAY"]),
                    ("WEEK", geo.vocabulary.DatePrecision["WEEK"]),
                    ("MONTH", geo.vocabulary.DatePrecision["MONTH"]),
                    ("YEAR", geo.vocabulary.DatePrecision["YEAR"]),
                ],
                verbose_name="précision de la date",
            ),
        ),
        migrations.AddIndex(
            model_name="conflictevent",
            index=models.Index(
                condition=models.Q(("known_until", None)), fields=["-occurred_on", "id"], name="event_by_date"
            ),
        ),
        migrations.AddIndex(
            model_name="conflictevent",
            index=django.contrib.postgres.indexes.GistIndex(
                django.db.models.functions.comparison.Cast(
                    "location", django.contrib.gis.db.models.fields.PointField(srid=4326)
                ),
                condition=models.Q(("known_until", None)),
                name="event_in_a_box",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("known_until", None)),
                fields=("source", "source_event_id"),
                name="event_has_one_current_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("geo_precision__in", [1, 2, 3, 4, 5, 6])),
                name="event_place_precision_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("time_precision__in", [1, 2, 3, 4])), name="event_date_precision_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="conflictevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day", None), ("last_day__gt", models.F("occurred_on")), _connector="OR"
                ),
                name="event_ends_after_it_begins",
            ),
        ),
        migrations.AddField(
            model_name="publishedcount",
            name="cercle",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="boundaries.area",
            ),
        ),
        migrations.AddField(
            model_name="publishedcount",
            name="load",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="published_counts",
                to="sources.load",
            ),
        ),
        migrations.AddField(
            model_name="sameincident",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedcount",
            constraint=models.UniqueConstraint(
                fields=("series", "category", "month", "pcode_told", "name_told"),
                name="published_count_is_once_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="published_count_month_is_its_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="sameincident",
            constraint=models.UniqueConstraint(
                fields=("acled_event_id", "ucdp_event_id"), name="incident_pair_is_proposed_once"
            ),
        ),
        migrations.RunSQL(CERCLE_MONTH, "DROP VIEW events_cerclemonth"),
        migrations.CreateModel(
            name="CercleMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=10, verbose_name="source")),
                ("month", models.DateField(verbose_name="mois")),
                ("event_type", models.CharField(max_length=40, verbose_name="type")),
                ("events", models.PositiveIntegerField(verbose_name="événements")),
                ("fatalities", models.PositiveIntegerField(verbose_name="morts")),
                (
                    "events_region_only",
                    models.PositiveIntegerField(verbose_name="événements connus à la région seulement"),
                ),
                (
                    "fatalities_region_only",
                    models.PositiveIntegerField(verbose_name="morts connus à la région seulement"),
                ),
            ],
            options={
                "db_table": "events_cerclemonth",
                "ordering": ["month", "cercle__pcode", "event_type"],
                "managed": False,
            },
        ),
    ]
