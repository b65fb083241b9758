"""What an address of the comparison asks: which series, where, over which months."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from apps.boundaries.models import Area
from apps.events.asked import newest
from apps.events.comparison import common_span, series_loaded


@dataclass(frozen=True)
class Question:
    series: str
    category: str
    loaded: list
    """(series, category) pairs that can be asked."""
    cercle: Area | None
    since: date | None
    until: date | None

    @property
    def query(self):
        """Return what an address says to ask the same."""
        told = {
            "serie": f"{self.series}-{self.category}",
            "cercle": self.cercle.pcode if self.cercle else "",
            "depuis": f"{self.since:%Y-%m}" if self.since else "",
            "jusqua": f"{self.until:%Y-%m}" if self.until else "",
        }
        return {name: value for name, value in told.items() if value}


def question(parameters):
    """Return what is asked, and what of it could not be understood; None while no series is loaded."""
    loaded = series_loaded()
    if not loaded:
        return None, []
    wrong = []
    series, _, category = parameters.get("serie", "").partition("-")
    if (series, category) not in loaded:
        if parameters.get("serie"):
            wrong.append("serie")
        series, category = loaded[0]
    span = common_span(series, category, newest().counted_source)
    since, until = (_month(parameters, name, wrong) for name in ("depuis", "jusqua"))
    if span:
        since, until = _kept(since, span, span[0]), _kept(until, span, span[1])
    if since and until and since > until:
        since, until = until, since
    return Question(series, category, loaded, _cercle(parameters), since, until), wrong


def _month(parameters, name, wrong):
    text = parameters.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        wrong.append(name)
        return None


def _kept(month, span, otherwise):
    return min(max(month, span[0]), span[1]) if month else otherwise


def _cercle(parameters):
    pcode = parameters.get("cercle", "")
    if not pcode:
        return None
    cercle = Area.objects.cercles().select_related("parent").defer("boundary").filter(pcode=pcode).first()
    if cercle is None:
        raise Http404(f"no cercle {pcode} in this edition")
    return cercle
