from django.db import migrations


class Migration(migrations.Migration):
    """Class limits follow from the figures asked: nothing is kept."""

    dependencies = [("events", "0003_counts_by_commune")]

    operations = [migrations.DeleteModel(name="ClassLimits")]
