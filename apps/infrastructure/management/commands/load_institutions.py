"""Loads police, courts and prisons from a register: `load_institutions osm PATH`."""

from apps.infrastructure import services
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import institutions
from layers.sources_toml import Contents

REGISTERS = {"osm": "OpenStreetMap"}


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.INSTITUTIONS
    what = Contents.INSTITUTIONS

    def add_arguments(self, parser):
        parser.add_argument("register", choices=REGISTERS)
        super().add_arguments(parser)

    def handle(self, *, register, **options):
        self.register = REGISTERS[register]
        super().handle(**options)

    def read(self, path):
        return institutions.read_osm(path)

    def save(self, reading, load):
        outside, kept = services.save_register(reading.records, load, register=self.register)
        left = ", ".join(f"{count} {kind}" for kind, count in reading.left_out.items())
        return f"{outside} outside every area. Left out, not ours: {left or 'none'}. {kept}".rstrip()
