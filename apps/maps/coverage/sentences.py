"""What the page of coverage says in words: the sentence of its answer, its reasons, its doubts."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from apps.coverage.questions import kinds_of
from apps.maps import formats
from geo.vocabulary import Completeness, CoverageSense, InstitutionFamily, InstitutionKind, PlaceTold

MANY = 3
"""More kinds than this are counted in the sentence, not listed."""

A_MILLION = 1_000_000
FRENCH_PLURAL_FROM = 2
NO_BREAK = "\u00a0"

USUAL_POLICE = frozenset(
    {InstitutionKind.COMMISSARIAT, InstitutionKind.BRIGADE, InstitutionKind.POLICE_NOT_TOLD}
)
"""What is meant by the police, with or without its investigators."""


def of_kinds():
    """Return each kind as it stands after « à plus de 30 km »."""
    return {
        InstitutionKind.COMMISSARIAT: _("d’un commissariat de police"),
        InstitutionKind.BRIGADE: _("d’une brigade de gendarmerie"),
        InstitutionKind.BIS: _("d’une brigade d’investigation spécialisée"),
        InstitutionKind.POLICE_NOT_TOLD: _("d’une police de sorte non précisée"),
        InstitutionKind.TGI: _("d’un tribunal de grande instance"),
        InstitutionKind.TI: _("d’un tribunal d’instance"),
        InstitutionKind.JPCE: _("d’une justice de paix à compétence étendue"),
        InstitutionKind.MILITARY_COURT: _("d’un tribunal militaire"),
        InstitutionKind.PJS: _("d’un pôle judiciaire spécialisé"),
        InstitutionKind.PEF: _("d’un pôle économique et financier"),
        InstitutionKind.COURT_NOT_TOLD: _("d’un tribunal de sorte non précisée"),
        InstitutionKind.EPES: _("d’un établissement pénitentiaire (EPES)"),
        InstitutionKind.PRISON_NOT_TOLD: _("d’une prison de sorte non précisée"),
        InstitutionKind.ONE_STOP_CENTRE: _("d’un one-stop center"),
    }


def of_families():
    """Return each whole family as it stands after « à plus de 30 km »."""
    return {
        frozenset(kinds_of(InstitutionFamily.POLICE)): _("d’une police ou gendarmerie"),
        USUAL_POLICE: _("d’une police ou gendarmerie"),
        frozenset(kinds_of(InstitutionFamily.COURT)): _("d’un tribunal"),
        frozenset(kinds_of(InstitutionFamily.PRISON)): _("d’une prison"),
    }


def what(kinds):
    """Return « d’une police ou gendarmerie », « d’un tribunal d’instance ou d’une prison … »."""
    family = of_families().get(frozenset(kinds))
    if family:
        return family
    if len(kinds) > MANY:
        return _("de l’une des %(n)s sortes d’institutions choisies") % {"n": formats.number(len(kinds))}
    told = [of_kinds()[kind] for kind in kinds]
    return _(" ou ").join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def form_of(number):
    """Return the number that picks the form: in French all below two is singular, 0 and 1,9 million too."""
    if get_language() == "fr":
        return 1 if number < FRENCH_PLURAL_FROM else FRENCH_PLURAL_FROM
    return 1 if number == 1 else FRENCH_PLURAL_FROM


def people(number):
    """Return « 850 000 personnes », « 12,3 millions de personnes », « 1 personne »."""
    if number < A_MILLION:
        told = {"n": formats.number(number)}
        return ngettext("%(n)s personne", "%(n)s personnes", form_of(number)) % told
    millions, figure = _millions(number)
    return ngettext("%(n)s million de personnes", "%(n)s millions de personnes", form_of(millions)) % {
        "n": figure
    }


def short(number):
    """Return « 850 000 » or « 12,3 millions »: the lower end of an interval of people."""
    if number < A_MILLION:
        return formats.number(number)
    millions, told = _millions(number)
    return ngettext("%(n)s million", "%(n)s millions", form_of(millions)) % {"n": told}


def _millions(number):
    """Return how many millions, and the same in figures: 12,3 or 10."""
    millions = round(number / A_MILLION, 1)
    return millions, formats.number(millions, 0 if millions == int(millions) else 1)


def kilometres(limit_km):
    """Return « 30 km », « 7,5 km »."""
    return f"{formats.number(limit_km, 0 if limit_km == int(limit_km) else 1)}{NO_BREAK}km"


def interval(low, high, told=formats.number):
    """Return « 0 à 12 », or « 12 » when both ends are told alike; None when they are not known."""
    if low is None or high is None:
        return None
    if told(low) == told(high):
        return told(high)
    return _("{low} à {high}").format(low=told(low), high=told(high))


def share(low, high):
    """Return « 0 à 56 % », or « 56 % » when both ends are told alike; None when they are not known."""
    if low is None or high is None:
        return None
    lower, upper = formats.percent(low), formats.percent(high)
    return upper if lower == upper else interval(lower.rstrip(f"{NO_BREAK}%"), upper, str)


def far_from(question):
    """Return « à plus de 30 km d’une police ou gendarmerie au registre »."""
    return _("à plus de %(km)s %(what)s%(which)s") % {
        "km": kilometres(question.limit_km),
        "what": what(question.kinds),
        "which": which(question),
    }


def which(question):
    """Return what an institution must do to count, as it follows its kind."""
    if question.sense is CoverageSense.NOMINAL:
        told = _(" au registre")
    elif question.with_periodic:
        told = _(" qui travaille, même par périodes, le %(day)s") % {"day": formats.day(question.day)}
    else:
        told = _(" qui travaille le %(day)s") % {"day": formats.day(question.day)}
    return told + (_(", ouvrages prévus compris") if question.with_works else "")


def sentence(answer, *, cercles):
    """
    Return the answer for the country in one sentence, with its interval and what makes it one.

    `cercles` is how many the edition has.
    """
    country = answer.country
    if not answer.areas:
        return _("Aucune limite n’est chargée : il n’y a pas de territoire où compter.")
    if not country.settlements:
        return _("Aucune localité n’est chargée : on ne sait pas où vivent les personnes.")
    if country.is_no_data:
        return _("Aucun chiffre de population n’est chargé : le nombre de personnes est inconnu.")
    if country.beyond_low == country.beyond_high:
        return _certain(answer)
    return _("Entre %(low)s et %(high)s (%(share)s) vivent %(far)s ; au plus, car %(reasons)s.") % {
        "low": short(country.beyond_low),
        "high": people(country.beyond_high),
        "share": share(country.share_beyond_low, country.share_beyond_high),
        "far": far_from(answer.question),
        "reasons": _(" et ").join(reasons(answer, cercles=cercles)),
    }


def _certain(answer):
    """Both ends of the interval are one."""
    country = answer.country
    told = {
        "people": people(country.beyond_high),
        "share": formats.percent(country.share_beyond_high),
        "far": far_from(answer.question),
    }
    if not country.beyond_high:
        return _("Personne ne vit %(far)s.") % told
    if not answer.institutions_sure + answer.institutions_possible and not counted_works(answer):
        return (
            _(
                "Personne n’est couvert : le registre est complet et n’en compte aucune. "
                "%(people)s vivent %(far)s."
            )
            % told
        )
    return (
        ngettext(
            "%(people)s (%(share)s) vit %(far)s.",
            "%(people)s (%(share)s) vivent %(far)s.",
            form_of(country.beyond_high),
        )
        % told
    )


def counted_works(answer):
    """Return the planned works that count: those with a place, when the question includes them."""
    return answer.works or [] if answer.question.with_works else []


def reasons(answer, *, cercles):
    """Return why the answer is an interval: the register, institutions of unknown status or kind."""
    return [reason for reason in (_register(answer.country, cercles), _possible(answer)) if reason]


def _register(country, cercles):
    counts = country.register_counts
    if country.register is Completeness.COMPLETE:
        return ""
    if country.register is Completeness.UNKNOWN:
        return ngettext(
            "le registre est inconnu dans le seul cercle",
            "le registre est inconnu dans les %(n)s cercles",
            form_of(cercles),
        ) % {"n": formats.number(cercles)}
    asked = {
        "complete": formats.number(counts[Completeness.COMPLETE]),
        "n": formats.number(sum(counts.values())),
    }
    if sum(counts.values()) == cercles:
        return _("le registre n’est complet que dans %(complete)s des %(n)s cercles") % asked
    return _("le registre n’est complet que pour %(complete)s des %(n)s paires de cercle et de sorte") % asked


def _possible(answer):
    number = answer.institutions_possible
    if not number:
        return ""
    told = {"n": formats.number(number)}
    if answer.question.sense is CoverageSense.NOMINAL:
        return (
            ngettext(
                "la sorte de %(n)s institution n’est pas précisée",
                "la sorte de %(n)s institutions n’est pas précisée",
                form_of(number),
            )
            % told
        )
    return (
        ngettext(
            "l’état de %(n)s institution à cette date est inconnu",
            "l’état de %(n)s institutions à cette date est inconnu",
            form_of(number),
        )
        % told
    )


def doubts(answer):
    """Return what the numbers leave out, each as a sentence."""
    country = answer.country
    told = []
    if country.people_not_placed and not country.is_no_data:
        told.append(
            ngettext(
                "%(people)s n’est placée sur aucune localité : ni à portée ni au-delà.",
                "%(people)s ne sont placées sur aucune localité : ni à portée ni au-delà.",
                form_of(country.people_not_placed),
            )
            % {"people": people(country.people_not_placed)}
        )
    if country.cercles_without_figure and not country.is_no_data:
        told.append(
            ngettext(
                "La population de %(n)s cercle est inconnue : il n’est pas compté.",
                "La population de %(n)s cercles est inconnue : ils ne sont pas comptés.",
                form_of(country.cercles_without_figure),
            )
            % {"n": formats.number(country.cercles_without_figure)}
        )
    if not answer.institutions_sure + answer.institutions_possible and answer.areas:
        told.append(
            _("Aucune institution de ces sortes ne compte au registre : une absence y veut dire inconnu.")
        )
    if answer.institutions is None:
        told.append(
            _(
                "Leur source réserve ses lignes aux personnes connectées : les institutions ne sont pas "
                "dessinées."
            )
        )
    return told


def counted_title(answer):
    """Return the title over the signs of the institutions drawn."""
    if answer.institutions_possible:
        return _("Institutions qui comptent, sûrement ou peut-être")
    return _("Institutions qui comptent")


def counted(answer):
    """Return « 133 institutions comptent, dont 12 peut-être »."""
    sure, possible = answer.institutions_sure, answer.institutions_possible
    told = ngettext("%(n)s institution compte", "%(n)s institutions comptent", form_of(sure + possible)) % {
        "n": formats.number(sure + possible)
    }
    if not possible:
        return told
    return _("%(told)s, dont %(n)s peut-être") % {"told": told, "n": formats.number(possible)}


def gain_sentence(difference):
    """Return what the planned works change for the country, and why it is at most so."""
    gain = difference.country
    if gain.gained_high is None:
        return _("On ne sait pas où vivent les personnes : ce que les ouvrages changent est inconnu.")
    if not difference.works:
        return _("Aucun ouvrage prévu de ces sortes n’a de lieu : rien ne change.")
    km = kilometres(difference.before.question.limit_km)
    if not gain.gained_high:
        return _(
            "Aucune personne de plus ne serait à moins de %(km)s : toutes celles que les ouvrages "
            "atteindraient le sont déjà."
        ) % {"km": km}
    if gain.gained_low == gain.gained_high:
        return _("%(people)s de plus à moins de %(km)s avec les ouvrages prévus.") % {
            "people": people(gain.gained_high),
            "km": km,
        }
    return _("Entre %(low)s et %(high)s de plus à moins de %(km)s avec les ouvrages prévus.") % {
        "low": short(gain.gained_low),
        "high": people(gain.gained_high),
        "km": km,
    }


def when(question):
    """Return which institutions the map shows: those of the register, or those that work on a day."""
    if question.sense is CoverageSense.NOMINAL:
        return _("au registre, qu’elles travaillent ou non")
    return _("qui travaillent le %(day)s") % {"day": formats.day(question.day)}


def places_told():
    """Return how the place of an institution or of works is known, as it follows a name."""
    return {
        PlaceTold.EXACT: _("lieu exact"),
        PlaceTold.SETTLEMENT: _("à la localité"),
        PlaceTold.SEAT: _("placé au chef-lieu"),
    }


def place_told(work):
    """Return how the place of planned works is known, empty where that is not told."""
    return places_told().get(work.place_told, "")
