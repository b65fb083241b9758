"""Risks, actors, acronyms, figures of the country, and the places that the documents name."""

from layers.declaration import Words
from layers.programme.declaring import (
    DocumentTable,
    layer_of,
    number,
    place_fields,
    text,
    whole,
    words,
    yes_or_no,
)

RISKS_TABLE = DocumentTable(
    stem="risks",
    title=Words("Risques du programme", "Risks of the programme"),
    fields=(
        whole("number", "Numéro", "Number", required=True, once=True),
        text("risk", "Risque", "Risk (in French)", required=True, longest=1000),
        text("category", "Catégorie", "Category (in French)", longest=60, filters=True),
        text("probability", "Probabilité", "Probability (in French)", longest=40, filters=True),
        text("impact", "Impact", "Impact (in French)", longest=40, filters=True),
        text("mitigation_summary_en", "Réponse (en anglais)", "Response", longest=1000),
    ),
)
RISKS = layer_of(
    RISKS_TABLE,
    "risks",
    Words(
        "Les risques que le document de programme énonce, avec sa réponse résumée.",
        "The risks that the programme document states, with its response summed up.",
    ),
)

STAKEHOLDER_LEVELS = words(local="local|local", regional="régional|regional", national="national|national")
STAKEHOLDERS_TABLE = DocumentTable(
    stem="stakeholders",
    title=Words("Parties prenantes", "Stakeholders"),
    fields=(
        text("actor", "Acteur", "Actor (in French)", required=True),
        text(
            "level",
            "Échelon",
            "Level",
            required=True,
            choices=STAKEHOLDER_LEVELS,
            longest=20,
            filters=True,
        ),
        text("kind", "Sorte (en anglais)", "Kind", longest=60, filters=True),
        text("situation_en", "Situation (en anglais)", "Situation", longest=1000),
        text("engagement_en", "Engagement (en anglais)", "Engagement", longest=1000),
        yes_or_no("is_risk", "Est un risque", "Is a risk"),
    ),
)
STAKEHOLDERS = layer_of(
    STAKEHOLDERS_TABLE,
    "stakeholders",
    Words(
        "Les acteurs de l’annexe 3, leur situation et ce que le programme attend d’eux.",
        "The actors of annex 3, their situation and what the programme expects of them.",
    ),
)

EXPANSION_ORIGINS = {
    "text": Words("les documents", "the documents"),
    "general knowledge": Words("connaissance générale", "general knowledge"),
}
ACRONYMS_TABLE = DocumentTable(
    stem="acronyms",
    title=Words("Sigles", "Acronyms"),
    fields=(
        text("acronym", "Sigle", "Acronym", required=True, longest=40, filters=True),
        text("expansion_fr", "Développé", "In full (in French)", required=True),
        text("gloss_en", "En anglais", "In English"),
        text(
            "expansion_origin",
            "D’où on le sait",
            "How it is known",
            required=True,
            choices=EXPANSION_ORIGINS,
            longest=40,
            filters=True,
        ),
    ),
)
ACRONYMS = layer_of(
    ACRONYMS_TABLE,
    "acronyms",
    Words("Les sigles des documents, développés.", "The acronyms of the documents, in full."),
)

STATISTICS_TABLE = DocumentTable(
    stem="context_statistics",
    title=Words("Chiffres de contexte", "Context figures"),
    fields=(
        text("stat_id", "Code", "Code", required=True, once=True, longest=10),
        text("topic", "Sujet (en anglais)", "Topic", required=True, longest=200),
        *place_fields(),
        number("value", "Valeur", "Value", if_number=True),
        text(
            "value_told",
            "Valeur selon le document",
            "Value as told",
            column="value",
            required=True,
            longest=40,
        ),
        text("unit", "Unité (en anglais)", "Unit", required=True, longest=40),
        text("as_of", "Date", "Date", longest=40),
        text("original_source", "Source d’origine", "Original source"),
        text("disaggregation", "Ventilation (en anglais)", "Disaggregation"),
    ),
)
CONTEXT_STATISTICS = layer_of(
    STATISTICS_TABLE,
    "context_statistics",
    Words(
        "Chiffres nationaux ou régionaux que les documents citent, chacun avec sa source et sa date.",
        "National or regional figures that the documents quote, each with its source and date.",
    ),
)

PARENT_BASES = {
    "text": Words("le texte", "the text"),
    "table cercles ciblés": Words("la table des cercles ciblés", "the table of target cercles"),
    "inferred": Words("déduit", "inferred"),
}
PLACES_TABLE = DocumentTable(
    stem="places",
    title=Words("Lieux que citent les documents", "Places that the documents name"),
    fields=(
        *place_fields("parent", required=True),
        text("parent_basis", "D’où on le sait", "How it is known", choices=PARENT_BASES, longest=40),
        text("level_evidence", "D’où vient le niveau", "Where the level comes from"),
        whole("name_level_rank", "Rang du niveau", "Rank of the level", required=True),
        whole("n_levels", "Niveaux de ce nom", "Levels of this name", required=True),
        text("variants_in_source", "Autres formes", "Other spellings"),
        whole("count_total", "Mentions du nom", "Mentions of the name"),
        yes_or_no("is_target_cercle", "Cercle cible", "Target cercle"),
    ),
)
PLACES = layer_of(
    PLACES_TABLE,
    "places",
    Words(
        "Chaque nom de lieu à chaque niveau où les documents l’emploient. Les mentions sont celles du "
        "nom, tous niveaux ensemble\u00a0: n’additionnez que les rangs 1.",
        "Each place name at each level the documents use it. Mentions are of the name, all levels "
        "together: add up ranks 1 only.",
    ),
)
