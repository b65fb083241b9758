"""The target cercles move to the app of the programme, and are loaded there with its other tables."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_first")]

    operations = [migrations.DeleteModel("TargetCercle")]
