"""Boundaries: a new edition, whole or not at all, inactive until an operator switches it on."""

from collections import Counter

from apps.boundaries import services
from apps.boundaries.models import Area
from apps.imports import uploads
from apps.imports.differences import Action, Difference, Item, NotImportable
from apps.imports.kinds.rows import source_of
from apps.sources import services as sources
from apps.sources.models import Load
from geo.vocabulary import Level
from layers.readers import boundaries
from layers.readers.problems import Reading

NO_DAY = "Ce fichier ne dit pas depuis quand ces limites valent. Renvoyez-le en donnant la date des données."


class Boundaries:
    load_kind = Load.Kind.BOUNDARIES

    def __init__(self, import_):
        self.import_ = import_
        self.reading = None

    def compare(self, step):
        """Return what the edition would be, beside the active one. One fault keeps the whole edition out."""
        self.reading = self._read()
        step(len(self.reading.records))
        self.valid_from = self._valid_from()
        self.name = self._free_name()
        items = [*self._areas(), *(_refused(problem) for problem in self.reading.refusals)]
        counts = Counter(dict.fromkeys(Action, 0)) + Counter(item.action for item in items)
        read = len(self.reading.records) + len(self.reading.refusals)
        return Difference(
            items=items,
            counts={
                **{action: counts[action] for action in Action},
                "read": read,
                "doubts": len(self.reading.remarks),
                "all_or_nothing": bool(self.reading.refusals),
            },
            problems=self.reading.problems,
        )

    def _read(self):
        reading = boundaries.read_levels(uploads.path_of(self.import_))
        problems = list(reading.problems)
        if not reading.refusals:
            problems += boundaries.check(reading.records)
        levels = {record.level for record in reading.records}
        if not {Level.REGION, Level.CERCLE} <= levels:
            raise NotImportable(
                "Une édition tient ses régions et ses cercles ensemble\u00a0: donnez un GeoPackage ou un zip "
                "qui contient ces deux niveaux, et les communes si vous les avez."
            )
        return Reading(reading.records, problems)

    def _valid_from(self):
        told = [record.valid_on for record in self.reading.records if record.valid_on]
        if not told and self.import_.as_of is None:
            raise NotImportable(NO_DAY)
        return max(told, default=self.import_.as_of)

    def _free_name(self):
        name = self.import_.edition or services.default_edition_name(self.valid_from)
        known = services.edition_named(name)
        if known and known.load.sha256 != self.import_.sha256:
            raise NotImportable(
                f"Une édition «\u00a0{name}\u00a0» d'un autre fichier existe. Renvoyez celui-ci en nommant "
                "autrement son édition."
            )
        self.is_known = known is not None
        return name

    def _areas(self):
        active = Area.objects.active().select_related("parent").defer("boundary", "parent__boundary")
        former = {area.pcode: _told(area.name, area.parent and area.parent.pcode) for area in active}
        for record in self.reading.records:
            told = _told(record.name, record.parent_pcode if record.level > Level.REGION else None)
            yield Item(
                action=Action.UNCHANGED if self.is_known else _action(told, former.get(record.pcode)),
                line=record.row,
                key=record.pcode,
                values=told,
                former=former.get(record.pcode, {}),
            )
        new = {record.pcode for record in self.reading.records}
        yield from (
            Item(action=Action.GONE, key=pcode, former=told)
            for pcode, told in former.items()
            if pcode not in new
        )

    def compare_again(self, step):
        """Return the difference as it is in the transaction that will write it."""
        return self.compare(step)

    def removes(self, difference):
        """An edition beside another removes nothing of it."""
        return False

    def writes(self, difference):
        """Return whether there is an edition to write: the same names with other shapes are one too."""
        return not self.is_known

    def write(self, difference):
        """Write the edition, inactive; return its load."""
        records = self.reading.records
        load = sources.record_load(
            self.load_kind,
            source_of(self.import_),
            edition=self.name,
            as_of=self.valid_from,
            rows_read=len(records),
            rows_written=len(records),
            problems=self.reading.problems,
            in_use=False,
        )
        services.save_edition(records, name=self.name, valid_from=self.valid_from, load=load)
        return load

    def save_questions(self):
        """Ask nothing: an edition says its own places."""


def _told(name, parent):
    return {"name": name, "parent_pcode": parent or None}


def _action(told, former):
    if former is None:
        return Action.ADDED
    return Action.UNCHANGED if told == former else Action.CHANGED


def _refused(problem):
    return Item(
        action=Action.REFUSED,
        line=problem.row,
        field=problem.field,
        told=problem.value,
        reason=problem.reason,
        remedy=problem.remedy,
    )
