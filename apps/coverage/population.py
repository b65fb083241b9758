"""The people of communes as kept: estimate, interval and a raster alone, for page, API and downloads."""

from dataclasses import dataclass
from math import inf

from django.db.models import F

from apps.boundaries.models import Area, Edition
from apps.coverage.figures import Source, loads_in_use, source_of
from apps.coverage.models import CommuneEstimate, RasterPeople
from apps.coverage.people import DRAWS, SEED
from apps.sources.models import Load
from geo.dasymetric import CLASS_SPREAD

SOURCE_KINDS = (
    Load.Kind.BOUNDARIES,
    Load.Kind.SETTLEMENTS,
    Load.Kind.POPULATION,
    Load.Kind.COMMUNE_PEOPLE,
    Load.Kind.DENSITY,
)


class UnknownRegion(ValueError):
    """No region of the edition in use has this P-code."""


@dataclass(frozen=True)
class CommunePeople:
    """
    The people of a commune; None: no figure of its cercle, no listed settlement, or no raster there.

    `raster` is the sum of a raster alone, not scaled to the cercle's figure.
    """

    pcode: str
    name: str
    cercle: str
    cercle_name: str
    region: str
    region_name: str
    settlements: int
    people: int | None
    low: int | None
    high: int | None
    raster: float | None

    @property
    def difference(self):
        """Return how many more people the raster has than the estimate; less than 0 where it has fewer."""
        return None if self.people is None or self.raster is None else self.raster - self.people

    @property
    def ratio(self):
        """Return how many times the estimate the raster is, infinite where only the raster has people."""
        if self.people is None or self.raster is None or not (self.people or self.raster):
            return None
        return self.raster / self.people if self.people else inf


@dataclass(frozen=True)
class PopulationAnswer:
    """The communes of the edition in use, or of one region, and what their figures are made from."""

    communes: list[CommunePeople]
    edition: str | None
    region: str | None
    sources: list[Source]
    people_years: list[int]
    raster_edition: str
    communes_are_counted: bool
    """A table tells the people of communes."""
    raster_is_exact: bool
    """Summed cell by cell from a fine raster; else from the cells that are kept."""
    is_simulated: bool
    is_approximate: bool

    @property
    def known(self):
        """Return the communes with an estimate."""
        return [commune for commune in self.communes if commune.people is not None]

    @property
    def people(self):
        return sum(commune.people for commune in self.known) if self.known else None

    @property
    def raster(self):
        told = [commune.raster for commune in self.communes if commune.raster is not None]
        return sum(told) if told else None


def population(region=None):
    """
    Return the people of the communes, or of those of a region (its P-code), by region, cercle and name.

    Raises UnknownRegion. Nothing is computed here: estimates are written when their data change.
    """
    edition = Edition.objects.filter(is_active=True).first()
    # Compared here: what a reader writes may be no text that the database holds.
    if region and region not in Area.objects.regions().values_list("pcode", flat=True):
        raise UnknownRegion(region)
    loads = loads_in_use()
    sources = [source_of(loads[kind]) for kind in SOURCE_KINDS if kind in loads]
    raster, people = loads.get(Load.Kind.DENSITY), loads.get(Load.Kind.POPULATION)
    return PopulationAnswer(
        communes=[CommunePeople(**row) for row in _rows(region)],
        edition=edition.name if edition else None,
        region=region,
        sources=sources,
        people_years=sorted(set(people.populations.values_list("year", flat=True))) if people else [],
        raster_edition=raster.edition if raster else "",
        communes_are_counted=Load.Kind.COMMUNE_PEOPLE in loads,
        raster_is_exact=RasterPeople.objects.filter(area__edition__is_active=True).exists(),
        is_simulated=any(source.is_simulated for source in sources),
        is_approximate=any(source.is_approximate for source in sources),
    )


def _rows(region):
    estimates = CommuneEstimate.objects.filter(commune__edition__is_active=True)
    if region:
        estimates = estimates.filter(commune__parent__parent__pcode=region)
    return (
        estimates.annotate(
            pcode=F("commune__pcode"),
            name=F("commune__name"),
            cercle=F("commune__parent__pcode"),
            cercle_name=F("commune__parent__name"),
            region=F("commune__parent__parent__pcode"),
            region_name=F("commune__parent__parent__name"),
        )
        .order_by("region_name", "cercle_name", "name", "pcode")
        .values(*CommunePeople.__dataclass_fields__)
    )


def figures_of(commune):
    """Return the figures of a commune, flat, as JSON, CSV and GeoJSON have them."""
    told = {name: getattr(commune, name) for name in CommunePeople.__dataclass_fields__}
    told["raster"] = _rounded(commune.raster, 1)
    return told | {"difference": _rounded(commune.difference, 1), "ratio": _rounded(commune.ratio, 4)}


def _rounded(number, decimals):
    return None if number in (None, inf) else round(number, decimals)


def about(answer):
    """Return what travels with every answer: years, method, edition, sources, their terms."""
    return {
        "people_years": ", ".join(str(year) for year in answer.people_years),
        "people_method": "dasymetric (Mennis 2003): cercle totals on settlements by raster and rank",
        "interval": f"methods, and 5 % to 95 % of {DRAWS} draws of the weights of ranks",
        "class_spread": CLASS_SPREAD,
        "seed": SEED,
        "communes_counted": answer.communes_are_counted,
        "raster_edition": answer.raster_edition,
        "raster_method": "exact sums of a fine raster" if answer.raster_is_exact else "shares of kept cells",
        "edition": answer.edition,
        "simulated": answer.is_simulated,
        "approximate": answer.is_approximate,
        "attribution": "; ".join(
            dict.fromkeys(each.attribution or each.publisher for each in answer.sources)
        ),
        "licence": "; ".join(dict.fromkeys(each.licence for each in answer.sources if each.licence)),
    }
