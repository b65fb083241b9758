"""What the rows of a layer are worth, measured once for each state of them (docs/methods.md)."""

from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db.models import Count

from apps.accounts.access import may_see_refused_rows, visible_classes
from apps.catalogue.queries import known_counts, shares_told
from apps.catalogue.rows import ROWS
from apps.sources.models import LayerRevision, Refusal
from layers.declaration import Field

FEWEST_TOLD = 5
"""Of rows that a reader may not read, no share tells of fewer. As in answers to spatial questions."""

PRECISION = {
    "regions": ("people_method",),
    "cercles": ("people_method",),
    "settlements": ("settlement_class",),
    "events": ("geo_precision", "time_precision"),
    "ucdp_events": ("geo_precision", "time_precision", "clarity"),
    "institutions": ("place_told", "status"),
    "project_presences": ("reach",),
}
"""The fields that tell how precisely rows are known, by layer."""


@dataclass(frozen=True)
class Share:
    """So many rows of so many; `words` is the value they have, None where they tell none."""

    count: int
    rows: int
    words: object = None

    @property
    def part(self):
        """Return the share, from 0 to 1."""
        return self.count / self.rows

    @property
    def tells_of_few(self):
        """Return whether it, or what it leaves, is of fewer rows than may be told of closed ones."""
        return any(0 < count < FEWEST_TOLD for count in (self.count, self.rows - self.count))


@dataclass(frozen=True)
class Quality:
    """How many rows a layer has, and how many of them have a value in each field."""

    rows: int
    known: tuple[tuple[Field, Share], ...]

    @property
    def filled(self):
        """Return the share of all values of the table that are there; None of no row."""
        return sum(share.part for _, share in self.known) / len(self.known) if self.known else None

    @property
    def weakest(self):
        """Return (field, share) of the fields that some row lacks, the weakest first."""
        return sorted((each for each in self.known if each[1].part < 1), key=lambda each: each[1].part)

    @property
    def whole(self):
        """Return the fields that every row has."""
        return [field for field, share in self.known if share.part == 1]


def qualities(layers, user, revisions):
    """
    Return {layer name: Quality}; what is not remembered is measured in one statement.

    Rows are measured for everybody; where each has its own readers, those that `user` may read. `revisions`
    is {layer name: LayerRevision}.
    """
    keys = {layer.name: _key("quality", layer, user, revisions.get(layer.name)) for layer in layers}
    kept = cache.get_many(keys.values())
    missing = [layer for layer in layers if keys[layer.name] not in kept]
    counted = known_counts({layer.name: _rows(layer, user, layer.field_names) for layer in missing})
    made = {keys[name]: told for name, told in counted.items()}
    cache.set_many(made, timeout=None)
    known = kept | made
    return {layer.name: _quality(layer, *known[keys[layer.name]]) for layer in layers}


def quality(layer, user):
    """Return the Quality of one layer."""
    return qualities([layer], user, _revision(layer))[layer.name]


def precision(layer, user):
    """Return (field, [Share of each value]) of the fields that tell how precisely rows are known."""
    names = PRECISION.get(layer.name, ())
    fields = [each for each in layer.fields if each.name in names]
    if not fields:
        return []
    key = _key("precision", layer, user, _revision(layer).get(layer.name))
    rows = _rows(layer, user, [each.name for each in fields])
    counts = cache.get_or_set(key, lambda: shares_told(rows), timeout=None)
    return [(field, _shares(field, counted)) for field, counted in zip(fields, counts, strict=True)]


def pooled(shares):
    """
    Return the shares without any that tells of fewer rows than FEWEST_TOLD: those stand together, last.

    Where they are still too few, the least of the others joins them: else it would follow from the rest.
    """
    kept = sorted((each for each in shares if each.count >= FEWEST_TOLD), key=lambda each: each.count)
    few = sum(each.count for each in shares if each.count < FEWEST_TOLD)
    while kept and 0 < few < FEWEST_TOLD:
        few += kept.pop(0).count
    told = [each for each in shares if each in kept]
    return [*told, replace(shares[0], count=few, words=OTHERS)] if few >= FEWEST_TOLD else told


OTHERS = "others"
"""In place of a value: the rows of several."""


def refusals(loads, user):
    """
    Return {load id: [(reason, is a doubt, rows)]} of these loads, the most frequent first.

    The reasons of a restricted source may quote its rows: only who may see refused rows is told them.
    """
    told = [load.pk for load in loads if may_see_refused_rows(user, load.access)]
    found = {pk: [] for pk in told}
    rows = Refusal.objects.filter(load__in=told).values_list("load", "reason", "is_doubt")
    for pk, reason, is_doubt, count in rows.annotate(count=Count("pk")).order_by("-count", "reason"):
        found[pk].append((reason, is_doubt, count))
    return found


def _revision(layer):
    return {row.layer: row for row in LayerRevision.objects.filter(layer=layer.name)}


def _key(what, layer, user, revision):
    """Return the name under which a measure of the present rows is remembered."""
    state = f"{revision.revision} {revision.changed_at:%s.%f}" if revision else "0"
    readers = "+".join(visible_classes(user)) if layer.has_access_by_row else ""
    return f"{what} {layer.name} {state} {readers}".replace(" ", "_")


def _rows(layer, user, names):
    """Return the rows of a layer as tuples of the named fields."""
    layer_rows = ROWS[layer.name]
    rows = layer_rows.all()
    if layer.has_access_by_row:
        rows = rows.of_access(visible_classes(user))
    return layer_rows.told(rows, names)


def _quality(layer, rows, counts):
    known = zip(layer.fields, counts, strict=True) if rows else ()
    return Quality(rows, tuple((field, Share(count, rows)) for field, count in known))


def _shares(field, counted):
    """Return the share of each value, in the order of its codes; what no row tells last."""
    rows = sum(counted.values())
    order = list(field.choices)
    values = sorted(counted, key=lambda value: order.index(value) if value in order else len(order))
    return [Share(counted[value], rows, field.choices.get(value)) for value in values]
