"""What a study of reach says in words: its question, its answer, what it leaves out, what it hangs on."""

from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apps.coverage.studies.questions import KM
from apps.maps import formats
from apps.maps.coverage import sentences as said
from geo.vocabulary import CoverageSense, InstitutionFamily, InstitutionKind
from layers.institutions import INSTITUTION_FAMILIES, INSTITUTION_KINDS

MISSING = "missing"
"""What an answer calls a link of which nothing counts anywhere."""

NO_BREAK = "\u00a0"

SENSES = {
    CoverageSense.NOMINAL: gettext_lazy("au registre"),
    CoverageSense.FUNCTIONAL: gettext_lazy("qui travaille"),
}

METHODS_OF_PEOPLE = {
    "classes_and_raster": gettext_lazy("personnes placées par maille et par rang"),
    "classes": gettext_lazy("personnes placées par rang seul"),
    "raster": gettext_lazy("personnes placées par maille seule"),
}


def what(question):
    """Return what must be within reach, as it follows « à plus de 30 km »."""
    if question["chain"]:
        return _("de la chaîne pénale entière, police, tribunal et prison")
    return said.what([InstitutionKind(kind) for kind in question["kinds"]])


def limit_told(question, value=None):
    """Return « 30 km » or « 120 minutes »."""
    return with_unit(question["measure"], question["limit"] if value is None else value)


def with_unit(measure, value):
    number = formats.number(value, 0 if value == int(value) else 1)
    return f"{number}{NO_BREAK}{'km' if measure == KM else 'min'}"


def far(question):
    """Return « à plus de 30 km d’une police ou gendarmerie au registre le 22 nov. 2026 »."""
    return _("à plus de %(limit)s %(what)s %(sense)s le %(day)s%(works)s") % {
        "limit": limit_told(question),
        "what": what(question),
        "sense": SENSES[CoverageSense(question["sense"])],
        "day": formats.day(date.fromisoformat(question["day"])),
        "works": _(", ouvrages prévus compris") if question["with_works"] else "",
    }


def title(question):
    """Return how a study is called when nobody names it."""
    return _("À moins de %(limit)s %(what)s") % {"limit": limit_told(question), "what": what(question)}


def sentence(answer):
    """Return the answer in one sentence, with its interval."""
    country, question = answer["country"], answer["question"]
    beyond, placed = country["beyond"], country["people_placed"]
    if not placed:
        return _("On ne sait pas où vivent les personnes : le nombre de celles qui sont au-delà est inconnu.")
    told = {
        "high": said.people(beyond["high"]),
        "low": said.short(beyond["low"]),
        "share": said.share(beyond["low"] / placed, beyond["high"] / placed),
        "far": far(question),
    }
    if beyond["low"] == beyond["high"]:
        return _("%(high)s (%(share)s) vivent %(far)s.") % told
    return _("Entre %(low)s et %(high)s (%(share)s) vivent %(far)s.") % told


def doubts(answer):
    """Return what makes the answer an interval or leaves people out, each as a sentence."""
    country, question = answer["country"], answer["question"]
    told = []
    if answer["register_is_floor"]:
        told.append(
            _(
                "Le registre est un plancher : le nombre de personnes au-delà est au plus la borne haute, "
                "car une institution qui n’y est pas peut couvrir ces personnes."
            )
        )
    if answer["walking_only"]:
        told.append(
            _(
                "Aucune route n’est chargée : le temps n’est que celui de la marche, presque en ligne "
                "droite. Les kilomètres viennent donc d’abord."
            )
        )
    possible = sum(link["possible"] for link in answer["links"])
    if possible:
        told.append(
            _("%(n)s institutions ne comptent que peut-être : leur état ou leur sorte n’est pas connu.")
            % {"n": formats.number(possible)}
        )
    if answer["off_the_grid"]["number"] and question["measure"] != KM:
        told.append(
            _("%(n)s localités (%(people)s) sont hors de la grille du temps : rien n’y est atteint.")
            % {
                "n": formats.number(answer["off_the_grid"]["number"]),
                "people": said.people(answer["off_the_grid"]["people"]),
            }
        )
    unplaced = (country["people"] or 0) - (country["people_placed"] or 0)
    if unplaced:
        told.append(
            _("%(people)s ne sont placées sur aucune localité : ni à portée ni au-delà.")
            % {"people": said.people(unplaced)}
        )
    if answer["moved"]:
        told.append(
            _("Institutions posées dans l’eau ou hors d’un passage, menées au plus proche : %(n)s.")
            % {"n": formats.number(len(answer["moved"]))}
        )
    return told


def link_title(key):
    """Return what a link of the chain, or a kind asked alone, is called."""
    if key in {family.value for family in InstitutionFamily}:
        return INSTITUTION_FAMILIES[InstitutionFamily(key)].in_language(get_language())
    if key in {kind.value for kind in InstitutionKind}:
        return INSTITUTION_KINDS[InstitutionKind(key)].in_language(get_language())
    return _("aucun, rien n’est à portée") if key == MISSING else _("ce qui est demandé")


def changed(row, question):
    """Return what a line of the sensitivity changes."""
    value = row["value"]
    match row["key"]:
        case "as_asked":
            return _("La question telle quelle")
        case "limit":
            return _("Limite à %(limit)s") % {"limit": limit_told(question, value)}
        case "measure":
            number, unit = value.split()
            return _("Mesuré en %(unit)s : %(limit)s") % {
                "unit": _("kilomètres") if unit == KM else _("minutes"),
                "limit": with_unit(unit, float(number)),
            }
        case "people":
            return str(METHODS_OF_PEOPLE.get(value, value))
        case "sense":
            return _("Institutions « %(sense)s »") % {"sense": SENSES[CoverageSense(value)]}
        case "periodic_share":
            return _("Une périodique compte pour %(share)s de ses jours") % {"share": formats.percent(value)}
    return row["key"]
