"""What the kinds read row by row have in common: compare by key, record the load, write."""

from pathlib import Path

from apps.accounts.access import access_class
from apps.imports.differences import Action, NotImportable, RowRefused, compare
from apps.imports.places import Places
from apps.imports.reading import rows_of
from apps.sources import services as sources
from apps.sources.models import Load
from geo.vocabulary import AccessClass, Level, Pcode
from layers.readers.wording import quoted
from layers.sources_toml import Contents, SourceFile

STRICTNESS = (AccessClass.PUBLIC, AccessClass.SIGNED_IN, AccessClass.DATA_KEEPERS)

WRITTEN = (Action.ADDED, Action.CHANGED, Action.UNCHANGED)

LEVEL_FIELDS = {Level.COMMUNE: "commune", Level.CERCLE: "cercle", Level.REGION: "region"}
"""The smallest first: a place is told by the smallest of them."""


def source_of(import_):
    """Return what is known of where the file comes from."""
    return SourceFile(
        path=Path(import_.file_name),
        what=Contents.OTHER,
        publisher=import_.publisher,
        licence=import_.licence,
        sha256=import_.sha256,
        url=import_.url,
        edition=import_.edition,
        access=AccessClass(import_.access),
    )


class RowKind:
    """
    A kind whose rows are compared with what is loaded by a key.

    A subclass says its `load_kind` and `key_field`, the rows loaded (`formers`: values by key), what a row
    tells (`told`: key, values, record) and how to `save`. A value None is not told.
    """

    load_kind = None
    key_field = ""
    replaces = False
    """True: what the file does not tell goes, so a data keeper must say that it is whole."""

    joins = None
    """The layer whose rows these become, with those of other sources."""

    def __init__(self, import_):
        self.import_ = import_
        self._require_access()
        self.places = Places(import_)

    def formers(self):
        raise NotImplementedError

    def told(self, row):
        raise NotImplementedError

    def save(self, difference, load):
        raise NotImplementedError

    def gone(self, formers, told):
        """Return the keys of what is loaded and no longer told."""
        return [key for key in formers if key not in told]

    def compare(self, step):
        return compare(rows_of(self.import_), self, file_name=self.import_.file_name, step=step)

    def compare_again(self, step):
        """Return the difference as it is in the transaction that will write it."""
        return self.compare(step)

    def removes(self, difference):
        """Return whether rows that are gone would be removed."""
        return self.replaces and difference.counts[Action.GONE] > 0

    def writes(self, difference):
        """Return whether anything would be written."""
        return not difference.changes_nothing or self.removes(difference)

    def write(self, difference):
        """Record the load and write the rows that go in; return the load."""
        counts = difference.counts
        load = sources.record_load(
            self.load_kind,
            source_of(self.import_),
            as_of=self.import_.as_of,
            rows_read=counts["read"],
            rows_written=sum(counts[action] for action in WRITTEN),
            problems=difference.problems,
            in_use=True,
        )
        self.save(difference, load)
        return load

    def save_questions(self):
        self.places.save_questions()

    # --- Places ---

    def area_of(self, row):
        """Return the area that a row tells by code or names; raises RowRefused or PlaceWaits."""
        level, told, field = self.place_told(row.values)
        if level is None:
            raise RowRefused("pcode", "", "Aucun lieu n'est dit.", "Dites le lieu par son P-code ou son nom.")
        return self.places.find(level, told, line=row.line, field=self.header(field))

    def place_told(self, values):
        """Return the level of the place told, its name, code and parent, and the field that tells it."""
        code = values.get("pcode") or ""
        named = [(level, values[name]) for level, name in LEVEL_FIELDS.items() if values.get(name)]
        level = level_of_code(code) if code else None
        if named and (level is None or named[0][0] > level):
            level, code = named[0][0], code if level is None else ""
        if level is None:
            return None, {}, ""
        names = dict(named)
        parent = next((name for at, name in named if at < level), "")
        told = {"name": names.get(level, ""), "code": code, "parent": parent}
        return level, told, LEVEL_FIELDS[level] if told["name"] else "pcode"

    def header(self, field):
        """Return what the file calls a field of ours."""
        return self.import_.mapping.get(field) or field

    def _require_access(self):
        """Raise NotImportable when rows that few may read would join a layer that more may read."""
        if self.joins is None:
            return
        layer = Load.objects.in_use().of_kind(self.joins.load_kind).first()
        readers = access_class(self.joins, layer)
        if layer and STRICTNESS.index(AccessClass(self.import_.access)) > STRICTNESS.index(readers):
            raise NotImportable(
                f"Ces lignes iraient dans la couche {quoted(self.joins.title.fr)}, que plus de personnes "
                "lisent que ce fichier ne le permet. Renvoyez-le avec le même accès que la couche si sa "
                "licence le permet, sinon gardez-le hors de Maillage."
            )


def level_of_code(code):
    """Return the level that a P-code has the length of; None when it is none."""
    try:
        return Pcode(code).level
    except ValueError:
        return None


def beside(load):
    """Say that a load goes beside the one in use of its kind, which stays the source of the others."""
    load.in_use = not Load.objects.in_use().of_kind(load.kind).exclude(pk=load.pk).exists()
    load.counts = {**load.counts, "beside": not load.in_use}
    load.save(update_fields=["in_use", "counts"])
