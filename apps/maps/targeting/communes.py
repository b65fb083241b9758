"""The communes inside the chosen cercles: their people, and the violence of the period of the choice."""

from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from apps.events.figures import Period, figures_between, imprecise, period_of
from apps.maps.asked import asked_question, asked_told
from apps.maps.questions import WrongParameter
from apps.maps.targeting.questions import targeting_question
from geo.names import fold
from geo.vocabulary import Level


@vary_on_cookie
def communes_page(request):
    """The communes of the cercles that the address names, cercle by cercle."""
    try:
        asked = asked_question(request.GET)
        question = targeting_question(
            request.GET, bounds=period_of("all", asked), usual=period_of("12m", asked), asked=asked
        )
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/targeting_communes.html", communes_context(question))


def communes_context(question):
    """Return what templates/maps/targeting_communes.html shows."""
    period = Period("chosen", question.since, question.until)
    communes = figures_between(Level.COMMUNE, period, question.asked).areas
    cercles = {}
    for commune in sorted(communes, key=lambda each: (fold(each["cercle_name"]), fold(each["name"]))):
        if commune["cercle"] in question.cercles:
            cercles.setdefault((commune["cercle"], commune["cercle_name"]), []).append(commune)
    return {
        "question": question,
        "asked": asked_told(question.asked),
        "cercles": [
            {"pcode": pcode, "name": name, "communes": of_cercle, "imprecise": imprecise(of_cercle)["events"]}
            for (pcode, name), of_cercle in cercles.items()
        ],
    }
