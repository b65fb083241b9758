"""HXL (Humanitarian Exchange Language 1.1): the tag of each column, by layer and field."""

from collections.abc import Sequence

from layers.declaration import Layer

LEVELS = {"regions": "#adm1", "cercles": "#adm2", "communes": "#adm3", "target_cercles": "#adm2"}
"""Layers whose rows are areas, and the tag of their level."""

OF_AN_AREA = {"pcode": "+code", "name": "+name"}
"""What follows the tag of the level in the layers of `LEVELS`."""

OF_A_LAYER = {
    ("settlements", "name"): "#loc+name",
    ("institutions", "name"): "#loc+name",
    ("institutions", "kind"): "#loc+type",
    ("institutions", "family"): "#loc+type+family",
    ("institutions", "relocated_to"): "#loc+name+relocated",
    ("institutions", "status"): "#status",
    ("institutions", "status_as_of"): "#status+date",
    ("projects", "title"): "#activity+name",
    ("project_presences", "title"): "#activity+name",
    ("projects", "code"): "#activity+code",
    ("project_presences", "code"): "#activity+code",
    ("bulletin_2017", "title"): "#activity+name",
    ("project_presences", "pcode"): "#adm+code",
    ("area_values", "pcode"): "#adm+code",
    ("area_values", "area"): "#adm+name",
    ("area_values", "number"): "#indicator+value+num",
    ("area_values", "text"): "#indicator+value+text",
    ("area_tables", "title"): "#indicator+name",
    ("area_values", "title"): "#indicator+name",
}

BY_FIELD = {
    "region": "#adm1+code",
    "cercle": "#adm2+code",
    "commune": "#adm3+code",
    "cercle_name": "#adm2+name",
    "commune_name": "#adm3+name",
    "area_km2": "#geo+area+km2",
    "people": "#population+num",
    "people_low": "#population+num+min",
    "people_high": "#population+num+max",
    "people_year": "#population+year",
    "people_method": "#population+method",
    "event_type": "#event+type",
    "sub_event_type": "#event+subtype",
    "source_event_id": "#event+id",
    "occurred_on": "#date+occurred",
    "last_day": "#date+end",
    "date": "#date",
    "month": "#date+month",
    "as_of": "#date+as_of",
    "start_year": "#date+start+year",
    "end_year": "#date+end+year",
    "updated": "#date+updated",
    "last_confirmed": "#date+confirmed",
    "year": "#date+year",
    "actor1": "#group+name+1",
    "actor2": "#group+name+2",
    "events": "#event+num",
    "fatalities": "#affected+killed",
    "fatalities_low": "#affected+killed+min",
    "fatalities_high": "#affected+killed+max",
    "fatalities_imprecise": "#affected+killed+imprecise",
    "civilian_events": "#event+num+civilians",
    "civilian_fatalities": "#affected+killed+civilians",
    "events_imprecise": "#event+num+imprecise",
    "civilians_targeted": "#event+civilians",
    "geo_precision": "#geo+precision",
    "place_told": "#geo+precision",
    "time_precision": "#date+precision",
    "location_name": "#loc+name",
    "place": "#loc+name",
    "organisations": "#org",
    "implementers": "#org+impl",
    "donors": "#org+funding",
    "donor": "#org+funding",
    "partner": "#org+partner",
    "agency": "#org",
    "sponsor": "#org+sponsor",
    "themes": "#sector+name",
    "theme": "#sector",
    "sector": "#sector",
    "activity": "#activity+name",
    "activity_id": "#activity+code",
    "indicator": "#indicator+name",
    "indicator_code": "#indicator+code",
    "baseline": "#indicator+baseline",
    "baseline_num": "#indicator+baseline+num",
    "value": "#indicator+value",
    "unit": "#indicator+unit",
    "cost_usd": "#value+usd",
    **{f"usd_{year}": f"#value+usd+y{year}" for year in range(2021, 2026)},
    "usd_total": "#value+usd+total",
    **{f"target_{year}": f"#indicator+targeted+y{year}" for year in range(2021, 2026)},
    "longitude": "#geo+lon",
    "latitude": "#geo+lat",
    "source": "#meta+source",
    "events_source": "#meta+source+events",
    "publisher": "#meta+source+org",
    "document": "#meta+source+document",
    "source_passage": "#meta+source+passage",
    "source_id": "#meta+source+id",
    "register": "#meta+source+register",
    "licence": "#meta+licence",
    "id": "#meta+id",
    "access": "#meta+access",
    "edition": "#meta+edition",
    "note": "#meta+note",
    "simulated": "#meta+simulated",
    "simulated_data": "#meta+simulated+all",
    "approximate_boundaries": "#meta+approximate",
}
"""Of columns that mean the same in every layer, those beside the declared fields included."""


def tags(layer: Layer, names: Sequence[str]) -> list[str]:
    """
    Return the tag of each of these columns; "" where the standard has none, which it allows.

    >>> from layers.areas import CERCLES
    >>> tags(CERCLES, ["pcode", "name", "region", "colour"])
    ['#adm2+code', '#adm2+name', '#adm1+code', '']
    """
    return [tag(layer, name) for name in names]


def tag(layer: Layer, name: str) -> str:
    """Return the tag of a column of a layer, "" where there is none."""
    if layer.name in LEVELS and name in OF_AN_AREA:
        return LEVELS[layer.name] + OF_AN_AREA[name]
    return OF_A_LAYER.get((layer.name, name), BY_FIELD.get(name, ""))
