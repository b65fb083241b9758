"""The facts that the programme's documents tell of services, and the facilities they name."""

from django.db import transaction

from apps.boundaries.placing import place_again
from apps.boundaries.told_places import tie_to_edition
from apps.infrastructure import facilities, registers, same_places
from apps.infrastructure.changes import changed
from apps.infrastructure.models import Fact, Institution, StatusReport
from apps.infrastructure.statuses import refresh_statuses
from apps.sources import services as sources
from apps.sources.history import because
from geo.vocabulary import InstitutionStatus, PlaceTold

DOCUMENTS_REGISTER = "Documents du programme"
"""The register of the facilities that the programme's documents name."""

FACT_FIELDS = (
    *("row", "documents", "source_passage", "note"),
    *("place", "name_in_source", "level", "parent_told"),
    *("infra_type", "status", "count", "count_out_of", "as_of", "fact_kind", "holder"),
)
LAYERS = ("institution_facts", "peace_mechanisms")


@transaction.atomic
def save_facts(tables, load):
    """Write what the documents say of services, and the facilities they name; return what to tell."""
    with because(f"chargement {load.pk}"):
        records = tables["existing_infrastructure_status"]
        Fact.objects.bulk_create(_fact(record, load) for record in records)
        said = follow_facts(load)
        Fact.objects.exclude(load=load).delete()
    sources.touch(*LAYERS)
    changed()
    return said


def _fact(record, load):
    told = {name: record[name] for name in FACT_FIELDS}
    return Fact(load=load, mechanism=facilities.MECHANISMS.get(record["infra_type"], ""), **told)


def follow_facts(load):
    """Place the facts in the active edition and make the facilities they name; return what to tell."""
    unplaced = [fact for fact in tie_to_edition(Fact, regions_at_seat=True) if fact.load_id == load.pk]
    named = _facilities(Fact.objects.filter(load=load))
    told = {source_id: _told_by(facts) for source_id, facts in named.items()}
    kept = registers.write(list(told.values()), load, DOCUMENTS_REGISTER)
    place_again(Institution.objects.filter(register=DOCUMENTS_REGISTER))
    doubts = _report_again(named)
    same_places.propose()
    without = [each.name for each in told.values() if each.location is None]
    return [*_facts_told(unplaced, without), *doubts, *filter(None, [registers.kept_told(kept)])]


def _facilities(facts):
    """Return the facts that name a facility, by the facility's identifier in our register."""
    named = {}
    for fact in facts:
        kind = facilities.kind_of(fact)
        if kind and fact.place:
            named.setdefault(facilities.source_id(fact, kind), []).append(fact)
    return named


def _told_by(facts):
    """Return the facility that these facts name; the first that has a point says where it is."""
    first = facts[0]
    placed = next((fact for fact in facts if fact.location), None)
    kind = facilities.kind_of(first)
    return registers.Told(
        source_id=facilities.source_id(first, kind),
        kind=kind,
        name=facilities.name_of(first),
        location=placed and placed.location,
        place_told=placed and PlaceTold(placed.place_told),
    )


def _report_again(named):
    """Write the documents' dated statuses over those of the former load; return the doubts."""
    facts = _tied(named)
    former = {(each.institution_id, each.as_of, each.words): each for each in _reports_of_documents()}
    new, again = [], []
    for report in filter(None, map(_report, facts)):
        known = former.pop((report.institution_id, report.as_of, report.words), None)
        if known is None:
            new.append(report)
        else:
            known.fact, known.status, known.as_of_told = report.fact, report.status, report.as_of_told
            again.append(known)
    StatusReport.objects.bulk_create(new)
    StatusReport.objects.bulk_update(again, ["fact", "status", "as_of_told"])
    StatusReport.objects.filter(pk__in=[report.pk for report in former.values()]).delete()
    refresh_statuses(Institution.objects.filter(register=DOCUMENTS_REGISTER))
    return [doubt for fact in facts for doubt in _doubts(fact)]


def _tied(named):
    """Return the facts whose facility stands on the register, tied to it."""
    institutions = {row.source_id: row for row in Institution.objects.filter(register=DOCUMENTS_REGISTER)}
    facts = [fact for source_id, facts in named.items() if source_id in institutions for fact in facts]
    for fact in facts:
        fact.institution = institutions[facilities.source_id(fact, facilities.kind_of(fact))]
    Fact.objects.bulk_update(facts, ["institution"])
    return facts


def _reports_of_documents():
    return StatusReport.objects.filter(institution__register=DOCUMENTS_REGISTER, fact__isnull=False)


def _report(fact):
    """Return the dated status that a fact tells; None when it has no date that can be read."""
    as_of = facilities.first_day(fact.as_of)
    if as_of is None:
        return None
    holder = f" ({fact.holder})" if fact.holder and fact.holder not in fact.status else ""
    return StatusReport(
        institution=fact.institution,
        status=facilities.status_of(fact.status) or InstitutionStatus.UNKNOWN,
        as_of=as_of,
        as_of_told=fact.as_of,
        words=f"{fact.status}{holder}",
        fact=fact,
    )


def _doubts(fact):
    if facilities.status_of(fact.status) is None:
        yield f"Status not in the table, taken for unknown: « {fact.status} » (line {fact.row})."
    if facilities.first_day(fact.as_of) is None:
        yield f"No day can be read, no dated status made: « {fact.as_of} » (line {fact.row})."


def _facts_told(unplaced, without):
    if unplaced:
        yield "No area of this edition: " + ", ".join(sorted({fact.place for fact in unplaced})) + "."
    if without:
        yield f"{len(without)} facilities have no point and stay facts: {', '.join(sorted(without))}."


@transaction.atomic
def follow_edition():
    """Place the facts and the facilities they name in the edition that is now active."""
    latest = Fact.objects.select_related("load").first()
    if latest:
        follow_facts(latest.load)
        sources.touch(*LAYERS)
