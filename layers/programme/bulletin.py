"""The bulletin of June 2017: three funds by region and by sector, and the projects it names."""

from layers.declaration import Words
from layers.programme.declaring import (
    NAME_IN_SOURCE,
    DocumentTable,
    layer_of,
    number,
    place_fields,
    text,
    words,
)

BULLETIN_ROWS = words(
    fund_total="total d’un fonds|total of a fund",
    region_count="nombre par région|count by region",
    sector_share="part d’un secteur|share of a sector",
    region_share="part d’une région|share of a region",
    objective_share="part d’un objectif|share of an objective",
    project_share="part d’un projet|share of a project",
    project="projet nommé|named project",
    project_joint_cost="coût de plusieurs projets|cost of several projects",
    contribution="contribution|contribution",
    needs_assessment="évaluation des besoins|needs assessment",
    plan_coverage="couverture du plan|coverage of the plan",
)
FUNDS = words(
    QIP="QIP (projets à impact rapide)|QIP (quick-impact projects)",
    TF="TF (fonds fiduciaire)|TF (trust fund)",
    PBF="PBF (consolidation de la paix)|PBF (peacebuilding)",
)

BULLETIN_TABLE = DocumentTable(
    stem="stabilisation_projects_2017",
    title=Words("Bulletin de juin 2017", "Bulletin of June 2017"),
    fields=(
        text("row_id", "Code", "Code", required=True, once=True, longest=10),
        text(
            "row_type",
            "Sorte de ligne",
            "Kind of row",
            required=True,
            choices=BULLETIN_ROWS,
            longest=30,
            filters=True,
        ),
        text("fund", "Fonds", "Fund", choices=FUNDS, longest=10, filters=True),
        text("title", "Titre", "Title (in French)", required=True),
        *place_fields("region"),
        NAME_IN_SOURCE,
        text("sector", "Secteur", "Sector (in French)", longest=100, filters=True),
        number("value", "Valeur", "Value"),
        text("unit", "Unité (en anglais)", "Unit", longest=40),
        number("cost_usd", "Coût (USD)", "Cost (USD)"),
        text("date", "Date", "Date", longest=40),
        number("duration_months", "Durée (mois)", "Duration (months)"),
        text("sponsor", "Porteur", "Sponsor", longest=200),
        text("partner", "Partenaire", "Partner", longest=200),
        text("donor", "Donateur", "Donor", longest=200),
        text("beneficiaries", "Bénéficiaires (en anglais)", "Beneficiaries"),
        text("raw_numbers", "Nombres du document", "Numbers of the document"),
    ),
)
BULLETIN = layer_of(
    BULLETIN_TABLE,
    "bulletin_2017",
    Words(
        "Comptes, parts, contributions et projets nommés des fonds QIP, TF et PBF en juin 2017. Des parts "
        "sont sans lieu\u00a0: le bulletin imprime leurs légendes à part.",
        "Counts, shares, contributions and named projects of the QIP, TF and PBF funds in June 2017. Some "
        "shares have no place: the bulletin prints their labels apart.",
    ),
)
