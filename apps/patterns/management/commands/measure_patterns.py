"""
Measures hot spots, diffusion and classes of conflict, where events, boundaries or people changed.

Loads ask for it, and the worker looks every minute; run by hand it measures at once. It may be interrupted
and run again: each measure is written whole or not at all, and what did not change is not measured again.
"""

from django.core.management.base import BaseCommand

from apps.patterns import services
from apps.patterns.models import Pattern


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="measure everything anew")

    def handle(self, *, again, **options):
        services.forget_sources_gone()
        if again:
            Pattern.objects.all().delete()
        inputs = services.inputs_now()
        asked = services.out_of_date(inputs)
        if not asked:
            return
        land, written = services.new_land(), 0
        for number, (measure, source) in enumerate(asked, start=1):
            self.stdout.write(f"Measuring {measure} of {source} ({number} of {len(asked)}) ...")
            written += services.measure(measure, source, land, inputs)
        self.stdout.write(f"Measured {written} patterns.")
