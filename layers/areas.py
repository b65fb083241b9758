"""Regions, cercles and communes: three layers of one edition of boundaries."""

from geo.vocabulary import PeopleMethod
from layers.declaration import Field, FieldType, Geometry, Layer, Words

PEOPLE_METHODS = {
    PeopleMethod.CENSUS.value: Words("recensement", "census"),
    PeopleMethod.PROJECTION.value: Words("projection", "projection"),
    PeopleMethod.ESTIMATED.value: Words(
        "estimation : part du total de la région selon un raster de densité",
        "estimate: share of the region's total by a density raster",
    ),
}

PCODE = Field("pcode", Words("P-code", "P-code"), filters=True)
NAME = Field("name", Words("Nom", "Name"), filters=True)
REGION = Field("region", Words("P-code de la région", "P-code of the region"))
CERCLE = Field("cercle", Words("P-code du cercle", "P-code of the cercle"))
AREA_KM2 = Field("area_km2", Words("Superficie", "Area"), FieldType.NUMBER, unit=Words("km²", "km²"))
PEOPLE = (
    Field("people", Words("Population", "People"), FieldType.INTEGER, unit=Words("habitants", "people")),
    Field("people_year", Words("Année de la population", "Year of the population"), FieldType.INTEGER),
    Field(
        "people_method",
        Words("Méthode de la population", "Method of the population"),
        choices=PEOPLE_METHODS,
    ),
)

REGIONS = Layer(
    name="regions",
    title=Words("Régions", "Regions"),
    description=Words(
        "Limites des régions de l’édition en usage, avec leur population quand elle est connue.",
        "Boundaries of the regions of the edition in use, with their people where known.",
    ),
    geometry=Geometry.AREA,
    load_kind="boundaries",
    fields=(PCODE, NAME, AREA_KM2, *PEOPLE),
    asked_within=("region",),
)

CERCLES = Layer(
    name="cercles",
    title=Words("Cercles", "Cercles"),
    description=Words(
        "Limites des cercles de l’édition en usage, avec leur population quand elle est connue.",
        "Boundaries of the cercles of the edition in use, with their people where known.",
    ),
    geometry=Geometry.AREA,
    load_kind="boundaries",
    fields=(PCODE, NAME, REGION, AREA_KM2, *PEOPLE),
)

COMMUNE_PEOPLE = (
    Field(
        "people",
        Words("Population, estimée ou comptée", "People, estimated or counted"),
        FieldType.INTEGER,
        unit=Words("habitants", "people"),
    ),
    Field(
        "people_low",
        Words("Population, au moins", "People, at least"),
        FieldType.INTEGER,
        unit=Words("habitants", "people"),
    ),
    Field(
        "people_high",
        Words("Population, au plus", "People, at most"),
        FieldType.INTEGER,
        unit=Words("habitants", "people"),
    ),
)

COMMUNES = Layer(
    name="communes",
    title=Words("Communes", "Communes"),
    description=Words(
        "Limites des communes de l’édition en usage, avec leur population estimée quand celle de leur cercle "
        "est connue. Le fond simplifié fourni n’en a pas.",
        "Boundaries of the communes of the edition in use, with their estimated people where those of their "
        "cercle are known. The bundled stand-in has none.",
    ),
    geometry=Geometry.AREA,
    load_kind="boundaries",
    fields=(PCODE, NAME, REGION, CERCLE, AREA_KM2, *COMMUNE_PEOPLE),
)
