"""What the pages of institutions show."""

from collections import Counter

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import get_language

from apps.boundaries.models import Area, Settlement
from apps.infrastructure.completeness import TOLD_KINDS
from apps.infrastructure.history import history_of
from apps.infrastructure.models import Institution, RegisterCompleteness, SamePlace, StatusReport
from apps.maps.institutions.changes_told import FIELDS, told_changes
from apps.maps.institutions.timeline import timeline
from apps.maps.signs import sign_of
from apps.maps.small_map import small_map
from apps.sources.models import Document, Load
from geo.vocabulary import SettlementClass
from layers.institutions import (
    COMPLETENESS,
    INSTITUTION_FAMILIES,
    INSTITUTION_KINDS,
    INSTITUTION_STATUSES,
    PLACES_TOLD,
)

ROWS_A_PAGE = 100


def words(table, code):
    """Return the words of a coded value in the reader's language."""
    return table[code].in_language(get_language())


def row(institution):
    """Return an institution as a table shows it."""
    return {
        "institution": institution,
        "kind": words(INSTITUTION_KINDS, institution.kind),
        "status": words(INSTITUTION_STATUSES, institution.status),
        "sign": sign_of(institution.kind, institution.status, institution.place_told),
        "place_told": words(PLACES_TOLD, institution.place_told),
    }


def register_context(asked, page):
    """Return the register that these filters ask for, counted by kind and status, one page of its rows."""
    rows = Institution.objects.counted()
    columns = {"cercle": "cercle__pcode"}
    for name, value in asked.items():
        rows = rows.filter(**{columns.get(name, name): value}) if value else rows
    counts = Counter(rows.order_by().values_list("kind", "status"))
    listed = (
        rows.with_latest_report()
        .select_related("cercle__parent", "commune")
        .defer("cercle__boundary", "cercle__parent__boundary", "commune__boundary")
    )
    paginator = Paginator(listed.order_by("cercle__name", "kind", "name", "pk"), ROWS_A_PAGE)
    paginator.count = sum(counts.values())
    shown = paginator.get_page(page)
    return {
        "total": Institution.objects.counted().count(),
        "loads": Load.objects.in_use().of_kind(Load.Kind.INSTITUTIONS),
        "count": paginator.count,
        "page": shown,
        "rows": [row(institution) for institution in shown],
        **_by_kind(counts),
    }


def _by_kind(counts):
    """Return the statuses met and, kind by kind, how many have each."""
    statuses = [each for each in INSTITUTION_STATUSES if any(status == each for _, status in counts)]
    kinds = [each for each in INSTITUTION_KINDS if any(kind == each for kind, _ in counts)]
    return {
        "statuses": [words(INSTITUTION_STATUSES, status) for status in statuses],
        "kinds": [
            {
                "kind": words(INSTITUTION_KINDS, kind),
                "counts": [counts[kind, status] for status in statuses],
                "total": sum(counts[kind, status] for status in statuses),
            }
            for kind in kinds
        ],
    }


def institution_context(institution, *, keeps):
    """Return what templates/maps/institutions/institution.html shows; the history for data keepers."""
    reports = StatusReport.objects.about(institution).latest_first().select_related("fact")
    facts = list(institution.facts.all())
    documents = Document.objects.in_bulk([key for fact in facts for key in fact.documents])
    return {
        **row(institution),
        "family": words(INSTITUTION_FAMILIES, institution.family),
        "reports": [{"report": each, "status": words(INSTITUTION_STATUSES, each.status)} for each in reports],
        "facts": [(fact, [documents[key] for key in fact.documents if key in documents]) for fact in facts],
        "timeline": timeline(reports, today=timezone.localdate()),
        "others": [row(each) for each in institution.others.all()],
        "corrected": [FIELDS[name] for name in institution.corrected],
        "map": small_map(institution.cercle, points=_points(institution)) if institution.cercle else None,
        "changes": told_changes(history_of(institution.pk)) if keeps else None,
    }


def _points(institution):
    """Return what stands on the small map: the seat of the cercle, and the institution over it."""
    seats = Settlement.objects.in_area(institution.cercle).filter(
        settlement_class__lte=SettlementClass.CERCLE_SEAT
    )
    sign = sign_of(institution.kind, institution.status, institution.place_told)
    return [*((seat.location, {"name": seat.name}) for seat in seats), (institution.location, {"sign": sign})]


def same_places_context():
    """Return the pairs that wait and those decided, each side as a table shows it."""
    pairs = SamePlace.objects.select_related(
        "kept__cercle", "kept__commune", "other__cercle", "other__commune", "decided_by"
    ).defer(
        "kept__cercle__boundary",
        "kept__commune__boundary",
        "other__cercle__boundary",
        "other__commune__boundary",
    )
    told = [{"pair": pair, "kept": row(pair.kept), "other": row(pair.other)} for pair in pairs]
    waiting = [each for each in told if each["pair"].state == SamePlace.State.PROPOSED]
    return {
        "waiting": waiting,
        "decided": sorted(
            (each for each in told if each not in waiting),
            key=lambda each: each["pair"].decided_at,
            reverse=True,
        ),
    }


def completeness_context():
    """Return what is judged of the register as a table of cercles by kinds, and each judgement's basis."""
    judged = list(RegisterCompleteness.objects.select_related("cercle").defer("cercle__boundary"))
    states = {(each.cercle_id, each.kind): words(COMPLETENESS, each.state) for each in judged}
    cercles = Area.objects.cercles().select_related("parent").defer("boundary", "parent__boundary")
    return {
        "kinds": [words(INSTITUTION_KINDS, kind) for kind in TOLD_KINDS],
        "rows": [
            (cercle, [states.get((cercle.pk, kind)) for kind in TOLD_KINDS])
            for cercle in cercles.order_by("parent__name", "name")
        ],
        "judged": [
            (each, words(INSTITUTION_KINDS, each.kind), words(COMPLETENESS, each.state)) for each in judged
        ],
    }
