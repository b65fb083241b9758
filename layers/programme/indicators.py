"""The indicators of the results framework, in both variants, and those of the frameworks above it."""

from layers.declaration import Words
from layers.programme.declaring import YEARS, DocumentTable, layer_of, number, text, whole, yes_or_no

FRAMEWORKS = {
    "21 cercles": Words("21 cercles", "21 cercles"),
    "17 cercles": Words("17 cercles (plan réduit)", "17 cercles (reduced plan)"),
}

_FIELDS = (
    text("indicator_id", "Code de la ligne", "Code of the row", required=True, once=True, longest=10),
    text(
        "framework",
        "Variante",
        "Variant",
        required=True,
        choices=FRAMEWORKS,
        longest=20,
        filters=True,
    ),
    whole("result", "Résultat", "Result", required=True, filters=True),
    text("result_title", "Intitulé du résultat", "Title of the result (in French)"),
    text("product", "Produit", "Product", longest=10, filters=True),
    text("product_title", "Intitulé du produit", "Title of the product (in French)"),
    text("indicator_code", "Code", "Code", required=True, longest=10),
    text("indicator", "Indicateur", "Indicator (in French)", required=True, longest=1000),
    text("unit", "Unité", "Unit", longest=40),
    text("baseline", "Référence", "Baseline", longest=200),
    number("baseline_num", "Référence, en nombre", "Baseline, as a number"),
    *(text(f"target_{year}", f"Cible {year}", f"Target {year}", longest=200) for year in YEARS),
    yes_or_no("cumulative", "Cumulé", "Cumulative", required=True),
    text("source", "Source de mesure", "Source of measurement"),
    text("disaggregation", "Ventilation", "Disaggregation", longest=200),
)

INDICATORS_TABLE = DocumentTable(
    stem="indicators",
    title=Words("Indicateurs du cadre de résultats", "Indicators of the results framework"),
    fields=_FIELDS,
)
INDICATORS_REDUCED_TABLE = DocumentTable(
    stem="indicators_reduced",
    title=Words("Indicateurs, plan réduit", "Indicators, reduced plan"),
    fields=_FIELDS,
)
INDICATORS = layer_of(
    INDICATORS_TABLE,
    "indicators",
    Words(
        "Indicateurs avec leur référence et leurs cibles annuelles, dans les variantes de 21 et de 17 "
        "cercles. Les cibles sont telles qu’imprimées\u00a0: nombre, pourcentage, «\u00a0+5%\u00a0», "
        "étape, ou «\u00a0/\u00a0» sans cible.",
        "Indicators with baseline and yearly targets, in the variants of 21 and of 17 cercles. Targets "
        "are as printed: a number, a percentage, “+5%”, a milestone, or “/” for none.",
    ),
)

PARENT_FRAMEWORKS = {
    "UNSDCF": Words("Cadre de coopération (UNSDCF)", "Cooperation framework (UNSDCF)"),
    "CPD PNUD": Words("Programme de pays du PNUD", "UNDP country programme"),
}
PARENT_TABLE = DocumentTable(
    stem="indicators_parent_frameworks",
    title=Words("Indicateurs des cadres supérieurs", "Indicators of the frameworks above"),
    fields=(
        text(
            "framework",
            "Cadre",
            "Framework",
            required=True,
            choices=PARENT_FRAMEWORKS,
            longest=40,
            filters=True,
        ),
        text("indicator_code", "Code", "Code", required=True, longest=20),
        text("indicator", "Indicateur", "Indicator (in French)", required=True, longest=1000),
        text("baseline", "Référence", "Baseline", longest=200),
        text("target", "Cible", "Target", longest=200),
        text("disaggregation", "Ventilation", "Disaggregation", longest=200),
    ),
)
PARENT_INDICATORS = layer_of(
    PARENT_TABLE,
    "parent_indicators",
    Words(
        "Indicateurs du cadre de coopération des Nations Unies et du programme de pays du PNUD.",
        "Indicators of the UN cooperation framework and of the UNDP country programme.",
    ),
)
