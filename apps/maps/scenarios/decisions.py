"""Pages by which a run is commented and decided on, and the list of what was decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import may_adopt, may_comment, may_see_choices
from apps.maps.programme.documents import cited, of_rows
from apps.maps.scenarios.forms import CommentForm, WithdrawalForm
from apps.maps.scenarios.run_parts import adoption_form
from apps.maps.scenarios.views import sign_in_or_refuse
from apps.programme.models import TargetCercle
from apps.targeting import adopting, commenting, runs
from apps.targeting.models import Adoption, Comment


def _run(request, pk):
    return get_object_or_404(runs.readable(request.user), pk=pk)


def comment_page(request, pk):
    """Say something of a run."""
    if not may_comment(request.user):
        return sign_in_or_refuse(request)
    run = _run(request, pk)
    form = CommentForm(request.POST or None, auto_id="comment_%s")
    if request.method == "POST" and form.is_valid():
        commenting.comment(request.user, run, form.cleaned_data["text"])
        messages.success(request, _("Votre commentaire est gardé."))
        return redirect(f"{reverse('run', args=[run.pk])}#commentaires")
    return _form_page(request, run, form, _("Commenter"), _("Commenter"))


@require_POST
def comment_withdraw(request, pk):
    """Take one's own comment back."""
    if not may_comment(request.user):
        return sign_in_or_refuse(request)
    comment = get_object_or_404(Comment, pk=pk)
    if comment.author_id != request.user.pk:
        raise PermissionDenied
    commenting.withdraw_comment(comment)
    messages.success(request, _("Votre commentaire est retiré ; la page dit qu’il a été écrit."))
    return redirect(f"{reverse('run', args=[comment.run_id])}#commentaires")


def adopt_page(request, pk):
    """Record that a body adopted the choice of a run."""
    if not may_adopt(request.user):
        return sign_in_or_refuse(request)
    run = _run(request, pk)
    refusal = adopting.why_not(run, request.user)
    form = adoption_form(run, request.POST or None)
    if request.method == "POST" and not refusal and form.is_valid():
        try:
            adopting.adopt(request.user, run, today=timezone.localdate(), **form.cleaned_data)
        except adopting.NotAdoptable as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("L’adoption est enregistrée."))
            return redirect("decisions")
    return _form_page(
        request, run, None if refusal else form, _("Adopter ce choix"), _("Enregistrer l’adoption"), refusal
    )


def withdraw_page(request, pk):
    """Withdraw an adoption, with a reason."""
    if not may_adopt(request.user):
        return sign_in_or_refuse(request)
    adoption = get_object_or_404(Adoption.objects.select_related("run"), pk=pk)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            adopting.withdraw(request.user, adoption, why=form.cleaned_data["why"])
        except adopting.NotAdoptable as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("L’adoption est retirée ; l’historique la garde."))
            return redirect("decisions")
    if adoption.withdrawn_at:
        raise Http404("withdrawn")
    return _form_page(request, adoption.run, form, _("Retirer l’adoption"), _("Retirer"), adoption=adoption)


def _form_page(request, run, form, title, button, refusal="", adoption=None):
    wrong = bool(refusal or (form is not None and form.errors))
    context = {
        "run": run,
        "form": form,
        "title": title,
        "button": button,
        "refusal": refusal,
        "adoption": adoption,
        "in_force": Adoption.objects.in_force(),
    }
    return render(
        request,
        "maps/scenarios/form.html",
        context,
        status=400 if wrong and request.method == "POST" else 200,
    )


@require_GET
@vary_on_cookie
def decisions_page(request):
    """What was adopted, what replaced it, what was withdrawn; whose cercles were the targets, and when."""
    sees = may_see_choices(request.user)
    found = Adoption.objects.for_reader(sees_choices=sees)
    adoptions = list(
        found.select_related("run", "recorded_by", "withdrawn_by")
        .defer("run__question", "run__answer")
        .prefetch_related("cercles")
    )
    of_document = list(TargetCercle.objects.all())
    documents = of_rows(of_document[:1], cited())
    return render(
        request,
        "maps/scenarios/decisions.html",
        {
            "adoptions": adoptions,
            "in_force": Adoption.objects.in_force(),
            "periods": adopting.periods(adoptions),
            "of_document": of_document,
            "document": documents[0] if documents else None,
            "sees_choices": sees,
            "may_adopt": may_adopt(request.user),
            "readable": set(
                runs.readable(request.user)
                .filter(pk__in=[adoption.run_id for adoption in adoptions])
                .values_list("pk", flat=True)
            ),
        },
    )
