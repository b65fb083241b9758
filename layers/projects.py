"""Who works where: projects of the documents and of their organisations, and the places told of each."""

from layers.declaration import Field, FieldType, Geometry, Layer, Words

PROJECT_REGISTERS = {
    "annex_1": Words("Annexe 1 du document de programme", "Annex 1 of the programme document"),
    "resources": Words("Ressources du programme", "Resources of the programme"),
    "mentioned": Words("Cité dans les documents", "Mentioned in the documents"),
    "bulletin_2017": Words("Bulletin de juin 2017", "Bulletin of June 2017"),
    "work_plan": Words("Plan de travail du programme", "Work plan of the programme"),
    "entered": Words("Saisi par son organisation", "Entered by its organisation"),
}
PRESENCE_REACHES = {
    "point": Words("localité", "settlement"),
    "commune": Words("commune", "commune"),
    "cercle": Words("cercle", "cercle"),
    "region": Words("région", "region"),
    "zone": Words("zone nommée", "named zone"),
    "country": Words("pays entier", "whole country"),
}
PRESENCE_KNOWN_BY = {
    "itself": Words("dit de ce lieu même", "told of this very place"),
    "inside": Words("dit d’un lieu à l’intérieur", "told of a place inside"),
    "around": Words("dit de la région", "told of the region"),
    "zone": Words("dit d’une zone nommée", "told of a named zone"),
    "country": Words("dit du pays entier", "told of the whole country"),
}
"""How a presence in an area is known, the closest first."""

_DOCUMENT = (
    Field("document", Words("Document", "Document")),
    Field("publisher", Words("Éditeur du document", "Publisher of the document")),
    Field("told", Words("Date du document", "Date of the document")),
)

_DONORS = Field("donors", Words("Donateurs", "Donors"), several=True)
_THEMES = Field("themes", Words("Thèmes (en anglais)", "Themes"), several=True)
_ORGANISATIONS = Field(
    "organisations",
    Words("Organisations qui le tiennent à jour", "Organisations that keep it up to date"),
    several=True,
)

PROJECTS = Layer(
    name="projects",
    title=Words("Projets", "Projects"),
    description=Words(
        "Projets que citent les documents ou que saisissent leurs organisations. Un projet sans lieu "
        "travaille on ne sait où : son absence d’un cercle veut dire inconnu, pas aucun.",
        "Projects that documents tell of or that their organisations enter. A project without a place "
        "works nobody knows where: its absence from a cercle means unknown, not none.",
    ),
    geometry=Geometry.TABLE,
    load_kind="programme",
    fields=(
        Field("id", Words("Identifiant", "Identifier"), FieldType.INTEGER),
        Field("register", Words("Registre", "Register"), filters=True, choices=PROJECT_REGISTERS),
        Field("code", Words("Code", "Code"), filters=True),
        Field("title", Words("Titre", "Title")),
        Field("implementers", Words("Mise en œuvre", "Implemented by")),
        _ORGANISATIONS,
        _DONORS,
        Field("start_year", Words("Début", "Start"), FieldType.INTEGER),
        Field("end_year", Words("Fin", "End"), FieldType.INTEGER),
        Field("dates_told", Words("Dates selon le document", "Dates as told")),
        Field(
            "result_area",
            Words("Résultat du programme", "Result of the programme"),
            FieldType.INTEGER,
            filters=True,
        ),
        _THEMES,
        Field("fund", Words("Fonds", "Fund"), filters=True),
        Field("sector", Words("Secteur", "Sector")),
        Field("has_place", Words("Un lieu est dit", "A place is told"), FieldType.BOOLEAN),
        Field("places", Words("Lieux dits", "Places told"), several=True),
        *_DOCUMENT,
        Field("source_passage", Words("Passage", "Passage")),
        Field("note", Words("Doute", "Doubt")),
        Field("updated", Words("Mis à jour", "Updated")),
    ),
    asked_within=(),
)

PROJECT_PRESENCES = Layer(
    name="project_presences",
    title=Words("Présence des projets", "Presence of projects"),
    description=Words(
        "Lieux où des projets sont dits présents. Une localité a un point ; une commune, un cercle, "
        "une région ou une zone n’en a pas : son P-code renvoie à la couche des limites. Ailleurs, la "
        "présence est inconnue.",
        "Places where projects are said to be present. A settlement has a point; a commune, a cercle, "
        "a region or a zone has none: its P-code leads to the layer of boundaries. Elsewhere, presence "
        "is unknown.",
    ),
    geometry=Geometry.POINT,
    load_kind="programme",
    fields=(
        Field("id", Words("Identifiant", "Identifier"), FieldType.INTEGER),
        Field(
            "project",
            Words("Identifiant du projet", "Identifier of the project"),
            FieldType.INTEGER,
            filters=True,
        ),
        Field("code", Words("Code du projet", "Code of the project")),
        Field("register", Words("Registre", "Register"), filters=True, choices=PROJECT_REGISTERS),
        Field("title", Words("Titre", "Title")),
        _ORGANISATIONS,
        _DONORS,
        _THEMES,
        Field("reach", Words("Étendue", "Reach"), filters=True, choices=PRESENCE_REACHES),
        Field("place", Words("Lieu selon la source", "Place as told")),
        Field("pcode", Words("P-code du lieu", "P-code of the place")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("cercle", Words("P-code du cercle", "P-code of the cercle")),
        Field("zone", Words("Zone nommée", "Named zone")),
        Field(
            "zone_cercles",
            Words("P-codes des cercles de la zone", "P-codes of the cercles of the zone"),
            several=True,
        ),
        Field("outside_mali", Words("Hors du Mali", "Outside Mali"), FieldType.BOOLEAN),
        Field("last_confirmed", Words("Confirmé le", "Confirmed on"), FieldType.DATE),
        Field("confirmed_by", Words("Confirmé par", "Confirmed by")),
        Field("ended", Words("N’y est plus depuis", "No longer there since"), FieldType.DATE),
        *_DOCUMENT,
        Field("source_passage", Words("Passage", "Passage")),
        Field("note", Words("Doute", "Doubt")),
    ),
)
