"""What /programme/ shows: the money, the works, the 21 cercles, and what the document leaves open."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from apps.boundaries.models import Edition
from apps.maps.programme import documents, timeline
from apps.maps.programme.acronyms import unfolder
from apps.maps.programme.budget_chart import budget_chart, money_parts
from apps.maps.programme.footnotes import Footnotes
from apps.maps.programme.told_places import sheet_url
from apps.maps.programme.words import BASES, LINES
from apps.maps.small_map import country_map
from apps.maps.targets import adoption_line
from apps.programme import figures
from apps.programme.models import YEARS, TargetingRule
from apps.projects.models import Funding, Project
from apps.targeting.models import Adoption
from layers.programme.workplan import WORKS_KINDS

LEFT_OUT_OF_THE_REDUCED_PLAN = 4
"""21 cercles less 17 (annex 4)."""

INITIATION_RULE = "P1"


def overview_context():
    """Return what templates/maps/programme/overview.html needs."""
    lines = figures.work_plan()
    works, targets = figures.works(), figures.targets()
    adoption = Adoption.objects.in_force()
    return {
        "document": _document(targets),
        "adoption_line": adoption and adoption_line(adoption),
        "acronyms": unfolder(),
        "years": YEARS,
        **money(lines),
        **works_told(works, targets),
        **targets_told(targets, works),
        "doubts": doubts(works, targets),
    }


def _document(targets):
    found = documents.of_rows(targets[:1], documents.cited())
    return found[0] if found else None


def money(lines):
    """Return the money by result, product and year, the chart of it, and what is found already."""
    by_code = {line.code: line for line in lines}
    if not by_code:
        return {"total": None, "allocated": allocated_usd(), "to_mobilise": None, "lines": []}
    total, allocated, titles = by_code["GT"].total, allocated_usd(), figures.titles()
    return {
        "total": total,
        "allocated": allocated,
        "to_mobilise": None if allocated is None else total - allocated,
        "lines": [_line_told(line, by_code, titles) for line in lines],
        "chart": budget_chart(money_parts(figures.activities_by_result(), by_code)),
    }


def allocated_usd():
    """Return the dollars of the resources that the document lists as allocated; None where none is loaded."""
    lines = Funding.objects.filter(project__register=Project.Register.RESOURCES, currency="USD")
    usd = lines.aggregate(usd=Sum("amount"))["usd"]
    return None if usd is None else int(usd)


def _line_told(line, by_code, titles):
    title = str(LINES[line.row_type]).format(code=line.code)
    largest = max(each.total for each in by_code.values() if each.row_type == "product")
    return {
        "title": title,
        "code": line.code,
        "row_type": line.row_type,
        "about": titles.get(line.code, ""),
        "stated": line.stated,
        "bar": round(100 * line.total / largest, 1) if line.row_type == "product" else None,
        "basis": BASES.get(line.row_type),
        "parts_total": line.parts[-1] if line.parts else None,
        "differences": line.differences,
        "years_differ_by": line.years_differ_by,
    }


def works_told(works, targets):
    """Return the works by kind and on the time line, and those that the document gives no money."""
    words = timeline.words_of(WORKS_KINDS)
    footnotes = Footnotes()
    kinds = figures.works_by_kind(works)
    return {
        "works": works,
        "kinds": [(words[each.kind], timeline.SIGNS.get(each.kind), each) for each in kinds],
        "cercle_usd": figures.usd_at_cercles(works),
        "courts_usd": figures.usd_at_cercles(works, figures.COURTS),
        "works_usd": figures.usd_of(works),
        "groups": timeline.groups(works, targets, footnotes),
        "works_doubts": footnotes.notes,
        "without_money": [(words[work.kind], work.place) for work in works if not figures.has_money(work)],
        "shades": timeline.SHADES_FROM_USD,
    }


def targets_told(targets, works):
    """Return the target cercles, each with its works, and a map of them."""
    footnotes = Footnotes()
    rows = figures.works_of_targets(targets, works)
    edition = Edition.objects.filter(is_active=True).select_related("load").first()
    chosen = {target.area.pcode for target in targets if target.area}
    words = timeline.words_of(WORKS_KINDS)
    return {
        "targets": [
            {
                "target": target,
                "url": sheet_url(target.area) if target.area else None,
                "phase": phase_told(target),
                "works": [words[work.kind] for work in of_cercle],
                "usd": usd,
                "doubt": footnotes.number(target.note),
            }
            for target, of_cercle, usd in rows
        ],
        "told": figures.targets_told(targets),
        "targets_doubts": footnotes.notes,
        "without_works": [target for target, of_cercle, _usd in rows if not of_cercle],
        "edition": edition,
        "map": country_map(edition, chosen) if edition and chosen else None,
    }


def phase_told(target):
    """Return in which phase the cercle is, as far as the document tells."""
    if target.initiation_phase_cercle:
        return _("initiation")
    if target.initiation_phase_region:
        return _("initiation ou extension")
    return _("extension")


def doubts(works, targets):
    """Return the numbers of what the document does not say, or says twice."""
    told = figures.targets_told(targets)
    aimed = figures.communes_aimed_at()
    full, reduced = max(aimed.values(), default=None), min(aimed.values(), default=None)
    return {
        "communes": told.communes,
        "communes_aimed_at": full,
        "communes_reduced": reduced,
        "left_out": LEFT_OUT_OF_THE_REDUCED_PLAN,
        "gone": [_ways(targets, total - reduced) for total in (told.communes, full)] if aimed else [],
        "in_initiation_regions": told.in_initiation_regions,
        "initiation_rule": TargetingRule.objects.filter(criterion_id=INITIATION_RULE).first(),
        "largest": figures.largest_activity(),
        "unsure": [work for work in works if work.alignment_confidence in ("medium", "low")],
    }


def _ways(targets, communes_gone):
    """Return (communes that go, in how many ways four cercles of the table sum to them)."""
    communes = [target.communes for target in targets]
    number = LEFT_OUT_OF_THE_REDUCED_PLAN
    return communes_gone, figures.ways_to_leave_out(communes, number, communes_gone)
