"""Towns and villages, with the administrative rank that OCHA inferred."""

from geo.vocabulary import SettlementClass
from layers.declaration import Field, FieldType, Geometry, Layer, Words

SETTLEMENT_CLASSES = {
    str(SettlementClass.CAPITAL.value): Words("capitale", "capital"),
    str(SettlementClass.REGION_SEAT.value): Words("chef-lieu de région", "seat of a region"),
    str(SettlementClass.CERCLE_SEAT.value): Words("chef-lieu de cercle", "seat of a cercle"),
    str(SettlementClass.COMMUNE_SEAT.value): Words("chef-lieu de commune", "seat of a commune"),
    str(SettlementClass.VILLAGE.value): Words("village", "village"),
}

SETTLEMENTS = Layer(
    name="settlements",
    title=Words("Localités", "Settlements"),
    description=Words(
        "Villes et villages, avec leur rang administratif déduit par la source quand il est connu.",
        "Towns and villages, with the administrative rank inferred by the source where known.",
    ),
    geometry=Geometry.POINT,
    load_kind="settlements",
    fields=(
        Field("id", Words("Identifiant", "Identifier"), FieldType.INTEGER),
        Field("name", Words("Nom", "Name"), filters=True),
        Field(
            "settlement_class",
            Words("Rang", "Rank"),
            FieldType.INTEGER,
            filters=True,
            choices=SETTLEMENT_CLASSES,
        ),
        Field("source_id", Words("Code de la source", "Code of the source")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("cercle", Words("P-code du cercle", "P-code of the cercle")),
        Field("commune", Words("P-code de la commune", "P-code of the commune")),
    ),
)
