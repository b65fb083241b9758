"""What the layers are about: themes by which a reader finds them."""

from collections.abc import Iterable
from dataclasses import dataclass

from layers.catalogue import LAYERS
from layers.declaration import Layer, Words
from layers.programme import PROGRAMME_LAYERS
from layers.programme.facts import INSTITUTION_FACTS


@dataclass(frozen=True)
class Theme:
    """A theme, as an address names it, and the names of its layers."""

    key: str
    title: Words
    layers: tuple[str, ...]


_OF_THE_PROGRAMME = tuple(layer.name for layer in PROGRAMME_LAYERS if layer is not INSTITUTION_FACTS)
"""What its documents tell of services alone is found under these."""

THEMES = {
    each.key: each
    for each in (
        Theme(
            "territoire",
            Words("Territoire", "Territory"),
            ("regions", "cercles", "communes", "settlements"),
        ),
        Theme("population", Words("Population", "People"), ("regions", "cercles", "communes")),
        Theme(
            "evenements",
            Words("Événements", "Events"),
            ("events", "ucdp_events", "event_counts", "commune_counts", "published_counts"),
        ),
        Theme(
            "securite-et-justice",
            Words("Sécurité et justice", "Security and justice"),
            ("institutions", "institution_facts", "peace_mechanisms", "planned_works"),
        ),
        Theme("programme", Words("Programme", "Programme"), _OF_THE_PROGRAMME),
        Theme("projets", Words("Projets", "Projects"), ("projects", "project_presences")),
        Theme("tableaux", Words("Tableaux", "Tables"), ("area_tables", "area_values")),
    )
}
"""Theme by key, in the order of the pages. A layer may have several: it stands under the first."""


def themes_of(layer: Layer) -> list[Theme]:
    """Return the themes of a layer, its own first."""
    return [theme for theme in THEMES.values() if layer.name in theme.layers]


def by_theme(layers: Iterable[Layer]) -> list[tuple[Theme, list[Layer]]]:
    """Return these layers under their own theme, both in the order of the pages; no theme is empty."""
    wanted = {layer.name for layer in layers}
    grouped = [
        (theme, [LAYERS[name] for name in theme.layers if name in wanted and _own(name) is theme])
        for theme in THEMES.values()
    ]
    return [(theme, found) for theme, found in grouped if found]


def _own(name: str) -> Theme:
    return themes_of(LAYERS[name])[0]
