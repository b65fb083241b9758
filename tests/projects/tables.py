"""Tables of documents small enough to check by hand, about the small country."""

COLUMNS = {
    "ongoing_projects": (
        "project_id record_type output_code funding_line title implementers donor budget_amount "
        "budget_currency budget_text start_year end_year result_area regions cercles localities zones "
        "themes_en source_passage note"
    ),
    "stabilisation_projects_2017": (
        "row_id row_type fund title place name_in_source level region sector value unit cost_usd date "
        "duration_months sponsor partner donor beneficiaries raw_numbers source_passage note"
    ),
    "workplan_activities": (
        "activity_id result product activity_group activity entities_un national_partner usd_2021 usd_2022 "
        "usd_2023 usd_2024 usd_2025 usd_total usd_sum_years diff_total_minus_sum raw_numbers alignment "
        "source_passage note"
    ),
    "planned_infrastructure": (
        "infra_id place name_in_source level region infra_type action status activity_id product entities_un "
        "national_partner usd_2021 usd_2022 usd_2023 usd_2024 usd_2025 usd_total sum_check raw_numbers "
        "alignment alignment_confidence source_passage note"
    ),
}


def row(table, **told):
    """Return a row of this table: empty where not told."""
    return dict.fromkeys(COLUMNS[table].split(), "") | {"documents": ["document.txt"]} | told


def project(project_id, **told):
    """Return a line of annex 1."""
    about = {"record_type": "annex1_project", "title": f"Projet {project_id}"}
    return row("ongoing_projects", project_id=project_id, **about | told)


def tables(*projects, bulletin=(), activities=(), works=()):
    return {
        "ongoing_projects": list(projects),
        "stabilisation_projects_2017": list(bulletin),
        "workplan_activities": list(activities),
        "planned_infrastructure": list(works),
    }
