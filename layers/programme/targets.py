"""The 21 cercles that the programme document names, with their zone logic, and its rules of choice."""

from geo.vocabulary import ZoneLogic
from layers.declaration import Field, FieldType, Geometry, Layer, Words
from layers.programme.declaring import (
    DOCUMENT_FIELDS,
    LOAD_KIND,
    DocumentTable,
    Record,
    layer_of,
    text,
    whole,
    words,
    yes_or_no,
)
from layers.readers.problems import Problem

ZONE_LOGICS = {
    ZoneLogic.CENTRE_NORD.value: Words("Centre-Nord\u00a0: stabiliser", "Centre-North: stabilise"),
    ZoneLogic.SUD.value: Words("Sud\u00a0: prévenir", "South: prevent"),
}

BASES = {
    "programme": Words("document de programme", "programme document"),
    "adoption": Words("choix adopté", "adopted choice"),
}
"""Whose the target cercles are."""


def communes_sum_to_the_stated_total(file_name: str, records: list[Record]) -> list[Problem]:
    """Return a remark for each total stated by the document that the communes of the rows do not make."""
    counted = sum(record["communes"] for record in records)
    stated = {record["stated_total"] for record in records} - {None, counted}
    return [
        Problem(
            where=file_name,
            row=None,
            field="n_communes",
            value=str(counted),
            reason=f"Les communes des cercles lus font {counted}, le document en annonce {total}.",
            remedy="Comparez les lignes avec le document.",
            is_fatal=False,
        )
        for total in sorted(stated)
    ]


TARGET_TABLE = DocumentTable(
    stem="target_cercles",
    title=Words("Cercles cibles du programme", "Target cercles of the programme"),
    fields=(
        text("cercle_name", "Cercle", "Cercle", column="cercle", required=True, once=True, longest=100),
        text("region_name", "Région", "Region", column="region", longest=100),
        text(
            "zone_logic",
            "Logique de zone",
            "Zone logic",
            required=True,
            choices=ZONE_LOGICS,
            told_as={"Centre-Nord": ZoneLogic.CENTRE_NORD.value, "Sud": ZoneLogic.SUD.value},
        ),
        text("objective", "Objectif (en anglais)", "Objective", column="zone_objective"),
        whole("communes", "Communes", "Communes", column="n_communes", required=True, least=1),
        whole(
            "stated_total",
            "Communes au total selon le document",
            "Communes in all as told",
            column="stated_total_communes",
        ),
        yes_or_no("initiation_phase_region", "Région de la phase d’initiation", "Initiation-phase region"),
        yes_or_no("initiation_phase_cercle", "Cercle de la phase d’initiation", "Initiation-phase cercle"),
        text("phase", "Phase (en anglais)", "Phase"),
        yes_or_no("volunteer_planned", "Volontaire prévu", "Volunteer planned"),
        text("slavery_focus", "Esclavage par ascendance", "Slavery by descent", longest=100),
    ),
    left_out={"in_21": "hors des 21 cercles"},
    checks=(communes_sum_to_the_stated_total,),
)

TARGET_CERCLES = Layer(
    name="target_cercles",
    title=Words("Cercles cibles", "Target cercles"),
    description=Words(
        "Les cercles cibles\u00a0: ceux que le document de programme nomme, avec sa logique de zone et ses "
        "doutes, ou ceux du choix qui a été adopté depuis\u202f; «\u00a0basis\u00a0» dit lesquels.",
        "The target cercles: those the programme document names, with its zone logic and its doubts, "
        "or those of the choice adopted since; “basis” says which.",
    ),
    geometry=Geometry.AREA,
    load_kind=LOAD_KIND,
    fields=(
        Field("pcode", Words("P-code", "P-code"), filters=True),
        Field("name", Words("Nom", "Name")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("name_in_document", Words("Cercle selon le document", "Cercle as told by the document")),
        Field("region_in_document", Words("Région selon le document", "Region as told by the document")),
        Field("zone_logic", Words("Logique de zone", "Zone logic"), filters=True, choices=ZONE_LOGICS),
        Field("objective", Words("Objectif (en anglais)", "Objective")),
        Field("communes", Words("Communes selon le document", "Communes as told"), FieldType.INTEGER),
        Field(
            "initiation_phase_region",
            Words("Région de la phase d’initiation", "Initiation-phase region"),
            FieldType.BOOLEAN,
        ),
        Field(
            "initiation_phase_cercle",
            Words("Cercle de la phase d’initiation", "Initiation-phase cercle"),
            FieldType.BOOLEAN,
        ),
        Field("phase", Words("Phase (en anglais)", "Phase")),
        Field("volunteer_planned", Words("Volontaire prévu", "Volunteer planned"), FieldType.BOOLEAN),
        Field("slavery_focus", Words("Esclavage par ascendance", "Slavery by descent")),
        Field("basis", Words("Qui en a décidé", "Who decided it"), filters=True, choices=BASES),
        Field("adopted_by", Words("Adopté par", "Adopted by")),
        Field("adopted_on", Words("Adopté le", "Adopted on"), FieldType.DATE),
        Field("run_name", Words("Exécution adoptée", "Run that was adopted")),
        Field("run_hash", Words("Empreinte de l’exécution", "Hash of the run")),
        *DOCUMENT_FIELDS,
    ),
)

CRITERION_KINDS = {
    **words(
        selection="choix|selection",
        exclusion="exclusion|exclusion",
        phasing="phasage|phasing",
        beneficiary="bénéficiaires|beneficiaries",
        constraint="contrainte|constraint",
        lesson="leçon|lesson",
    ),
    "zone logic": Words("logique de zone", "zone logic"),
    "sub-cercle": Words("implantation dans le cercle", "siting in the cercle"),
}

CRITERIA_TABLE = DocumentTable(
    stem="targeting_criteria",
    title=Words("Règles de choix du document", "The document’s rules of choice"),
    fields=(
        text("criterion_id", "Code", "Code", required=True, once=True, longest=6),
        text("kind", "Sorte", "Kind", required=True, choices=CRITERION_KINDS, longest=20, filters=True),
        text("criterion_fr", "Règle", "Rule (in French)", required=True, longest=1000),
        text("applies_to", "S’applique à (en anglais)", "Applies to"),
        text("used_for", "Sert à (en anglais)", "Used for"),
        text("data_source", "Données", "Data"),
        text("measurable_as", "Mesurable par (notre lecture, en anglais)", "Measurable as (our reading)"),
    ),
)
TARGETING_CRITERIA = layer_of(
    CRITERIA_TABLE,
    "targeting_criteria",
    Words(
        "Règles de choix, d’exclusion, de phasage et d’implantation du document. Il n’en donne ni seuil "
        "ni poids.",
        "Rules of choice, exclusion, phasing and siting of the document. It gives no threshold and no "
        "weight.",
    ),
)
