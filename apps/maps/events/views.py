"""Pages of events: indicators of areas for everybody, same incidents for data keepers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie

from apps.events import incidents
from apps.events.models import SameIncident
from apps.maps.events.forms import DecisionForm
from apps.maps.events.incidents_page import incidents_context
from apps.maps.events.page import indicators_context, patterns_of, rows_of, types_met
from apps.maps.events.questions import event_question
from apps.maps.events.rows import ORDERS
from apps.maps.events.table_csv import table_csv
from apps.maps.institutions.readers import for_keepers
from apps.maps.questions import WrongParameter


@require_GET
@vary_on_cookie
def indicators(request):
    """The indicators of every region, cercle or commune over a period."""
    try:
        question = event_question(request.GET, ORDERS)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    context = indicators_context(question, request.GET.get("page"))
    return render(request, "maps/events/indicators.html", context)


@require_GET
def indicators_file(request):
    """The same table as CSV, every area in it."""
    try:
        question = event_question(request.GET, ORDERS)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    if question.period is None:
        return render(request, "400.html", {"detail": _("Aucun événement n’était connu alors.")}, status=400)
    rows = rows_of(question, patterns_of(question))
    name = f"maillage_indicateurs_{question.level_name}_{question.period_key}.csv"
    return HttpResponse(
        table_csv(question, rows, list(types_met(rows))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_GET
@for_keepers
def same_incidents(request):
    """The pairs that may be one incident, those that wait first."""
    state = request.GET.get("state", SameIncident.State.PROPOSED)
    if state not in SameIncident.State:
        state = SameIncident.State.PROPOSED
    return render(request, "maps/events/incidents.html", incidents_context(state, request.GET.get("page")))


DECISIONS = {"confirm": incidents.confirm, "refuse": incidents.refuse, "undo": incidents.undo}


@require_POST
@for_keepers
def decide(request, pk):
    """A decision on a pair, or one taken back."""
    pair = get_object_or_404(SameIncident, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : la décision n’est pas enregistrée."))
        return redirect("same-incidents")
    try:
        DECISIONS[form.cleaned_data["decision"]](pair, by=request.user, why=form.cleaned_data["why"])
    except incidents.CannotDecide:
        messages.error(request, _("Cette paire a changé entre-temps. Rechargez la page."))
    else:
        messages.success(request, _("La décision est enregistrée."))
    return redirect("same-incidents")
