"""What the address of /couverture/ asks: the question of coverage, and how its answer is shown."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError

from apps.coverage.questions import CoverageQuestion
from apps.coverage.questions import question as coverage_question
from apps.maps.questions import WrongParameter

BOUNDS = ("high", "low")
ORDERS = ("name", "people", "beyond", "share", "register", "gained")
OF_THE_PAGE = ("bound", "sort", "region", "area")


@dataclass(frozen=True)
class PageQuestion:
    """`region` and `area` are P-codes; `bound` is the end of the interval that the map shows."""

    asked: CoverageQuestion
    bound: str
    sort: str
    region: str
    area: str

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")


def page_question(parameters):
    """Return what these query parameters (a QueryDict) ask; raises WrongParameter."""
    asked = parameters.copy()
    shown = {name: (asked.pop(name, None) or [""])[-1] for name in OF_THE_PAGE}
    try:
        question = coverage_question(asked, today=timezone.localdate())
    except ValidationError as error:
        raise WrongParameter(" ".join(reasons(error.detail))) from error
    return PageQuestion(
        asked=question,
        bound=_one_of("bound", shown["bound"] or BOUNDS[0], BOUNDS),
        sort=_order(shown["sort"] or "-beyond"),
        region=shown["region"],
        area=shown["area"],
    )


def reasons(detail):
    """Yield each reason of a refusal, with the parameter it is about."""
    if not isinstance(detail, dict):
        yield from (str(reason) for reason in detail)
        return
    for name, reasons in detail.items():
        for reason in reasons:
            yield _("%(name)s : %(reason)s") % {"name": name, "reason": reason}


def _order(value):
    _one_of("sort", value.removeprefix("-"), ORDERS)
    return value


def _one_of(name, value, known):
    if value not in known:
        raise WrongParameter(
            _("L’adresse demande %(name)s = « %(value)s », qui n’existe pas. Valeurs possibles : %(known)s.")
            % {"name": name, "value": value[:40], "known": ", ".join(known)}
        )
    return value
