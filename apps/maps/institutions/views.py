"""Pages of institutions: read by everybody the register is open to, changed by data keepers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import keeps_data
from apps.infrastructure import same_places as pairs
from apps.infrastructure import services
from apps.infrastructure.completeness import set_completeness
from apps.infrastructure.models import Institution, SamePlace, StatusReport
from apps.infrastructure.statuses import report_status, withdraw
from apps.maps.institutions import pages
from apps.maps.institutions.forms import (
    CompletenessForm,
    DecisionForm,
    InstitutionForm,
    RegisterFilter,
    StatusForm,
    Why,
)
from apps.maps.institutions.readers import for_keepers, for_readers

WHOLE = Institution.objects.with_latest_report().select_related(
    "region", "cercle__edition", "commune", "same_as", "load"
)


@require_GET
@vary_on_cookie
@for_readers
def register(request):
    """The register, filtered, with what is known of each institution."""
    form = RegisterFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    context = pages.register_context(asked, request.GET.get("page"))
    return render(
        request,
        "maps/institutions/register.html",
        {"form": form, "asked": asked, "keeps": keeps_data(request.user), **context},
    )


@require_GET
@vary_on_cookie
@for_readers
def institution(request, pk):
    """One institution: its statuses over time, what documents say of it, what was changed."""
    return _page(request, get_object_or_404(WHOLE, pk=pk), StatusForm(auto_id="status_%s"))


def _page(request, institution, form, *, status=200):
    keeps = keeps_data(request.user)
    context = pages.institution_context(institution, keeps=keeps)
    return render(
        request,
        "maps/institutions/institution.html",
        {"form": form, "keeps": keeps, "area": institution.cercle, **context},
        status=status,
    )


@require_POST
@for_keepers
def report(request, pk):
    """A dated status of an institution."""
    institution = get_object_or_404(WHOLE, pk=pk)
    form = StatusForm(request.POST, auto_id="status_%s")
    if not form.is_valid():
        return _page(request, institution, form, status=400)
    given = form.cleaned_data
    report_status(institution, given.pop("status"), by=request.user, **given)
    messages.success(request, _("L’état est enregistré."))
    return redirect("institution", pk)


@require_POST
@for_keepers
def take_back(request, pk, report):
    """A dated status that was entered by mistake; those of documents stay."""
    mistaken = get_object_or_404(StatusReport, pk=report, institution=pk, fact__isnull=True)
    form = Why(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else _("saisi par erreur")
    withdraw(mistaken, by=request.user, why=why)
    messages.success(request, _("L’état est retiré ; l’historique le garde."))
    return redirect("institution", pk)


@for_keepers
def correct(request, pk):
    """A correction of an institution's kind, name or place; a reload of its register leaves it."""
    institution = get_object_or_404(Institution, pk=pk)
    form = InstitutionForm(request.POST) if request.method == "POST" else InstitutionForm.of(institution)
    return _kept(request, form, institution)


@for_keepers
def new(request):
    """An institution that no register has."""
    return _kept(request, InstitutionForm(request.POST or None), Institution())


def _kept(request, form, institution):
    if form.is_valid():
        kept = services.keep(form.told_on(institution), by=request.user, why=form.cleaned_data["why"])
        place = kept.commune or kept.cercle
        said = _("Enregistrée à %(place)s.") if place else _("Enregistrée, hors de toute commune connue.")
        messages.success(request, said % {"place": place.name} if place else said)
        return redirect("institution", kept.pk)
    return render(
        request,
        "maps/institutions/change.html",
        {"form": form, "institution": institution},
        status=400 if form.is_bound else 200,
    )


@require_GET
@for_keepers
def same_places(request):
    """The pairs that may be one institution, those that wait before those decided."""
    return render(request, "maps/institutions/same_places.html", pages.same_places_context())


DECISIONS = {"confirm": pairs.confirm, "reject": pairs.reject, "undo": pairs.undo}


@require_POST
@for_keepers
def decide(request, pk):
    """A decision on a pair, or one taken back."""
    pair = get_object_or_404(SamePlace, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : la décision n’est pas enregistrée."))
        return redirect("same-places")
    try:
        DECISIONS[form.cleaned_data["decision"]](pair, by=request.user, why=form.cleaned_data["why"])
    except pairs.CannotDecide as refusal:
        messages.error(request, _refused(refusal.code))
    else:
        messages.success(request, _("La décision est enregistrée."))
    return redirect("same-places")


def _refused(code):
    return {
        "tied": _("L’une des deux est déjà rattachée à une autre : annulez d’abord cette décision."),
        "decided": _("Cette paire est déjà décidée. Rechargez la page."),
        "undecided": _("Cette paire n’est pas décidée. Rechargez la page."),
    }[code]


@vary_on_cookie
@for_readers
def completeness(request):
    """How complete the register is; data keepers judge several kinds and cercles at once."""
    if request.method == "POST":
        return _judged(request)
    return _completeness_page(request, CompletenessForm())


@for_keepers
def _judged(request):
    form = CompletenessForm(request.POST)
    if not form.is_valid():
        return _completeness_page(request, form, status=400)
    given = form.cleaned_data
    written = set_completeness(
        given["kinds"],
        given["cercles"],
        given["state"],
        as_of=given["as_of"],
        why=given["why"],
        by=request.user,
    )
    messages.success(request, _("%(n)s jugements enregistrés.") % {"n": written})
    return redirect("completeness")


def _completeness_page(request, form, *, status=200):
    context = {"form": form, "keeps": keeps_data(request.user), **pages.completeness_context()}
    return render(request, "maps/institutions/completeness.html", context, status=status)
