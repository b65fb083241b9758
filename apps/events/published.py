"""Loading what publishers count by cercle and month: a series of its own, never added to events."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from apps.boundaries.matching import CercleNames
from apps.events.models import PublishedCount
from apps.sources import services as sources
from apps.sources.models import Load
from geo.names import key_of, sound

TOLD = ("events", "fatalities", "region_told", "cercle_id")
"""What a publisher may change of a count."""


@dataclass
class CountsDifference:
    """What a load of counts changed, by number of rows; `untied` are the names that stand for no cercle."""

    added: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    refused: int = 0
    untied: list = field(default_factory=list)
    load: Load | None = None

    @property
    def is_empty(self):
        return not bool(self.added or self.changed or self.deleted)

    def told(self):
        """Return the counts, as a run keeps them."""
        names = ("added", "changed", "deleted", "unchanged", "refused")
        return {name: getattr(self, name) for name in names}


class CercleTies:
    """Which cercle of the active edition the rows of a publisher stand for."""

    def __init__(self):
        self.names = CercleNames()
        self.by_pcode = {cercle.pcode: cercle for cercle in self.names.cercles}
        self.known = {}

    def of(self, pcode, name, region):
        """
        Return the id of the cercle: by its code where the name agrees with it, else by its name; None.

        A P-code means nothing without its edition, so a code alone never decides. A row that covers several
        cercles of this edition (a cercle that has become a region) is tied to none.
        """
        key = pcode, name, region
        if key not in self.known:
            self.known[key] = self._found(*key)
        return self.known[key]

    def _found(self, pcode, name, region):
        coded = self.by_pcode.get(pcode)
        if coded and (key_of(coded.name) == key_of(name) or sound(coded.name) == sound(name)):
            return coded.pk
        covered = self.names.of_row(name, region)
        return covered[0].pk if len(covered) == 1 else None


@transaction.atomic
def save_counts(reading, source, *, series, since=None):
    """
    Write the counts of a series in place of the former ones, and return the difference.

    `since` keeps the months before it as they are. Rows that are the same are not written again; a load
    without news leaves no trace but that it was checked. No row at all changes nothing.
    """
    former = _former(series, since)
    rows = _rows(reading.records, series)
    difference = _compared(rows, former, refused=len(reading.refusals))
    in_use = load_of(series)
    if not rows or (difference.is_empty and in_use):
        difference.deleted = 0 if not rows else difference.deleted
        difference.load = in_use
        if in_use:
            sources.note_checked(in_use)
        return difference
    difference.load = _recorded(reading, source, rows, series, in_use)
    _write(rows, former, series, difference.load, in_use)
    sources.touch("published_counts")
    return difference


def load_of(series):
    """Return the load in use of a series; None before any. All rows of a series are of one load."""
    one = PublishedCount.objects.filter(series=series).values("load")[:1]
    return Load.objects.in_use().filter(pk__in=one).first()


def _former(series, since):
    rows = PublishedCount.objects.filter(series=series)
    rows = rows.filter(month__gte=since) if since else rows
    return {_key(row): row for row in rows}


def _rows(records, series):
    ties = CercleTies()
    rows = (
        PublishedCount(
            series=series,
            category=record.category,
            month=record.month,
            pcode_told=record.pcode,
            name_told=record.name,
            region_told=record.region,
            cercle_id=ties.of(record.pcode, record.name, record.region),
            events=record.events,
            fatalities=record.fatalities,
        )
        for record in records
    )
    return {_key(row): row for row in rows}


def _key(row):
    return str(row.category), row.month, row.pcode_told, row.name_told


def _compared(rows, former, *, refused):
    changed = sum(_is_changed(row, former[key]) for key, row in rows.items() if key in former)
    return CountsDifference(
        added=len(rows.keys() - former.keys()),
        changed=changed,
        deleted=len(former.keys() - rows.keys()),
        unchanged=len(rows.keys() & former.keys()) - changed,
        refused=refused,
        untied=sorted({row.name_told for row in rows.values() if row.cercle_id is None}),
    )


def _is_changed(row, former):
    return any(getattr(row, name) != getattr(former, name) for name in TOLD)


def _recorded(reading, source, rows, series, former_load):
    load = sources.record_load(
        Load.Kind.MONTHLY_COUNTS,
        source,
        as_of=max(_last_day(row.month) for row in rows.values()),
        rows_read=len(reading.records) + len(reading.refusals),
        rows_written=len(rows),
        problems=reading.problems,
        left_out=reading.left_out,
        in_use=True,
    )
    if former_load:
        Load.objects.filter(pk=former_load.pk).update(in_use=False)
    return load


def _last_day(month):
    following = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return month.fromordinal(following.toordinal() - 1)


def _write(rows, former, series, load, former_load):
    gone = [row.pk for key, row in former.items() if key not in rows or _is_changed(rows[key], row)]
    PublishedCount.objects.filter(pk__in=gone).delete()
    # What the new load tells alike, and the months it does not ask about, belong to it from now on.
    PublishedCount.objects.filter(series=series).update(load=load)
    fresh = [row for key, row in rows.items() if key not in former or _is_changed(row, former[key])]
    for row in fresh:
        row.load = load
    PublishedCount.objects.bulk_create(fresh, batch_size=5000)


@transaction.atomic
def follow_edition():
    """Tie every count to the cercles of the edition that is now active."""
    ties = CercleTies()
    told = PublishedCount.objects.values_list("pcode_told", "name_told", "region_told").distinct()
    for pcode, name, region in told.order_by():
        PublishedCount.objects.filter(pcode_told=pcode, name_told=name, region_told=region).update(
            cercle=ties.of(pcode, name, region)
        )
    sources.touch("published_counts")


def cercles_told():
    """Return {name told: how many cercles of the active edition it stands for}, where it is not one."""
    names = CercleNames()
    told = PublishedCount.objects.filter(cercle=None).values_list("name_told", "region_told").distinct()
    return Counter({name: len(names.of_row(name, region)) for name, region in told.order_by()})
