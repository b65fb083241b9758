"""The projects that the documents list or mention, one donor line a row; `layers.projects` serves them."""

from layers.declaration import Words
from layers.programme.declaring import DocumentTable, number, text, whole, words

RECORD_TYPES = words(
    annex1_project="projet de l’annexe 1|project of annex 1",
    allocated_resource="ressource allouée|allocated resource",
    allocated_total="total alloué|allocated total",
    to_mobilise="à mobiliser|to mobilise",
    required_total="total requis|required total",
    mentioned_in_text="cité dans le texte|mentioned in the text",
)

PROJECTS_TABLE = DocumentTable(
    stem="ongoing_projects",
    title=Words("Projets en cours selon les documents", "Projects under way as told"),
    fields=(
        text("project_id", "Code", "Code", required=True, longest=20),
        text("record_type", "Sorte de ligne", "Kind of row", required=True, choices=RECORD_TYPES, longest=30),
        text("output_code", "Code du produit", "Output code", longest=20),
        whole("funding_line", "Ligne de financement", "Funding line"),
        text("title", "Titre", "Title", required=True, longest=500),
        text("implementers", "Mise en œuvre", "Implementers", longest=400),
        text("donor", "Donateur", "Donor", longest=200),
        number("budget_amount", "Montant", "Amount"),
        text("budget_currency", "Monnaie", "Currency", longest=3),
        text("budget_text", "Montant selon le document", "Amount as told", longest=200),
        whole("start_year", "Début", "Start"),
        whole("end_year", "Fin", "End"),
        whole("result_area", "Résultat", "Result"),
        text("regions", "Régions", "Regions"),
        text("cercles", "Cercles", "Cercles"),
        text("localities", "Localités", "Localities"),
        text("zones", "Zones", "Zones"),
        text("themes_en", "Thèmes (en anglais)", "Themes"),
    ),
)
