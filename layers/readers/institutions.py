"""Police, courts and prisons drawn from OpenStreetMap as points of a GeoJSON file."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.vocabulary import InstitutionFamily, InstitutionKind
from layers.readers import points, texts
from layers.readers.institution_names import kind_of, other_thing
from layers.readers.problems import Problem, Reading, UnreadableFile
from layers.readers.values import Unfit
from layers.readers.wording import quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRecord:
    """
    One institution. Coordinates are degrees, EPSG:4326; `source_id` is the OpenStreetMap id.

    `kind` is told by the name when it tells it, else not told; `name` is "" when the map has none.
    `row` counts the features of the file from 1.
    """

    source_id: str
    family: InstitutionFamily
    kind: InstitutionKind
    name: str
    longitude: float
    latitude: float
    row: int


_FAMILIES = {
    "police": InstitutionFamily.POLICE,
    "courthouse": InstitutionFamily.COURT,
    "prison": InstitutionFamily.PRISON,
}
_KIND_KEYS = ("value", "amenity", "military")
_ID_KEYS = ("id", "@id", "osm_id")


def read_osm(path: Path) -> Reading[InstitutionRecord]:
    """
    Return the police, courts and prisons of a GeoJSON file; other features are counted in `left_out`.

    The tag is the property `value`, or `amenity` as in an Overpass export. A name that contradicts the
    tag is a remark, and the institution is kept without a kind. Raises UnreadableFile when the file is
    no GeoJSON of features.
    """
    text, problems = texts.read(path)
    records: list[InstitutionRecord] = []
    left_out: Counter[str] = Counter()
    seen: dict[str, int] = {}
    for row, feature in enumerate(_features(path, text), start=1):
        properties = feature.get("properties") or {}
        tag = _first(properties, _KIND_KEYS) or "sans étiquette"
        if tag not in _FAMILIES:
            left_out[tag] += 1
            continue
        try:
            record = _record(feature, properties, _FAMILIES[tag], row, seen)
        except _UnfitField as refusal:
            problems.append(_problem(path, row, refusal.field, refusal.value, refusal.unfit, is_fatal=True))
            continue
        records.append(record)
        problems.extend(_doubts(path, record))
    return Reading(records, problems, dict(left_out))


class _UnfitField(Exception):
    def __init__(self, field: str, value: str, unfit: Unfit) -> None:
        super().__init__(field)
        self.field, self.value, self.unfit = field, value, unfit


def _features(path: Path, text: str) -> list[dict[str, Any]]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"{path}\u00a0: ce n'est pas du JSON entier (ligne {error.lineno}). Téléchargez-le de nouveau."
        ) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise UnreadableFile(
            f"{path}\u00a0: ce JSON n'est pas une FeatureCollection GeoJSON. Exportez les points en GeoJSON."
        )
    return features


def _record(
    feature: dict[str, Any],
    properties: dict[str, Any],
    family: InstitutionFamily,
    row: int,
    seen: dict[str, int],
) -> InstitutionRecord:
    longitude, latitude = _point(feature.get("geometry") or {})
    name = _first(properties, ("name",))
    return InstitutionRecord(
        source_id=_source_id(feature, properties, row, seen),
        family=family,
        kind=kind_of(name, family),
        name=name,
        longitude=longitude,
        latitude=latitude,
        row=row,
    )


def _point(geometry: dict[str, Any]) -> tuple[float, float]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind != "Point" or not isinstance(coordinates, list) or len(coordinates) < 2:
        unfit = Unfit("Ce n'est pas un point.", "Exportez chaque bâtiment comme un point, son centre.")
        raise _UnfitField("geometry", str(kind or ""), unfit)
    longitude, latitude = coordinates[:2]
    try:
        if not all(isinstance(each, int | float) for each in (longitude, latitude)):
            raise Unfit("Ce ne sont pas deux nombres.", "Corrigez la longitude et la latitude.")
        points.check(longitude, latitude)
    except Unfit as unfit:
        raise _UnfitField("geometry", f"{longitude}, {latitude}", unfit) from None
    return float(longitude), float(latitude)


def _source_id(feature: dict[str, Any], properties: dict[str, Any], row: int, seen: dict[str, int]) -> str:
    source_id = _first(properties, _ID_KEYS) or str(feature.get("id") or "")
    if not source_id:
        raise _UnfitField("id", "", Unfit("L'identifiant manque.", "Exportez-le avec les points."))
    first = seen.setdefault(source_id, row)
    if first != row:
        raise _UnfitField(
            "id", source_id, Unfit(f"Cet identifiant est déjà à l'entité {first}.", "Ôtez l'une des deux.")
        )
    return source_id


def _doubts(path: Path, record: InstitutionRecord) -> Iterable[Problem]:
    thing = other_thing(record.name, record.family)
    if thing:
        unfit = Unfit(
            f"Ce nom dit {thing}, l'étiquette dit {quoted(_TAGS[record.family])}.",
            "L'institution est gardée, sa sorte non précisée\u202f; vérifiez-la et corrigez la carte.",
        )
        yield _problem(path, record.row, "name", record.name, unfit, is_fatal=False)


_TAGS = {family: tag for tag, family in _FAMILIES.items()}


def _first(properties: dict[str, Any], keys: Iterable[str]) -> str:
    """Return the first of these properties that is there, as text; "" when none is."""
    return next((str(properties[key]).strip() for key in keys if properties.get(key) is not None), "")


def _problem(path: Path, row: int, field: str, value: str, unfit: Unfit, *, is_fatal: bool) -> Problem:
    return Problem(
        where=f"{path.name}, entité {row}",
        row=row,
        field=field,
        value=value,
        reason=unfit.reason,
        remedy=unfit.remedy,
        is_fatal=is_fatal,
    )
