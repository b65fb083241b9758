"""
What P-codes meant in each edition, and what they stand for in the active one.

Codes were given anew between editions. Another edition is known by its boundaries, when they are stored,
or by a file of codes side by side (`manage.py load_codes`).
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.db import transaction

from apps.boundaries.models import Area, CodeOfEdition, Edition
from apps.boundaries.placing import place_points
from apps.sources import services as sources
from apps.sources.models import Load
from geo.vocabulary import Level

MOSTLY = 0.75
"""
Least share of the communes of a former area in one area of the active edition for the two to be the same.

Ours: Tessalit of 2015 has three communes of four in Tessalit of 2021; Ménaka was divided in four quarters.
"""


class UnknownEdition(ValueError):
    """No edition known here is called so. The message lists those that are, in French."""


class Meaning(NamedTuple):
    """What a code is in one edition: its name there, and the areas of the active edition it stands for."""

    edition: str
    name: str
    areas: tuple


class KnownEditions:
    """The editions whose codes are known, by their name or the day they are valid from."""

    def __init__(self):
        stored = Edition.objects.order_by("is_approximate", "-is_active", "name")
        self.active = next((each.name for each in stored if each.is_active), None)
        self._names = {each.name: each.name for each in stored}
        for each in stored:
            self._names.setdefault(each.valid_from.isoformat(), each.name)
        for told in CodeOfEdition.objects.order_by("edition").values_list("edition", flat=True).distinct():
            self._names.setdefault(told, told)

    @property
    def names(self):
        """Return the name of each edition, the newest first where the name is a day."""
        return sorted(set(self._names.values()), reverse=True)

    def called(self, told):
        """Return the edition of this very name or day."""
        return self._names[told]

    def meant(self, told):
        """Return the edition that `told` (a name, a day or a year) stands for; raises UnknownEdition."""
        if told in self._names:
            return self._names[told]
        of_year = {name for other, name in self._names.items() if told and told in other}
        if len(of_year) != 1:
            known = ", ".join(self.names) or "aucune"
            raise UnknownEdition(
                f"Édition des codes inconnue\u00a0: «\u00a0{told}\u00a0». Connues\u00a0: {known}."
            )
        return of_year.pop()


def known_editions():
    """Return the names of the editions whose codes are known, for a choice."""
    return KnownEditions().names


def known_codes(areas, editions):
    """Return what each code means: (level, code) -> edition -> `Meaning`, given the active areas by id."""
    codes = defaultdict(dict)
    for area in areas.values():
        codes[area.level, area.pcode][editions.active] = Meaning(editions.active, area.name, (area,))
    levels = {area.level for area in areas.values()}
    for row in CodeOfEdition.objects.values("edition", "level", "code", "name", "areas").order_by(
        "pk", "areas"
    ):
        edition = editions.called(row["edition"])
        if edition == editions.active and row["level"] in levels:
            continue
        found = areas.get(row["areas"])
        name = row["name"] or (found.name if found else row["code"])
        former = codes[row["level"], row["code"]].get(edition, Meaning(edition, name, ()))
        more = (found,) if found and found not in former.areas else ()
        codes[row["level"], row["code"]][edition] = former._replace(areas=former.areas + more)
    return codes


@transaction.atomic
def save_codes(records, load):
    """Write codes side by side in place of the former ones; return how many stand for no area now."""
    sources.retire_loads(Load.Kind.CODES, but=load)
    CodeOfEdition.objects.all().delete()
    told = {}
    for record in records:
        for each in record.codes:
            place = record.row if each.level == Level.COMMUNE else None
            told[each.edition, each.level, each.code] = CodeOfEdition(
                **each._asdict(), place=place, load=load
            )
    CodeOfEdition.objects.bulk_create(told.values())
    tie_codes()
    return CodeOfEdition.objects.filter(load=load, areas=None).count()


@transaction.atomic
def tie_codes():
    """Find the areas of the active edition that the codes of the others stand for, and write them."""
    active = Edition.objects.filter(is_active=True).first()
    CodeOfEdition.objects.filter(load=None).delete()
    if active is None:
        return
    found = _of_stored_editions(active)
    told = list(CodeOfEdition.objects.all())
    names = {active.name, active.valid_from.isoformat()}
    found |= _of_told_codes(told, found, {a.pcode: a for a in active.areas.defer("boundary")}, names)
    ties = CodeOfEdition.areas.through
    ties.objects.all().delete()
    told += _stored_rows(active, {(row.edition, row.level, row.code) for row in told})
    ties.objects.bulk_create(
        ties(codeofedition_id=row.pk, area_id=area)
        for row in told
        for area in found.get((row.edition, row.level, row.code), ())
    )


def _of_stored_editions(active):
    """Return (edition, level, code) -> ids, by the active areas in which its lowest areas lie."""
    found = {}
    for edition in Edition.objects.exclude(pk=active.pk):
        areas = {area.pk: area for area in edition.areas.defer("boundary")}
        lowest = max((area.level for area in areas.values()), default=None)
        leaves = edition.areas.at(lowest).with_point_inside().values_list("pk", "point_inside")
        places = place_points([point.x for _, point in leaves], [point.y for _, point in leaves])
        counts = defaultdict(Counter)
        for (pk, _), place in zip(leaves, places, strict=True):
            area = areas[pk]
            while area:
                counts[area.pk][place[area.level - 1]] += 1
                area = areas.get(area.parent_id)
        for pk, counted in counts.items():
            found[edition.name, areas[pk].level, areas[pk].pcode] = _mostly(counted)
    return found


def _mostly(counted):
    """Return the area in which `MOSTLY` all communes lie, or else every area that holds one."""
    areas = {pk: count for pk, count in counted.items() if pk}
    if not areas:
        return ()
    likeliest = max(areas, key=areas.get)
    return (likeliest,) if areas[likeliest] >= MOSTLY * sum(counted.values()) else tuple(sorted(areas))


def _of_told_codes(told, found, by_pcode, active_names):
    """Return (edition, level, code) -> ids for codes told side by side, by any edition found already."""
    places = defaultdict(list)
    for row in told:
        if row.level == Level.COMMUNE:
            places[row.place].append(row)
    ties, within = {}, defaultdict(Counter)
    for rows in places.values():
        communes = next(filter(None, (_active_ids(row, found, by_pcode, active_names) for row in rows)), ())
        ties |= {(row.edition, row.level, row.code): communes for row in rows}
        cercle = _cercle_of(rows, communes, by_pcode, active_names)
        for row in rows:
            within[row.edition, row.parent_code][cercle] += 1
    return ties | {
        (edition, Level.CERCLE, code): _mostly(counted) for (edition, code), counted in within.items()
    }


def _active_ids(row, found, by_pcode, active_names):
    if row.edition in active_names:
        return (by_pcode[row.code].pk,) if row.code in by_pcode else ()
    return found.get((row.edition, row.level, row.code), ())


def _cercle_of(rows, communes, by_pcode, active_names):
    """Return the id of the active cercle of one place: its commune's parent, or the one told of it."""
    parents = {area.pk: area.parent_id for area in by_pcode.values()}
    if len(communes) == 1:
        return parents[communes[0]]
    told = next((row.parent_code for row in rows if row.edition in active_names), "")
    return by_pcode[told].pk if told in by_pcode else None


def _stored_rows(active, known):
    """Write a row for each code of the stored editions that no file tells; return them."""
    areas = (
        Area.objects.exclude(edition=active)
        .select_related("edition", "parent")
        .defer("boundary", "parent__boundary")
    )
    return CodeOfEdition.objects.bulk_create(
        CodeOfEdition(
            edition=area.edition.name,
            level=area.level,
            code=area.pcode,
            name=area.name,
            parent_code=area.parent.pcode if area.parent else "",
        )
        for area in areas
        if (area.edition.name, area.level, area.pcode) not in known
    )
