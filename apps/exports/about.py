"""What a file says of itself: what it holds, where it comes from, what may be done with it, what to doubt."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.urls import reverse

from apps.accounts.access import strictest
from apps.catalogue.loads import active_edition, load_of, other_loads, told
from apps.sources.models import LayerRevision, Load
from geo.vocabulary import AccessClass


@dataclass(frozen=True)
class Source:
    """A file that rows come from."""

    publisher: str
    file: str
    sha256: str
    url: str
    licence: str
    licence_url: str
    attribution: str
    edition: str
    retrieved: str
    as_of: str
    note: str
    simulated: bool
    approximate: bool


@dataclass(frozen=True)
class About:
    """
    What travels with a file of one layer. Words are in the language of the file; texts not told are "".

    `filter` is what was asked of the layer, `changed_at` when its rows last changed (ISO 8601), `address`
    the page of the layer where the site knows its own address.
    """

    layer: str
    title: str
    description: str
    language: str
    filter: dict
    rows: int
    publisher: str
    attribution: str
    licence: str
    licence_url: str
    edition: str
    simulated: bool
    approximate: bool
    stale: bool
    changed_at: str
    access: str
    address: str
    sources: tuple[Source, ...]

    def as_dict(self):
        return asdict(self)

    @property
    def warnings(self):
        """Return the doubts that every view of the rows must tell."""
        return tuple(name for name in ("simulated", "approximate", "stale") if getattr(self, name))


def about(selection):
    """Return what a file of this selection says of itself."""
    layer, language = selection.layer, selection.language
    loads = loads_behind(layer, selection.question.readable)
    changed_at = LayerRevision.objects.of(layer.name)[1]
    edition = active_edition()
    known = told(None, edition, changed_at, others=loads)
    return About(
        layer=layer.name,
        title=layer.title.in_language(language),
        description=layer.description.in_language(language),
        language=language,
        filter=dict(selection.parameters),
        rows=selection.count,
        publisher=known.publisher,
        attribution=known.attribution,
        licence=known.licence,
        licence_url="; ".join(dict.fromkeys(each.licence_url for each in loads if each.licence_url)),
        edition=known.edition,
        simulated=known.simulated,
        approximate=known.approximate,
        stale=known.stale,
        changed_at=known.updated or "",
        access=strictest(each.access for each in loads) if not layer.aggregates else AccessClass.PUBLIC,
        address=settings.ADDRESS + reverse("layer", args=[layer.name]),
        sources=tuple(map(source_of, loads)),
    )


def loads_behind(layer, readable=(AccessClass.PUBLIC,)):
    """Return the loads in use that rows of a layer come from; where each row has its own, those readable."""
    if layer.has_access_by_row:
        return list(Load.objects.in_use().of_kind(layer.load_kind).filter(access__in=readable))
    return [each for each in (load_of(layer), *other_loads(layer)) if each]


def source_of(load):
    """Return what a file tells of a load it rests on."""
    return Source(
        publisher=load.publisher,
        file=load.file_name,
        sha256=load.sha256,
        url=load.url,
        licence=load.licence,
        licence_url=load.licence_url,
        attribution=load.attribution,
        edition=load.edition,
        retrieved=load.retrieved.isoformat() if load.retrieved else "",
        as_of=load.as_of.isoformat() if load.as_of else "",
        note=load.note,
        simulated=load.is_simulated,
        approximate=load.is_approximate,
    )
