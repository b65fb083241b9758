"""The planned works as lines of place x year, an amount shared by several places told once."""

from dataclasses import dataclass

from django.utils.translation import get_language

from apps.maps.programme.told_places import linked
from apps.maps.programme.words import CONFIDENCES, STATES, actions_told
from apps.maps.signs import SHIELD
from apps.programme import figures
from apps.programme.figures import JOINT, at_cercles, has_money
from geo.vocabulary import WorksKind
from layers.programme.workplan import WORKS_KINDS

SIGNS = {
    WorksKind.COMMISSARIAT: SHIELD,
    WorksKind.POLICE_OR_BRIGADE: SHIELD,
    WorksKind.JPCE_TO_TI: "sign-scales",
    WorksKind.TI_WORKS: "sign-scales",
    WorksKind.COURT_NOT_TOLD: "sign-scales",
    WorksKind.EPES: "sign-bars",
}
"""Kind -> symbol of templates/maps/_signs.html, drawn hollow: planned. The others have no sign."""

SHADES_FROM_USD = (1, 100_000, 250_000)
"""From how many dollars a year is shaded light, middle, dark. Our choice."""


def words_of(choices):
    """Return {code: its words in the language of this page}."""
    return {code: words.in_language(get_language()) for code, words in choices.items()}


@dataclass(frozen=True)
class WorksLine:
    """A line of the time line: one work, or several places that share one amount."""

    places: list
    kind: str
    sign: str | None
    actions: str
    state: str
    cells: list
    total: int | None
    confidence: str
    shared_by: int
    doubt: int | None


@dataclass(frozen=True)
class WorksGroup:
    """The lines told of cercles, of other places, or of no place."""

    key: str
    lines: list
    usd: int | None


def groups(works, targets, footnotes):
    """Return the lines of the works at cercles, at other places, and told of the target zones only."""
    order = {target.cercle_name: number for number, target in enumerate(targets)}
    of_cercles = sorted(at_cercles(works), key=lambda work: order.get(work.place, len(order)))
    elsewhere = [work for work in works if work.place and work.level != "cercle"]
    nowhere = [work for work in works if not work.place]
    return [
        WorksGroup(key, lines(rows, footnotes), figures.usd_of(rows))
        for key, rows in (("cercles", of_cercles), ("places", elsewhere), ("zones", nowhere))
    ]


def lines(works, footnotes):
    """Return one line for each work, and one for all works that share an amount."""
    return [_line(work, _sharing(work, works), footnotes) for work in figures.once(works)]


def _sharing(work, works):
    if work.alignment_confidence != JOINT:
        return [work]
    return [each for each in works if each.activity_id == work.activity_id]


def _line(work, sharing, footnotes):
    return WorksLine(
        places=[link for each in sharing for link in linked(each)],
        kind=words_of(WORKS_KINDS)[work.kind],
        sign=SIGNS.get(work.kind),
        actions=actions_told(work.action),
        state=STATES.get(work.status, work.status),
        cells=[(usd or None, shade(usd)) for usd in work.usd_by_year] if has_money(work) else None,
        total=work.usd_total if has_money(work) else None,
        confidence=CONFIDENCES[work.alignment_confidence],
        shared_by=len(sharing),
        doubt=footnotes.number(work.note),
    )


def shade(usd):
    """
    Return how dark a year is drawn: 0 without money, then 1 to 3.

    >>> [shade(usd) for usd in (None, 0, 25_000, 100_000, 335_000)]
    [0, 0, 1, 2, 3]
    """
    return sum((usd or 0) >= least for least in SHADES_FROM_USD)
