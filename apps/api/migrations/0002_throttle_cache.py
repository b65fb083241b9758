"""The table in which requests are counted for throttling."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", "throttle_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("api", "0001_first")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
