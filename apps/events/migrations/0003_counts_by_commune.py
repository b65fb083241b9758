from django.db import migrations, models

CERCLE_MONTH = """
CREATE VIEW events_cerclemonth AS
SELECT min(id) AS id, source, cercle_id, month, event_type,
       coalesce(sum(events) FILTER (WHERE geo_precision IN (1, 2, 4)), 0)::integer AS events,
       coalesce(sum(fatalities) FILTER (WHERE geo_precision IN (1, 2, 4)), 0)::integer AS fatalities,
       coalesce(sum(civilian_events) FILTER (WHERE geo_precision IN (1, 2, 4)), 0)::integer AS civilian_events,
       coalesce(sum(civilian_fatalities) FILTER (WHERE geo_precision IN (1, 2, 4)), 0)::integer
           AS civilian_fatalities,
       coalesce(sum(events) FILTER (WHERE geo_precision IN (3, 5, 6)), 0)::integer AS events_imprecise,
       coalesce(sum(fatalities) FILTER (WHERE geo_precision IN (3, 5, 6)), 0)::integer AS fatalities_imprecise
FROM events_eventcount
WHERE cercle_id IS NOT NULL
GROUP BY source, cercle_id, month, event_type
"""

FORMER_CERCLE_MONTH = """
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

COMMUNE_MONTH = """
CREATE VIEW events_communemonth AS
SELECT min(id) AS id, source, commune_id, month, event_type,
       coalesce(sum(events) FILTER (WHERE geo_precision = 1), 0)::integer AS events,
       coalesce(sum(fatalities) FILTER (WHERE geo_precision = 1), 0)::integer AS fatalities,
       coalesce(sum(civilian_events) FILTER (WHERE geo_precision = 1), 0)::integer AS civilian_events,
       coalesce(sum(civilian_fatalities) FILTER (WHERE geo_precision = 1), 0)::integer AS civilian_fatalities,
       coalesce(sum(events) FILTER (WHERE geo_precision = 2), 0)::integer AS events_near,
       coalesce(sum(events) FILTER (WHERE geo_precision = 4), 0)::integer AS events_cercle,
       coalesce(sum(events) FILTER (WHERE geo_precision IN (3, 5, 6)), 0)::integer AS events_wider
FROM events_eventcount
WHERE commune_id IS NOT NULL
GROUP BY source, commune_id, month, event_type
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0002_versions_and_precision")]

    operations = [
        migrations.RunSQL(
            ["DROP VIEW events_cerclemonth", CERCLE_MONTH],
            ["DROP VIEW events_cerclemonth", FORMER_CERCLE_MONTH],
        ),
        migrations.RunSQL(COMMUNE_MONTH, "DROP VIEW events_communemonth"),
        migrations.CreateModel(
            name="CommuneMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                )
            ],
            options={
                "db_table": "events_communemonth",
                "ordering": ["month", "commune__pcode", "event_type"],
                "managed": False,
            },
        ),
        migrations.AddIndex(
            model_name="conflictevent",
            index=models.Index(fields=["source", "known_from"], name="event_first_known"),
        ),
    ]
