"""The tables of the programme are loaded together: the load of the target cercles alone is forgotten."""

from django.db import migrations


def forget_targets(apps, schema_editor):
    apps.get_model("sources", "Load").objects.filter(kind="targets").delete()


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_density"), ("projects", "0002_targets_move")]

    operations = [migrations.RunPython(forget_targets, migrations.RunPython.noop)]
