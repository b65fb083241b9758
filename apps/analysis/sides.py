"""The two sides of a step: what is asked and of what, as tables of the statement."""

from dataclasses import dataclass, field

from django.utils.functional import cached_property

from apps.analysis.features import GROUNDS
from apps.analysis.placing import near_enough
from apps.analysis.questions import CONTAINS, INTERSECTS, WITHIN
from apps.analysis.reading import Places


@dataclass
class Side:
    """One side of a relation as a table of the statement: `w1`, `o1`."""

    name: str
    layer: object = None
    fields: tuple = ()
    places: Places | None = None
    """The areas its layer is asked in, or those of a selection."""
    is_shape: bool = False
    by_distance: bool = False
    """Of events: whether a distance or a drawn shape chose them before."""
    scopes: list = field(default_factory=list)
    """Tables of areas that its features lie in by earlier steps, and their levels."""

    @cached_property
    def ground(self):
        return GROUNDS[self.layer.name] if self.layer else GROUNDS["communes"]

    @property
    def is_event(self):
        return bool(self.layer) and self.ground.is_event

    @property
    def is_admin(self):
        """Tell whether its features are administrative areas."""
        if self.is_shape:
            return False
        return self.layer is None or self.ground.level is not None

    @property
    def levels(self):
        """Return the levels of its areas."""
        return [self.ground.level] if self.layer else self.places.levels

    def near_enough(self, alias):
        return near_enough(alias, self.is_event)


@dataclass
class Step:
    """A step and its two sides."""

    number: int
    what: Side
    of: Side | None
    relation: dict | None

    @property
    def kind(self):
        return self.relation["kind"] if self.relation else None

    @property
    def is_by_place(self):
        """Tell whether stored placement answers: what lies in which administrative area."""
        if self.of is None or self.of.is_shape:
            return False
        if self.kind == WITHIN or self.kind == CONTAINS:
            return True
        return self.kind == INTERSECTS and self.what.is_admin != self.of.is_admin

    @property
    def counts_in_areas(self):
        """Tell whether features of the other side are counted in the areas of this one."""
        return self.is_by_place and (
            self.kind == CONTAINS or (self.kind == INTERSECTS and self.what.is_admin)
        )
