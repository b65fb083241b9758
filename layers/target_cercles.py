"""The 21 cercles that the programme document names, with their zone logic."""

from geo.vocabulary import ZoneLogic
from layers.declaration import Field, FieldType, Geometry, Layer, Words

ZONE_LOGICS = {
    ZoneLogic.CENTRE_NORD.value: Words("Centre-Nord : stabiliser", "Centre-North: stabilise"),
    ZoneLogic.SUD.value: Words("Sud : prévenir", "South: prevent"),
}

TARGET_CERCLES = Layer(
    name="target_cercles",
    title=Words("Cercles cibles du programme", "Target cercles of the programme"),
    description=Words(
        "Les cercles que le document de programme nomme, avec sa logique de zone et ses doutes.",
        "The cercles the programme document names, with its zone logic and its doubts.",
    ),
    geometry=Geometry.AREA,
    load_kind="programme",
    fields=(
        Field("pcode", Words("P-code", "P-code"), filters=True),
        Field("name", Words("Nom", "Name")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("name_in_document", Words("Cercle selon le document", "Cercle as told by the document")),
        Field("region_in_document", Words("Région selon le document", "Region as told by the document")),
        Field("zone_logic", Words("Logique de zone", "Zone logic"), filters=True, choices=ZONE_LOGICS),
        Field("communes", Words("Communes selon le document", "Communes as told"), FieldType.INTEGER),
        Field("volunteer_planned", Words("Volontaire prévu", "Volunteer planned"), FieldType.BOOLEAN),
        Field("note", Words("Doute", "Doubt")),
        Field("source_passage", Words("Passage du document", "Passage of the document")),
    ),
)
