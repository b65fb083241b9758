"""Tables keyed by P-code or place name that data keepers bring in: one value an area, from many sources."""

from layers.declaration import Field, FieldType, Geometry, Layer, Words

AREA_LEVELS = {
    "region": Words("région", "region"),
    "cercle": Words("cercle", "cercle"),
    "commune": Words("commune", "commune"),
}

_LEVEL = Field("level", Words("Niveau", "Level"), filters=True, choices=AREA_LEVELS)
_TITLE = Field("title", Words("Titre", "Title"))
_UNIT = Field("unit", Words("Unité", "Unit"))
_AS_OF = Field("as_of", Words("Date des données", "Date of the data"), FieldType.DATE)
_SOURCE = Field("source", Words("Source", "Source"))
_LICENCE = Field("licence", Words("Licence", "Licence"))

AREA_TABLES = Layer(
    name="area_tables",
    title=Words("Tableaux par unité", "Tables by area"),
    description=Words(
        "Tableaux que les gardiens des données ont chargés, une valeur par région, cercle ou commune. Chacun "
        "est lu par ceux que sa source admet.",
        "Tables that data keepers have loaded, one value a region, cercle or commune. Each is read by those "
        "whom its source admits.",
    ),
    geometry=Geometry.TABLE,
    load_kind="area_table",
    has_access_by_row=True,
    fields=(
        Field("table", Words("Tableau", "Table"), filters=True),
        _TITLE,
        Field("title_en", Words("Titre en anglais", "Title in English")),
        _UNIT,
        _LEVEL,
        Field("method", Words("Méthode", "Method")),
        _AS_OF,
        Field("rows", Words("Lignes", "Rows"), FieldType.INTEGER),
        Field(
            "known",
            Words("Lignes dont la valeur et le lieu sont connus", "Rows of known value and place"),
            FieldType.INTEGER,
        ),
        _SOURCE,
        _LICENCE,
        Field("access", Words("Accès", "Access")),
    ),
    asked_within=(),
)

AREA_VALUES = Layer(
    name="area_values",
    title=Words("Valeurs des tableaux par unité", "Values of the tables by area"),
    description=Words(
        "Une valeur par ligne. Sans nombre ni mots, elle n’est pas connue : ce n’est jamais zéro.",
        "One value a row. Without a number or words it is not known: it is never zero.",
    ),
    geometry=Geometry.TABLE,
    load_kind="area_table",
    has_access_by_row=True,
    fields=(
        Field("table", Words("Tableau", "Table"), filters=True),
        _TITLE,
        _UNIT,
        _LEVEL,
        Field("pcode", Words("P-code", "P-code")),
        Field("area", Words("Unité", "Area")),
        Field("pcode_told", Words("P-code selon le fichier", "P-code as told by the file")),
        Field("name_told", Words("Nom selon le fichier", "Name as told by the file")),
        Field("number", Words("Nombre", "Number"), FieldType.NUMBER),
        Field("text", Words("Mots", "Words")),
        _AS_OF,
        _SOURCE,
        _LICENCE,
    ),
)
