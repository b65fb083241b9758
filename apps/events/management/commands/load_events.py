"""Loads conflict events, each placed in its commune: `load_events acled PATH`."""

from apps.events import services
from apps.events.models import ConflictEvent
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import events
from layers.sources_toml import Contents

READERS = {"acled": events.read_acled, "simulated": events.read_simulated}
CONTENTS = {"acled": Contents.ACLED_EVENTS, "simulated": Contents.SIMULATED_EVENTS}

MOST_LISTED = 20


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.EVENTS

    def add_arguments(self, parser):
        parser.add_argument("source", choices=READERS)
        super().add_arguments(parser)

    def handle(self, *, source, **options):
        self.reader, self.what = READERS[source], CONTENTS[source]
        super().handle(**options)

    def read(self, path):
        return self.reader(path)

    def as_of(self, records):
        return max(record.occurred_on for record in records)

    def save(self, reading, load):
        outside = services.save_events(reading.records, load, is_simulated=load.is_simulated)
        if not outside:
            return ""
        listed = ConflictEvent.objects.outside_every_area().order_by("source_event_id")[:MOST_LISTED]
        names = ", ".join(f"{event.source_event_id} ({event.location_name})" for event in listed)
        return f"{outside} lie outside every area of this edition: {names}."
