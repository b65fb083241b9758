"""Pages of spatial questions: the gallery, the form, an answer that nobody keeps."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie
from rest_framework.exceptions import APIException, ValidationError

from apps.accounts.access import may_save_choices
from apps.analysis import files, runs
from apps.analysis.askers import ask
from apps.analysis.questions import checked
from apps.maps.analysis import form as reading
from apps.maps.analysis.address import fits, query_of, question_in
from apps.maps.analysis.answer_page import answer_context, page_of
from apps.maps.analysis.form_page import form_context
from apps.maps.analysis.home import home_context, ready_title
from apps.maps.analysis.kept import made_of
from apps.maps.analysis.refusals import reasons, refused_page
from apps.maps.analysis.uploads import with_uploads
from apps.maps.questions import WrongParameter
from apps.runs.canonical import canonical


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def analysis_page(request):
    """The gallery; with a question (`?q=`, or sent where it is too long for an address) its answer."""
    try:
        question = question_in(request.POST if request.method == "POST" else request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    if question is None:
        return render(request, "maps/analysis/home.html", home_context(request.user))
    return answered(request, question)


def answered(request, question):
    """Return the page of the answer to a question, or of why there is none."""
    try:
        found = ask(request, question)
    except APIException as error:
        return refused_page(request, question, error)
    answer = found.as_dict()
    context = answer_context(
        answer,
        sort=request.GET.get("sort", ""),
        page=page_of(request.GET),
        files=files_of(answer["question"]),
        related=related_url,
    )
    context |= {
        "title": ready_title(question),
        "has_address": fits(question),
        "asked": canonical(question),
        "of_run": made_of({**request.GET.dict(), **request.POST.dict()}, request.user),
        "change_url": f"{reverse('analysis-form')}?{query_of(question)}" if fits(question) else None,
        "may_save": may_save_choices(request.user),
        "name": ready_title(question) or context["sentence"][:120],
    }
    return render(request, "maps/analysis/answer.html", context)


def files_of(question):
    """Return the address of each file of the answer to a question, by extension."""
    query = query_of(question)
    return {each: f"{reverse('analysis-file', args=[each])}?{query}" for each in files.WRITERS}


def related_url(question):
    """Return the address of the features of a question that a map shows lightly."""
    return files_of(question)["geojson"]


@require_safe
@vary_on_cookie
def answer_file(request, extension):
    """The answer to a question as a file."""
    if extension not in files.WRITERS:
        raise Http404(extension)
    try:
        question = question_in(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    if question is None:
        return redirect("analysis")
    try:
        found = ask(request, question)
        body, content_type = files.written(extension, found)
    except APIException as error:
        return refused_page(request, question, error)
    return attached(body, content_type, f"maillage_reponse.{extension}")


def attached(body, content_type, name):
    """Return a file to be kept under this name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return HttpResponse(body, content_type=content_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def form_page(request):
    """A question is composed: each choice brings what can be chosen next, until it is asked."""
    if request.method == "POST":
        return _composed(request)
    try:
        question = question_in(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    of_run = made_of(request.GET, request.user)
    if of_run is not None:
        question = runs.question_of(of_run)
    form = filled(question) if question else QueryDict(mutable=True)
    if of_run is not None:
        form["run"] = str(of_run.pk)
    return form_shown(request, form)


def filled(question):
    """Return the form that tells a question."""
    form = QueryDict(mutable=True)
    for name, values in reading.typed(question).items():
        form.setlist(name, values)
    return form


def _composed(request):
    form, refusals, told = with_uploads(request.POST.copy(), request.FILES)
    act = form.get("do")
    if act == "step" and reading.steps_of(form) < reading.MOST_STEPS:
        form["steps"] = str(reading.steps_of(form) + 1)
        form[f"s{form['steps']}.what"] = f"step:{int(form['steps']) - 1}"
    elif act == "unstep":
        form["steps"] = str(max(1, reading.steps_of(form) - 1))
    elif act == "ask" and not refusals:
        return _asked(request, form)
    return form_shown(request, form, errors=refusals, told=told)


def _asked(request, form):
    question = reading.told_by(form)
    try:
        checked(question)
    except ValidationError as error:
        return form_shown(request, form, errors=reasons(error), status=400)
    if fits(question):
        of_run = f"&run={form['run']}" if form.get("run") else ""
        return redirect(f"{reverse('analysis')}?{query_of(question)}{of_run}")
    return answered(request, question)


def form_shown(request, form, *, errors=(), told=(), status=200):
    context = form_context(form, errors=errors, told=told, of_run=made_of(form, request.user))
    return render(request, "maps/analysis/compose.html", context, status=status)
