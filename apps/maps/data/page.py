"""What /donnees/ shows: the layers, found by words or by theme, and what is new among them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from apps.accounts.access import access_class, may_see
from apps.catalogue.finding import found
from apps.catalogue.loads import active_edition, strictest
from apps.catalogue.quality import Quality, qualities
from apps.exports.formats import formats_of
from apps.maps.data.download_form import WANTED_FORMATS
from apps.maps.load_words import ACCESS, KINDS
from apps.sources.freshness import Freshness, freshness, stale_ages
from apps.sources.models import LayerRevision, Load
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS
from layers.themes import THEMES, by_theme

MOST_NEW = 5
"""Layers, and loads, that are told as new."""
LONGEST_SEARCH = 100
"""In letters: what is longer is no search."""


@dataclass(frozen=True)
class Entry:
    """A layer as the catalogue tells it: `sentence` is the first of its description."""

    name: str
    title: str
    sentence: str
    quality: Quality
    load: Load | None
    fresh: Freshness | None
    has_access_by_row: bool
    access: AccessClass
    access_told: str
    is_readable: bool
    changed_at: datetime | None
    formats: str
    more_formats: int
    matched: str


def data_context(request):
    """Return what templates/maps/data.html needs."""
    text = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    theme = THEMES.get(request.GET.get("theme", ""))
    layers = [LAYERS[name] for name in theme.layers] if theme else list(LAYERS.values())
    matches = {match.layer.name: match for match in found(layers, text)}
    in_use = list(Load.objects.in_use())
    revisions = {row.layer: row for row in LayerRevision.objects.all()}
    edition = active_edition()
    return {
        "asked": text,
        "theme": theme,
        "themes": [(each.key, _told(each.title), len(each.layers)) for each in THEMES.values()],
        "groups": groups(matches, request.user, in_use, revisions),
        "count": len(matches),
        "total": len(LAYERS),
        "is_narrowed": bool(text or theme),
        "changed": changed(revisions),
        "loaded": [(KINDS[load.kind], load) for load in Load.objects.all()[:MOST_NEW]],
        "is_approximate": bool(edition and edition.is_approximate),
        "is_simulated": any(load.is_simulated for load in in_use),
    }


def groups(matches, user, in_use, revisions):
    """Return (title of the theme, its entries) of the layers that were found."""
    layers = [match.layer for match in matches.values()]
    measured = qualities(layers, user, revisions)
    today, ages = timezone.localdate(), stale_ages()
    grouped = []
    for theme, members in by_theme(layers):
        entries = []
        for layer in members:
            load = None if layer.has_access_by_row else strictest(_of_kind(in_use, layer.load_kind))
            fresh = freshness(load, today, ages=ages) if load else None
            revision = revisions.get(layer.name)
            entries.append(_entry(matches[layer.name], user, load, fresh, measured[layer.name], revision))
        grouped.append((theme.key, _told(theme.title), entries))
    return grouped


def changed(revisions):
    """Return (name, title, when) of the layers whose rows changed last."""
    known = [row for row in revisions.values() if row.layer in LAYERS]
    latest = sorted(known, key=lambda row: row.changed_at, reverse=True)[:MOST_NEW]
    return [(row.layer, _told(LAYERS[row.layer].title), row.changed_at) for row in latest]


def first_sentence(text):
    """Return the first sentence of a description."""
    first, stop, _ = text.partition(". ")
    return first + stop.strip()


def _of_kind(loads, kind):
    return [load for load in loads if load.kind == kind]


def _entry(match, user, load, fresh, quality, revision):
    layer = match.layer
    access = access_class(layer, load)
    suited = {each.name: each for each in formats_of(layer)}
    return Entry(
        name=layer.name,
        title=_told(layer.title),
        sentence=first_sentence(_told(layer.description)),
        quality=quality,
        load=load,
        fresh=fresh,
        has_access_by_row=layer.has_access_by_row,
        access=access,
        access_told=ACCESS[access],
        is_readable=may_see(user, access),
        changed_at=revision and revision.changed_at,
        formats=", ".join(suited[name].label for name in WANTED_FORMATS),
        more_formats=len(suited) - len(WANTED_FORMATS),
        matched=", ".join(_told(field.label) for field in match.fields),
    )


def _told(words):
    return words.in_language(get_language())
