"""What was done in 2020 and 2021, by place."""

from layers.declaration import Geometry, Words
from layers.programme.declaring import (
    NAME_IN_SOURCE,
    DocumentTable,
    layer_of,
    number,
    place_fields,
    text,
    whole,
    words,
)

VALUE_SCOPES = words(
    place="de ce lieu|of this place", joint="de tous les lieux ensemble|of all the places together"
)

RESULTS_TABLE = DocumentTable(
    stem="results_2020_2021",
    title=Words("Résultats de 2020 et 2021", "Results of 2020 and 2021"),
    fields=(
        text("result_id", "Code", "Code", required=True, longest=10, filters=True),
        *place_fields("parent", required=True),
        NAME_IN_SOURCE,
        text("theme", "Thème (en anglais)", "Theme", required=True, longest=60, filters=True),
        text("description_en", "Résultat (en anglais)", "Result", required=True, longest=400),
        number("value", "Valeur", "Value"),
        text("unit", "Unité (en anglais)", "Unit", longest=40),
        text(
            "value_scope",
            "Portée de la valeur",
            "Scope of the value",
            required=True,
            choices=VALUE_SCOPES,
            longest=10,
            filters=True,
        ),
        whole("n_places", "Nombre de lieux", "Number of places", required=True),
        text("year", "Année", "Year", required=True, longest=10, filters=True),
        text("agency", "Agences du produit", "Agencies of the product", longest=200),
        text("disaggregation", "Ventilation (en anglais)", "Disaggregation"),
    ),
)
RESULTS = layer_of(
    RESULTS_TABLE,
    "results_2020_2021",
    Words(
        "Un résultat et un lieu par ligne. Une valeur de portée «\u00a0joint\u00a0» vaut pour tous les "
        "lieux du même code ensemble\u00a0: ne l’additionnez jamais. Les agences sont celles du produit, "
        "non de la ligne.",
        "One result and one place a row. A value of scope “joint” is of all the places of the same code "
        "together: never add it up. Agencies are those of the product, not of the line.",
    ),
    geometry=Geometry.POINT,
)
