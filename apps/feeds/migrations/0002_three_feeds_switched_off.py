from django.db import migrations, models

FEEDS = {"acled": "0 5 * * 1", "ucdp": "0 5 22 * *", "hapi": "0 5 12 * *"}


def make(apps, schema_editor):
    feed = apps.get_model("feeds", "Feed")
    for key, cron in FEEDS.items():
        feed.objects.get_or_create(key=key, defaults={"cron": cron})


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_first")]

    operations = [
        migrations.AlterField(
            model_name="feed",
            name="stale_after_days",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="périmé après (jours)"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "running")),
                fields=("feed",),
                name="feed_runs_one_at_a_time",
            ),
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
