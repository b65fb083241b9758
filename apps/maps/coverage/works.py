"""What planned works would change: who they bring within reach, work by work and area by area."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.coverage.figures import PlannedInstitution
from apps.maps.coverage import sentences as said
from apps.maps.programme.words import ACTIONS, CONFIDENCES
from apps.sources.models import Document
from layers.institutions import INSTITUTION_KINDS


@dataclass(frozen=True)
class WorkRow:
    """A planned work as the page lists it. `gained` is an interval of people, None without a place."""

    work: PlannedInstitution
    title: str
    action: str
    where: str
    gained: str | None
    confidence: str
    documents: list[str]


def work_rows(difference):
    """Return the works that count, those that bring most people first, then those without a place."""
    placed = sorted(difference.works, key=lambda gain: -gain.gained_high)
    elsewhere = difference.after.works_without_place or []
    titles = _titles([gain.work for gain in placed] + elsewhere)
    rows = [_row(each.work, said.interval(each.gained_low, each.gained_high), titles) for each in placed]
    return rows + [_row(work, None, titles) for work in elsewhere]


def _row(work, gained, titles):
    return WorkRow(
        work=work,
        title=work_title(work),
        where=_where(work),
        gained=gained,
        action=", ".join(str(ACTIONS.get(action, action)) for action in work.action.split("; ")),
        confidence=CONFIDENCES.get(work.alignment_confidence, ""),
        documents=[titles[key] for key in work.documents if key in titles],
    )


def _where(work):
    place = work.place or _("zones cibles")
    if work.longitude is None:
        return _("%(place)s : sans lieu dit") % {"place": place}
    told = said.place_told(work)
    return _("%(place)s (%(told)s)") % {"place": place, "told": told} if told else place


def work_title(work):
    """Return the kind of institution that stands once the work is done, in the words of the layer."""
    return INSTITUTION_KINDS[work.kind].in_language(get_language())


def _titles(works):
    """Return {key: « title (publisher, date) »} of the documents that tell of these works."""
    keys = {key for work in works for key in work.documents}
    title = f"title_{get_language()}"
    return {
        document.key: f"{getattr(document, title)} ({document.publisher}, {document.date_told})"
        for document in Document.objects.filter(key__in=keys)
    }


def areas_gaining(rows):
    """Return (row, by which works) of the areas where somebody is brought within reach, the most first."""
    gaining = [row for row in rows if row.gain and row.gain.gained_high]
    gaining.sort(key=lambda row: -row.gain.gained_high)
    return [(row, _(" ; ").join(_brought(each) for each in row.gain.works)) for row in gaining]


def _brought(gain):
    return _("%(title)s, %(place)s : %(people)s") % {
        "title": work_title(gain.work),
        "place": gain.work.place,
        "people": said.interval(gain.gained_low, gain.gained_high),
    }
