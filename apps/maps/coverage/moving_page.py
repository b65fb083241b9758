"""What templates/maps/coverage/moving.html shows: an institution thought elsewhere, and what that changes."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError

from apps.boundaries.models import Area
from apps.coverage.moving import institutions_to_move, moved
from apps.coverage.moving_by_time import moved_by_time
from apps.coverage.questions import MoveSerializer, move, question
from apps.maps import formats
from apps.maps.coverage import sentences as said
from apps.maps.coverage.questions import reasons
from apps.maps.load_words import KINDS
from apps.maps.questions import WrongParameter
from apps.runs.models import Run
from geo.coverage import Counts
from layers.institutions import INSTITUTION_KINDS

OF_THE_MOVE = tuple(MoveSerializer().fields)
A_PLACE = ("institution", "lon", "lat")


def asked_move(parameters):
    """Return the question and the move asked, None where no place is; raises WrongParameter."""
    today = timezone.localdate()
    try:
        if all(parameters.get(name) for name in A_PLACE):
            return move(parameters, today=today)
        of_the_question = parameters.copy()
        for name in OF_THE_MOVE:
            of_the_question.pop(name, None)
        return question(of_the_question, today=today), None
    except ValidationError as error:
        raise WrongParameter(" ".join(reasons(error.detail))) from error


def moving_context(user, asked, place):
    """Return what the template needs; raises CannotMove, PermissionError."""
    told = _answer(asked, place, user) if place else None
    run = told if isinstance(told, Run) else None
    return {
        "asked": asked,
        "question_fields": asked.as_parameters(),
        "question_told": said.far_from(asked),
        "movable": choices(institutions_to_move(asked, user)),
        "back_url": f"{reverse('coverage')}?{urlencode(asked.as_parameters())}",
        "moved": told and not run and moved_told(told),
        "waiting": run and run.state != Run.State.FAILED,
        "failed": run and run.state == Run.State.FAILED,
        "may_ask_by_time": user.is_authenticated,
        "place": place,
    }


def _answer(asked, place, user):
    """Return the `Moved`; by time, the run of it that has not answered yet."""
    ask = moved_by_time if place.minutes else moved
    return ask(asked, place, reader=user)


def choices(institutions):
    """Return (id, what it is called, longitude, latitude) of the institutions to choose from, by name."""
    named = [(each.id, _called(each), each.longitude, each.latitude) for each in institutions]
    return sorted(named, key=lambda each: each[1])


def _called(institution):
    kind = INSTITUTION_KINDS[institution.kind].in_language(get_language())
    return f"{institution.name}, {kind}" if institution.name else f"{kind}, n° {institution.id}"


def moved_told(told):
    """Return what the page and the map say of a move."""
    change, places = told.country, _places(told.areas)
    return {
        "told": told,
        "called": _called_of(told),
        "sentence": _sentence(told),
        "doubt": _doubt(told),
        "rows": [
            {
                "area": each,
                "gained": said.interval(each.change.gained_low, each.change.gained_high),
                "lost": said.interval(each.change.lost_low, each.change.lost_high),
            }
            for each in told.areas
            if each.change.gained_high or each.change.lost_high
        ],
        "gained": said.interval(change.gained_low, change.gained_high),
        "lost": said.interval(change.lost_low, change.lost_high),
        "without_figure": _without_figure(change.settlements_without_figure),
        "sources": [(KINDS[source.kind], source) for source in told.sources],
        "drawn": {
            "limitKm": None if told.minutes else told.question.limit_km,
            "from": [told.institution.location.y, told.institution.location.x],
            "to": [told.latitude, told.longitude],
            "areas": [
                {
                    "place": places[each.pcode],
                    "gained": each.change.gained_high,
                    "lost": each.change.lost_high,
                }
                for each in told.areas
            ],
        },
    }


def _places(areas):
    """Return {P-code: [latitude, longitude]} of a point in each cercle, where its change is written."""
    found = Area.objects.cercles().filter(pcode__in=[each.pcode for each in areas]).with_point_inside()
    return {pcode: [point.y, point.x] for pcode, point in found.values_list("pcode", "point_inside")}


def _called_of(told):
    kind = INSTITUTION_KINDS[told.institution.kind].in_language(get_language())
    return told.institution.name or f"{kind}, n° {told.institution.pk}"


def _sentence(told):
    change, about = told.country, {"km": _limit(told), "cercle": told.cercle}
    if told.counts is Counts.NO:
        return _("Cette institution ne compte pas dans cette question : la déplacer n’y change rien.")
    if not change.gained_high and not change.lost_high:
        return (
            _(
                "Dans le cercle de %(cercle)s, elle ne rapprocherait ni n’éloignerait personne : d’autres "
                "institutions connues atteignent déjà les mêmes personnes à moins de %(km)s."
            )
            % about
        )
    about |= {
        "gained": said.interval(change.gained_low, change.gained_high),
        "lost": said.interval(change.lost_low, change.lost_high),
    }
    return (
        _(
            "Dans le cercle de %(cercle)s, elle rapprocherait %(gained)s personnes et en éloignerait "
            "%(lost)s, à moins de %(km)s."
        )
        % about
    )


def _limit(told):
    """Return « 30 km à vol d’oiseau », « 120 minutes », « 120 minutes à pied »."""
    if not told.minutes:
        return _("%(km)s à vol d’oiseau") % {"km": said.kilometres(told.question.limit_km)}
    minutes = {"n": formats.number(told.minutes)}
    return _("%(n)s minutes à pied") % minutes if told.walking_only else _("%(n)s minutes") % minutes


def _doubt(told):
    change = told.country
    if told.counts is Counts.POSSIBLE:
        return _("Son état ou sa sorte n’est pas connu : la déplacer peut aussi ne rien changer.")
    if (change.gained_low, change.lost_low) != (change.gained_high, change.lost_high):
        return _(
            "Le registre est un plancher : une institution qui n’y est pas peut déjà couvrir ces personnes. "
            "C’est donc au plus la borne haute."
        )
    return ""


def _without_figure(settlements):
    if not settlements:
        return ""
    return ngettext(
        "La population de %(n)s localité touchée est inconnue : elle n’est pas comptée.",
        "La population de %(n)s localités touchées est inconnue : elles ne sont pas comptées.",
        settlements,
    ) % {"n": formats.number(settlements)}
