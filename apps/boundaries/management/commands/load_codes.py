"""Loads the P-codes of several editions side by side, so that a code of another edition is recognised."""

from apps.boundaries import codes
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers.readers import codes as reader
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.CODES
    what = Contents.CODES

    def read(self, path):
        return reader.read(path)

    def save(self, reading, load):
        lost = codes.save_codes(reading.records, load)
        return f"{lost} codes stand for no area of the edition in use." if lost else ""
