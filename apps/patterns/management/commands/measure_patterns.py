"""
Measures hot spots, diffusion and classes of conflict, where events, boundaries or people changed.

Proposes too which events of two sources may be one incident. The worker looks every minute whether
something changed; run by hand it measures at once. It may be interrupted and run again: each measure is
written whole or not at all, and what did not change is not measured again.
"""

from django.core.management.base import BaseCommand

from apps.events import incidents
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
        # First: while a measure is out of date an interrupted command comes back here.
        if waiting := incidents.propose():
            self.stdout.write(f"{waiting} pairs of events wait for a decision: the same incident, or two?")
        land, written = services.new_land(), 0
        for number, (measure, source) in enumerate(asked, start=1):
            self.stdout.write(f"Measuring {measure} of {source} ({number} of {len(asked)}) ...")
            written += services.measure(measure, source, land, inputs)
        self.stdout.write(f"Measured {written} patterns.")
