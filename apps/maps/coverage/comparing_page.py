"""What templates/maps/coverage/comparing.html shows: one question answered twice, side against side."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError

from apps.boundaries.models import Area
from apps.coverage.figures import AreaCoverage, coverage
from apps.coverage.questions import CoverageQuestion, question
from apps.maps import formats
from apps.maps.coverage import sentences as said
from apps.maps.coverage.page import figures, title
from apps.maps.coverage.questions import reasons
from apps.maps.coverage.rows import rows_of
from apps.maps.questions import WrongParameter

OTHERS = ("works", "day")
"""What differs from one side to the other: the planned works, unless the question says the day."""


@dataclass(frozen=True)
class Comparison:
    left: CoverageQuestion
    right: CoverageQuestion
    other: str

    def told(self, side):
        """Return what this side is, in a few words."""
        if self.other == "day":
            return _("au %(day)s") % {"day": formats.day(side.day)}
        return _("avec les ouvrages prévus") if side.with_works else _("sans les ouvrages prévus")

    def as_parameters(self):
        told = self.left.as_parameters() | {"other": self.other}
        return told | {"other_day": self.right.day.isoformat()} if self.other == "day" else told


@dataclass(frozen=True)
class ComparedRow:
    left: AreaCoverage
    right: AreaCoverage

    @property
    def shares(self):
        return [said.share(each.share_beyond_low, each.share_beyond_high) for each in (self.left, self.right)]

    @property
    def change(self):
        """Return how many more, or fewer, are beyond reach on the right, both ends of the interval."""
        if self.left.people_placed is None or self.right.people_placed is None:
            return None
        return said.interval(
            *sorted(
                (self.right.beyond_low - self.left.beyond_low, self.right.beyond_high - self.left.beyond_high)
            ),
            told=signed,
        )


def comparison(parameters):
    """Return the `Comparison` that these query parameters (a QueryDict) ask; raises WrongParameter."""
    asked = parameters.copy()
    other, day = ((asked.pop(name, None) or [""])[-1] for name in ("other", "other_day"))
    try:
        left = question(asked, today=timezone.localdate())
    except ValidationError as error:
        raise WrongParameter(" ".join(reasons(error.detail))) from error
    other = other or OTHERS[0]
    if other not in OTHERS:
        raise WrongParameter(_("Dites ce qui diffère : les ouvrages ou le jour."))
    if other == "works":
        return Comparison(left.leaving_works_out(), left.including_works(), other)
    other_day = _day(day)
    if other_day is None:
        raise WrongParameter(_("Le second jour n’est pas une date : attendu année-mois-jour."))
    return Comparison(left, replace(left, day=other_day), other)


def _day(text):
    try:
        return parse_date(text)
    except ValueError:
        return None


def comparing_context(user, asked):
    """Return what the template needs to answer a `Comparison`."""
    left, right = (coverage(each, reader=user) for each in (asked.left, asked.right))
    rows = [ComparedRow(*pair) for pair in zip(left.areas, right.areas, strict=True)]
    return {
        "left": asked.told(asked.left),
        "right": asked.told(asked.right),
        "what": title(replace(asked.left, with_works=False)),
        "rows": sorted(
            rows, key=lambda row: -abs(row.right.beyond_high - row.left.beyond_high) if row.change else 0
        ),
        "country": ComparedRow(left.country, right.country),
        "is_simulated": left.is_simulated,
        "edition": left.edition,
        "back_url": f"{reverse('coverage')}?{urlencode(asked.left.as_parameters())}",
        "compared": {
            "told": [asked.told(each) for each in (asked.left, asked.right)],
            "figures": _drawn(right),
        },
    }


def _drawn(answer):
    regions = dict.fromkeys(Area.objects.cercles().values_list("pcode", flat=True), ("", ""))
    return figures(answer, rows_of(answer.areas, answer.question.level, regions), None)


def signed(number):
    """Return +12, −12 or 0."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{formats.number(abs(number))}"
