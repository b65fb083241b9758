"""The work plan: what is built, what is done, and what it costs, year by year."""

from geo.vocabulary import WorksKind
from layers.declaration import Geometry, Words
from layers.programme.declaring import (
    NAME_IN_SOURCE,
    DocumentTable,
    layer_of,
    place_fields,
    text,
    whole,
    words,
    yearly_amounts,
)

WORKS_KINDS = {
    WorksKind.COMMISSARIAT.value: Words("Commissariat de police", "Commissariat de police"),
    WorksKind.POLICE_OR_BRIGADE.value: Words(
        "Commissariat ou brigade de gendarmerie", "Commissariat or brigade de gendarmerie"
    ),
    WorksKind.JPCE_TO_TI.value: Words("JPCE transformée en TI", "JPCE turned into a TI"),
    WorksKind.TI_WORKS.value: Words("Travaux de TI", "Works on a TI"),
    WorksKind.COURT_NOT_TOLD.value: Words("Juridiction, sorte non précisée", "Court, kind not told"),
    WorksKind.EPES.value: Words("Établissement pénitentiaire (EPES)", "Prison (EPES)"),
    WorksKind.ONE_STOP_CENTRE.value: Words("One-stop center", "One-stop center"),
    WorksKind.CNDH_ANTENNA.value: Words("Antenne de la CNDH", "CNDH antenna"),
    WorksKind.PEF.value: Words("Siège du PEF", "Seat of the PEF"),
    WorksKind.PEACE_INFRASTRUCTURE.value: Words("Infrastructures de paix", "Peace infrastructure"),
    WorksKind.COLLECTOR.value: Words("Collecteur de drainage", "Drainage collector"),
}
WORKS_TOLD = {
    "commissariat": WorksKind.COMMISSARIAT.value,
    "commissariat; brigade de gendarmerie": WorksKind.POLICE_OR_BRIGADE.value,
    "JPCE->TI": WorksKind.JPCE_TO_TI.value,
    "TI works": WorksKind.TI_WORKS.value,
    "juridiction": WorksKind.COURT_NOT_TOLD.value,
    "EPES": WorksKind.EPES.value,
    "one-stop center": WorksKind.ONE_STOP_CENTRE.value,
    "CNDH antenna": WorksKind.CNDH_ANTENNA.value,
    "PEF seat": WorksKind.PEF.value,
    "peace infrastructure (wells, boundary marking, transhumance corridors...)": (
        WorksKind.PEACE_INFRASTRUCTURE.value
    ),
    "collector (drainage collecteur)": WorksKind.COLLECTOR.value,
}
"""The table's words for what is built."""

WORKS_STATUSES = {
    "planned": Words("prévu", "planned"),
    "started in initiation phase": Words("commencé en phase d’initiation", "started in initiation phase"),
    "on-going project": Words("projet en cours", "project under way"),
}
ALIGNMENT_CONFIDENCES = words(
    high="forte|high",
    medium="moyenne|medium",
    low="faible|low",
    none="sans montant|no amount",
    joint="un montant pour plusieurs lignes|one amount for several rows",
)

