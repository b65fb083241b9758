"""What the address of the list of projects asks: register, donor, result, place, words."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.maps.questions import WrongParameter
from apps.projects.models import Funding, Project
from geo.vocabulary import Level

RESULTS = ("1", "2", "3", "4")
TOLD_OR_NOT = ("oui", "non")
WORDS_IN = ("title", "implementers", "themes", "sector", "code", "note")
"""Where free words are looked for, beside the donors."""


@dataclass(frozen=True)
class ProjectsQuestion:
    """What a reader asks of the list; "" and None ask nothing. `place` is "oui", "non" or ""."""

    register: str = ""
    donor: str = ""
    result: str = ""
    area: Area | None = None
    place: str = ""
    words: str = ""

    def matching(self):
        """Return the projects asked for."""
        found = Project.objects.all()
        if self.register:
            found = found.filter(register=self.register)
        if self.result:
            found = found.filter(result_area=self.result)
        if self.donor:
            found = found.filter(pk__in=paid_by(self.donor))
        if self.place:
            found = found.with_presence() if self.place == "oui" else found.without_presence()
        if self.area:
            found = found.in_area(self.area)
        for word in self.words.split():
            in_text = Q(*((f"{name}__icontains", word) for name in WORDS_IN), _connector=Q.OR)
            found = found.filter(in_text | Q(pk__in=paid_by(word)))
        return found


def paid_by(donor):
    """Return the projects of donors whose name holds these letters."""
    return Funding.objects.filter(donor__icontains=donor).values("project")


def projects_question(parameters):
    """Return what these query parameters ask; raises WrongParameter."""
    return ProjectsQuestion(
        register=_one_of(parameters, "registre", Project.Register.values),
        donor=parameters.get("donateur", "").strip(),
        result=_one_of(parameters, "resultat", RESULTS),
        area=_area(parameters.get("lieu", "")),
        place=_one_of(parameters, "dit", TOLD_OR_NOT),
        words=parameters.get("q", "").strip(),
    )


def _one_of(parameters, name, known):
    value = parameters.get(name, "")
    if value and value not in known:
        raise WrongParameter(
            _("%(name)s = %(value)s n’est pas possible : choisissez parmi %(known)s")
            % {"name": name, "value": value, "known": ", ".join(known)}
        )
    return value


def _area(pcode):
    if not pcode:
        return None
    areas = Area.objects.active().filter(level__in=(Level.REGION, Level.CERCLE)).defer("boundary")
    area = areas.filter(pcode=pcode).first()
    if area is None:
        raise WrongParameter(
            _("lieu = %(pcode)s n’est le P-code d’aucune région et d’aucun cercle en usage")
            % {"pcode": pcode}
        )
    return area
