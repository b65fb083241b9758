"""A status that was set before statuses had dates becomes a report of the day it was set."""

from django.db import migrations
from django.utils.timezone import localdate

WHY = "état saisi avant que les états aient une date"


def report(apps, schema_editor):
    StatusReport = apps.get_model("infrastructure", "StatusReport")
    undated = apps.get_model("infrastructure", "Institution").objects.filter(status_reports__isnull=True)
    StatusReport.objects.bulk_create(
        StatusReport(
            institution=institution,
            status=institution.status,
            as_of=localdate(institution.updated),
            why=WHY,
        )
        for institution in undated.exclude(status="unknown")
    )


class Migration(migrations.Migration):
    dependencies = [("infrastructure", "0004_one_pair_either_way")]
    operations = [migrations.RunPython(report, migrations.RunPython.noop)]