WORKS_TABLE = DocumentTable(
    stem="planned_infrastructure",
    title=Words("Ouvrages prévus", "Planned works"),
    fields=(
        text("infra_id", "Code", "Code", required=True, once=True, longest=10),
        *place_fields("region"),
        NAME_IN_SOURCE,
        text("infra_type", "Ouvrage selon la table", "Works as told", required=True, longest=100),
        text(
            "kind",
            "Sorte d’ouvrage",
            "Kind of works",
            column="infra_type",
            required=True,
            choices=WORKS_KINDS,
            told_as=WORKS_TOLD,
            longest=24,
            filters=True,
        ),
        text("action", "Action (en anglais)", "Action", longest=200),
        text("status", "État", "Status", choices=WORKS_STATUSES, longest=60, filters=True),
        text("activity_id", "Activité", "Activity", longest=20, filters=True),
        text("product", "Produit", "Product", longest=10, filters=True),
        text("entities_un", "Entités des Nations Unies", "UN entities", longest=200),
        text("national_partner", "Partenaire national", "National partner", longest=200),
        *yearly_amounts(),
        text("raw_numbers", "Nombres du document", "Numbers of the document", longest=200),
        text("alignment", "Rapprochement des montants (en anglais)", "How amounts were matched"),
        text(
            "alignment_confidence",
            "Confiance dans ce rapprochement",
            "Confidence in the match",
            choices=ALIGNMENT_CONFIDENCES,
            longest=10,
            filters=True,
        ),
    ),
)
PLANNED_WORKS = layer_of(
    WORKS_TABLE,
    "planned_works",
    Words(
        "Ouvrages que le programme prévoit de construire, d’achever, de transformer ou d’équiper. Le "
        "document dit le cercle ou la région\u00a0: le point est à leur chef-lieu. Les lignes d’une même "
        "activité à confiance «\u00a0joint\u00a0» se partagent un montant\u00a0: comptez-le une fois. "
        "Sans lieu, la géométrie est nulle.",
        "Works the programme plans to build, finish, transform or equip. The document tells the cercle or "
        "the region: the point is at its seat. Rows of one activity with confidence “joint” share one "
        "amount: count it once. Without a place the geometry is null.",
    ),
    geometry=Geometry.POINT,
)

ACTIVITIES_TABLE = DocumentTable(
    stem="workplan_activities",
    title=Words("Activités du plan de travail", "Activities of the work plan"),
    fields=(
        text("activity_id", "Code", "Code", required=True, once=True, longest=20, filters=True),
        whole("result", "Résultat", "Result", required=True, filters=True),
        text("product", "Produit", "Product", required=True, longest=10, filters=True),
        text("activity_group", "Groupe d’activités", "Group of activities"),
        text("activity", "Activité", "Activity (in French)", required=True, longest=1000),
        text("entities_un", "Entités des Nations Unies", "UN entities", longest=200),
        text("national_partner", "Partenaire national", "National partner", longest=200),
        *yearly_amounts(),
        text("raw_numbers", "Nombres du document", "Numbers of the document", longest=200),
        text("alignment", "Rapprochement des montants (en anglais)", "How amounts were matched"),
    ),
)
WORKPLAN_ACTIVITIES = layer_of(
    ACTIVITIES_TABLE,
    "workplan_activities",
    Words(
        "Lignes chiffrées du plan de travail (section V), en dollars. Une case vide\u00a0: le document "
        "n’y écrit rien.",
        "Rows with amounts of the work plan (section V), in dollars. An empty cell: the document writes "
        "nothing.",
    ),
)

BUDGET_LINES = words(
    product="produit|product",
    technical_support="appui technique|technical support",
    result="résultat|result",
    grand_total_activities="total des activités|total of activities",
    management="gestion|management",
    grand_total_budget="total du budget|total of the budget",
    gms="GMS|GMS",
    levy="prélèvement|levy",
    grand_total="total général|grand total",
)
BUDGET_TABLE = DocumentTable(
    stem="workplan_budget",
    title=Words("Totaux du plan de travail", "Totals of the work plan"),
    fields=(
        text(
            "row_type",
            "Sorte de ligne",
            "Kind of line",
            required=True,
            choices=BUDGET_LINES,
            longest=30,
            filters=True,
        ),
        text("code", "Code", "Code", required=True, once=True, longest=10),
        whole("result", "Résultat", "Result", filters=True),
        text("label", "Libellé", "Label (in French)", longest=200),
        *yearly_amounts(),
    ),
)
WORKPLAN_BUDGET = layer_of(
    BUDGET_TABLE,
    "workplan_budget",
    Words(
        "Sous-totaux et totaux que le plan de travail énonce, en dollars, tels quels\u00a0: ils diffèrent "
        "parfois de la somme de leurs parties.",
        "Subtotals and totals that the work plan states, in dollars, as they stand: some differ from the "
        "sum of their parts.",
    ),
)
