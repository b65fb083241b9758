"""
What the files of well-known publishers are, told by their names, for folders that have no sources.toml.

A sources.toml beside a file overrides what is said here. Nothing is opened but to take its fingerprint.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from layers import sources_toml
from layers.editions import dates_in
from layers.sources_toml import Contents, RasterUnit, SourceFile, sha256_of


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Who publishes a file, on what terms; `edition` and `unit` where the form of its name tells them."""

    publisher: str = ""
    url: str = ""
    licence: str = ""
    licence_url: str = ""
    attribution: str = ""
    edition: str = ""
    unit: str = ""


_OCHA_BOUNDARIES = Publisher(
    publisher="OCHA (COD-AB), DNCT Mali",
    url="https://data.humdata.org/dataset/cod-ab-mli",
    licence="CC BY-IGO 3.0",
    licence_url="https://creativecommons.org/licenses/by/3.0/igo/",
    attribution="OCHA, limites administratives du Mali (COD-AB)",
)
_OCHA_BOUNDARIES_2015 = Publisher(
    publisher="OCHA (COD-AB)",
    url="https://data.humdata.org/dataset/cod-ab-mli",
    licence="CC0 1.0, déclarée par qui a reconditionné les fichiers",
    licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
    attribution="OCHA, limites administratives du Mali, 2015",
    edition="2015-04-08",
)
_OCHA_POPULATION = Publisher(
    publisher="OCHA (COD-PS), INSTAT Mali",
    url="https://data.humdata.org/dataset/cod-ps-mli",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    attribution="OCHA, statistiques de population du Mali (COD-PS)",
)
_INSTAT = Publisher(
    publisher="INSTAT Mali",
    url="https://www.instat-mali.org/",
    licence="Non précisée par la source",
    attribution="INSTAT Mali, RGPH 2009, résultats provisoires",
)
_OCHA_SETTLEMENTS = Publisher(
    publisher="OCHA",
    url="https://data.humdata.org/organization/ocha-mali",
    licence="CC0 1.0, déclarée par qui a reconditionné les fichiers",
    licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
    attribution="OCHA, localités du Mali, 2015",
)
_CODES = Publisher(
    publisher="Maillage, d'après l'OCHA (COD-AB)",
    url="https://data.humdata.org/dataset/cod-ab-mli",
    licence="CC BY-IGO 3.0",
    licence_url="https://creativecommons.org/licenses/by/3.0/igo/",
    attribution="D'après l'OCHA, limites administratives du Mali (COD-AB) de 2015, 2019 et 2021",
)
_ACLED = Publisher(
    publisher="ACLED",
    url="https://acleddata.com/",
    licence="Conditions d'utilisation d'ACLED",
    licence_url="https://acleddata.com/terms-of-use/",
    attribution="Armed Conflict Location & Event Data Project (ACLED), acleddata.com",
)
_ACLED_ON_HDX = Publisher(
    publisher="ACLED, par HDX",
    url="https://data.humdata.org/dataset/mali-acled-conflict-data",
    licence="Conditions d'utilisation d'ACLED",
    licence_url="https://acleddata.com/terms-of-use/",
    attribution="ACLED, comptes mensuels publiés sur HDX",
)
_HAPI = Publisher(
    publisher="HDX HAPI (OCHA), d'après ACLED",
    url="https://hapi.humdata.org/",
    licence="Conditions d'utilisation d'ACLED",
    licence_url="https://acleddata.com/terms-of-use/",
    attribution="ACLED, comptes mensuels de HDX HAPI (OCHA)",
)
_UCDP = Publisher(
    publisher="UCDP, université d'Uppsala",
    url="https://ucdp.uu.se/downloads/",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    attribution="Uppsala Conflict Data Program (UCDP), ucdp.uu.se",
)
_OPENSTREETMAP = Publisher(
    publisher="OpenStreetMap",
    url="https://www.openstreetmap.org/",
    licence="ODbL 1.0",
    licence_url="https://opendatacommons.org/licenses/odbl/1-0/",
    attribution="© les contributeurs d'OpenStreetMap",
)
_WORLDPOP = Publisher(
    publisher="WorldPop",
    url="https://www.worldpop.org/",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    attribution="WorldPop",
)
_WORLDPOP_COUNTS = replace(_WORLDPOP, unit=RasterUnit.PEOPLE_PER_CELL)
_PROGRAMME = Publisher(
    publisher="PNUD Mali, Nations Unies au Mali, MINUSMA",
    licence="Faits tirés de documents publiés",
    attribution="Documents du PNUD, des Nations Unies au Mali et de la MINUSMA, 2017-2021",
)
_UNKNOWN = Publisher()

