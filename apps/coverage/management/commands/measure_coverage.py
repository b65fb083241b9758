"""
Measures how far people are from institutions, and estimates those of communes, where that was never done.

Loads measure by themselves. An installation whose settlements came before this was measured needs it once;
`--again` measures everything anew. It may be interrupted and run again: nothing is half-written.
"""

from django.core.management.base import BaseCommand

from apps.boundaries.models import Area, Settlement
from apps.coverage.communes import estimate_communes
from apps.coverage.models import CommuneEstimate, SettlementReach
from apps.coverage.services import follow_settlements


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="measure everything anew")

    def handle(self, *, again, **options):
        if again or Settlement.objects.filter(reach__isnull=True).exists():
            self.stdout.write("Measuring how far people are from institutions ...")
            follow_settlements()
            self.stdout.write(f"Measured {SettlementReach.objects.count()} settlements.")
        estimated = CommuneEstimate.objects.filter(commune__in=Area.objects.communes())
        if again or (Area.objects.communes().exists() and not estimated.exists()):
            self.stdout.write(f"Estimated the people of {estimate_communes()} communes.")
