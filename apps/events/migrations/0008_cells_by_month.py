from datetime import date

from django.db import migrations, models

# As every load does from now on for the months of its source that it touches.
COUNT = """
WITH smallest AS (
    SELECT source, date_trunc('month', occurred_on)::date AS month, event_type,
           least(greatest(floor((ST_X(location::geometry) + 180) / 360 * 2048), 0), 2047)::int AS x,
           least(greatest(floor(
               (1 - asinh(tan(radians(ST_Y(location::geometry)))) / pi()) / 2 * 2048), 0), 2047)::int AS y,
           count(*) FILTER (WHERE geo_precision = 1) AS exact,
           count(*) FILTER (WHERE geo_precision = 2) AS near,
           count(*) FILTER (WHERE geo_precision > 2) AS imprecise,
           coalesce(sum(fatalities) FILTER (WHERE geo_precision <= 2), 0) AS fatalities
    FROM events_conflictevent WHERE known_until IS NULL
    GROUP BY 1, 2, 3, 4, 5
)
INSERT INTO events_eventcell (source, month, event_type, zoom, x, y,
                              events_exact, events_near, events_imprecise, fatalities)
SELECT source, month, event_type, zoom, x >> (7 - zoom), y >> (7 - zoom),
       sum(exact), sum(near), sum(imprecise), sum(fatalities)
FROM smallest CROSS JOIN generate_series(0, 7) AS told (zoom)
GROUP BY 1, 2, 3, 4, 5, 6
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0007_cells"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM events_eventcell", migrations.RunSQL.noop),
        migrations.RemoveConstraint("eventcell", "event_cell_is_counted_once"),
        migrations.AddField(
            "eventcell", "month", models.DateField("mois", default=date(1997, 1, 1)), preserve_default=False
        ),
        migrations.AddField(
            "eventcell",
            "event_type",
            models.CharField("type", max_length=40, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "eventcell",
            models.UniqueConstraint(
                fields=("zoom", "x", "y", "month", "event_type", "source"), name="event_cell_is_counted_once"
            ),
        ),
        migrations.AddIndex(
            "eventcell", models.Index(fields=["source", "month"], name="event_cell_of_a_month")
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