_BOUNDARY_SUFFIX = r"\.(?:geojson|json|gpkg|shp|zip)"
_KNOWN = [
    (re.compile(pattern, re.IGNORECASE), what, publisher)
    for pattern, what, publisher in (
        (r"mli_admbnda_adm\d_gov_ocha.*" + _BOUNDARY_SUFFIX, Contents.BOUNDARIES, _OCHA_BOUNDARIES_2015),
        # Neither the country alone (level 0) nor Natural Earth's outlines.
        (r"mli_adm(?!(?:bnda_adm|in)?0|.*ne10m).*" + _BOUNDARY_SUFFIX, Contents.BOUNDARIES, _OCHA_BOUNDARIES),
        (r"(?:population_adm2_.*codps|mli_admpop_adm2).*\.csv", Contents.POPULATION, _OCHA_POPULATION),
        (r"population_2009_census.*\.csv", Contents.POPULATION, _INSTAT),
        (r"settlements_.*\.csv", Contents.SETTLEMENTS, _OCHA_SETTLEMENTS),
        (r"crosswalk_pcodes_.*\.csv", Contents.CODES, _CODES),
        (r"commune_seats\.csv", Contents.COMMUNE_SEATS, _OCHA_SETTLEMENTS),
        # The second form is how ACLED's own export tool names a file: from day, to day, country.
        (r"acled_(?!monthly).*\.csv|\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d.*\.csv", Contents.ACLED_EVENTS, _ACLED),
        (r"acled_monthly.*\.csv|mali_.*_by_month.year.*\.csv", Contents.HDX_COUNTS, _ACLED_ON_HDX),
        (r"hdx_hapi_conflict_event.*\.csv", Contents.HAPI_COUNTS, _HAPI),
        # GEDEvent_v25_1.csv, GEDEvent_v25_0_10.csv (Candidate) and what others call them.
        (r"(?:ucdp_ged|gedevent|ucdp_candidate).*\.csv", Contents.UCDP_EVENTS, _UCDP),
        (r"osm_.*\.(?:geo)?json", Contents.INSTITUTIONS, _OPENSTREETMAP),
        # One of the tables of a programme stands for its folder: the others have names too common to tell.
        (r"target_cercles\.csv", Contents.PROGRAMME, _PROGRAMME),
        (r"mli_afripop.*\.tif", Contents.RASTER, _WORLDPOP),
        # mli_ppp_2020_UNadj.tif, mli_pop_2025_CN_100m_R2025A_v1.tif: people in each cell of 100 m or 1 km.
        (r"mli_(?:ppp|pop)_.*\.tif", Contents.RASTER, _WORLDPOP_COUNTS),
    )
]
_PUBLISHER_OF = {
    Contents.ACLED_EVENTS: _ACLED,
    Contents.UCDP_EVENTS: _UCDP,
    Contents.HDX_COUNTS: _ACLED_ON_HDX,
    Contents.HAPI_COUNTS: _HAPI,
    Contents.INSTITUTIONS: _OPENSTREETMAP,
    Contents.PROGRAMME: _PROGRAMME,
}
"""Whose file it is when a loader says what it holds, and its name says nothing."""

_EDITIONS = {"2019": "2019-08-02", "2021": "2021-12-20"}
"""The days from which the COD-AB editions of Mali are valid, by year (OCHA, field validOn)."""


def source_of(path: Path, *, otherwise: Contents) -> SourceFile:
    """
    Return what is known of one file: from the sources.toml beside it, else from its name.

    A file neither of them tells is taken for `otherwise`, of an unknown publisher unless only one
    publishes such files. Raises UnreadableFile when sources.toml is wrong.
    """
    listed = {source.path.name: source for source in sources_toml.read(path.parent)}
    return listed.get(path.name) or _classified(path) or _source(path, otherwise, _publisher_of(otherwise))


def find(folder: Path) -> dict[Contents, list[SourceFile]]:
    """
    Return the files of `folder` and of the folders in it that are known, by what they hold.

    Of several editions only the newest is returned, and an approximate file only where there is no
    other. The files of one edition come in the order of their names. Raises UnreadableFile when a
    sources.toml is wrong.
    """
    return _newest(source for each in _folders(folder) for source in _files(each))


def bundled(folder: Path) -> dict[Contents, list[SourceFile]]:
    """Return what `find` does, but only of the files that a sources.toml lists."""
    return _newest(source for each in _folders(folder) for source in sources_toml.read(each))


def _folders(folder: Path) -> list[Path]:
    """Return `folder` and the folders in it; hidden ones hold what is being fetched or kept by programs."""
    inside = (path for path in folder.rglob("*") if path.is_dir())
    return [folder, *sorted(path for path in inside if not _is_hidden(path.relative_to(folder)))]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _files(folder: Path) -> list[SourceFile]:
    listed = sources_toml.read(folder)
    names = {source.path.name for source in listed}
    others = (path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in names)
    return [*listed, *filter(None, map(_classified, others))]


def _newest(sources: Iterable[SourceFile]) -> dict[Contents, list[SourceFile]]:
    by_contents: dict[Contents, list[SourceFile]] = {}
    for source in sources:
        by_contents.setdefault(source.what, []).append(source)
    return {what: _of_newest_edition(found) for what, found in by_contents.items()}


def _of_newest_edition(sources: list[SourceFile]) -> list[SourceFile]:
    def rank(source: SourceFile) -> tuple[bool, str]:
        return not source.approximate, source.edition

    newest = max(map(rank, sources))
    return sorted((source for source in sources if rank(source) == newest), key=lambda each: each.path.name)


def _classified(path: Path) -> SourceFile | None:
    for pattern, what, publisher in _KNOWN:
        if pattern.fullmatch(path.name):
            return _source(path, what, publisher)
    return None


def _publisher_of(what: Contents) -> Publisher:
    return _PUBLISHER_OF.get(what, _UNKNOWN)


def _source(path: Path, what: Contents, told: Publisher) -> SourceFile:
    return SourceFile(
        path=path,
        what=what,
        publisher=told.publisher,
        url=told.url,
        licence=told.licence,
        licence_url=told.licence_url,
        attribution=told.attribution,
        sha256=sha256_of(path),
        edition=told.edition or _edition(path.stem, what),
        unit=told.unit,
        access=sources_toml.usual_access(what),
        simulated=what is Contents.SIMULATED_EVENTS,
    )


def _edition(name: str, what: Contents) -> str:
    """Return the last day or year in a file's name, "" when there is none."""
    edition = next(reversed(dates_in(name)), "")
    return _EDITIONS.get(edition, edition) if what is Contents.BOUNDARIES else edition
