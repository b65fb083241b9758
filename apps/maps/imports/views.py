"""Pages on which data keepers bring files in: pick, match the columns, read the difference, apply."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.imports import services, uploads
from apps.imports.models import Import
from apps.maps.imports.forms import FileForm, suggestions
from apps.maps.imports.page import columns_asked, import_context, imports_context
from apps.maps.imports.readers import for_importers
from apps.maps.imports.words import said


@require_GET
@for_importers
def imports_page(request):
    """Every import and where it is."""
    return render(request, "maps/imports/list.html", imports_context(request.GET.get("page")))


@for_importers
def import_new(request):
    """A file is picked, and told where it comes from."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file, about = form.cleaned_data["file"], form.about()
        try:
            import_ = services.receive(file.chunks(), file.name, by=request.user, **about)
        except uploads.TooLarge:
            form.add_error("file", _("Ce fichier pèse plus de 200 Mo : coupez-le en plusieurs."))
        else:
            return redirect("import", import_.pk)
    context = {"form": form, "step": 1, **suggestions()}
    return render(request, "maps/imports/new.html", context, status=400 if form.is_bound else 200)


@require_GET
@for_importers
def import_page(request, pk):
    """One import: the step it is at, and what to do."""
    import_ = get_object_or_404(Import.objects.select_related("made_by", "load"), pk=pk)
    return render(request, "maps/imports/import.html", import_context(request, import_))


@require_POST
@for_importers
def columns(request, pk):
    """The columns as corrected: shown again, kept in another sheet, or tried."""
    import_ = get_object_or_404(Import, pk=pk)
    sheet = request.POST.get("sheet", import_.sheet)
    if sheet != import_.sheet:
        return _step(request, import_, lambda: services.choose_sheet(import_, sheet))
    mapping, options = columns_asked(import_, request.POST)

    def take():
        services.choose_columns(import_, mapping, options=options)
        if request.POST.get("do") == "try":
            services.begin_trial(import_)

    return _step(request, import_, take)


@require_POST
@for_importers
def trial(request, pk):
    """The same columns tried again: places were decided, or what is loaded has changed."""
    import_ = get_object_or_404(Import, pk=pk)
    return _step(request, import_, lambda: services.begin_trial(import_))


@require_POST
@for_importers
def applying(request, pk):
    """The difference that was shown is written."""
    import_ = get_object_or_404(Import, pk=pk)

    def take():
        services.choose_options(import_, whole=request.POST.get("whole") == "on")
        services.begin_applying(import_)

    return _step(request, import_, take)


@require_POST
@for_importers
def cancel(request, pk):
    """What is under way is stopped, and undone."""
    import_ = get_object_or_404(Import, pk=pk)
    return _step(request, import_, lambda: services.ask_to_cancel(import_))


@require_POST
@for_importers
def remember(request, pk):
    """The columns are kept for the next files of the same publisher."""
    import_ = get_object_or_404(Import, pk=pk)
    if services.remember_columns(import_, by=request.user):
        messages.success(
            request, _("Ces colonnes seront reprises pour les prochains fichiers de cet éditeur.")
        )
    else:
        messages.error(
            request, _("Ce fichier n’a pas d’éditeur : ses colonnes ne peuvent pas être retenues.")
        )
    return redirect("import", pk)


def _step(request, import_, take):
    try:
        take()
    except services.WrongStep as wrong:
        messages.error(request, said(wrong.code)[0])
    return redirect("import", import_.pk)
