from django.db import migrations

from apps.analysis.reader import queries


def make_reader(apps, schema_editor):
    queries.make_role()
    queries.let_read()


class Migration(migrations.Migration):
    """The role that questions are asked as. It stays when this is undone: other databases may use it."""

    dependencies = [
        ("accounts", "0002_organisations"),
        ("area_tables", "0002_edition_and_history"),
        ("boundaries", "0006_codes_and_alias_history"),
        ("coverage", "0004_counted_communes"),
        ("events", "0006_references_unchecked"),
        ("infrastructure", "0007_judicial_regions"),
        ("programme", "0002_told_values_and_placed_mentions"),
        ("projects", "0004_involvements"),
        ("runs", "0003_inputs"),
        ("sources", "0009_people_of_communes"),
        ("targeting", "0003_comments_and_adoptions"),
    ]

    operations = [migrations.RunPython(make_reader, migrations.RunPython.noop)]
