"""Pages of projects: who works where, as told, and the zones that documents name."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_cookie

from apps.maps.projects.page import project_context, projects_context, zones_context
from apps.maps.projects.questions import projects_question
from apps.maps.questions import WrongParameter
from apps.projects.models import Project


@vary_on_cookie
def projects_page(request):
    """The projects, filtered, and how many of them say where they work."""
    try:
        question = projects_question(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/projects/list.html", projects_context(request, question))


@vary_on_cookie
def project_page(request, pk):
    """All that is known of a project."""
    project = get_object_or_404(Project, pk=pk)
    return render(request, "maps/projects/project.html", project_context(request, project))


@vary_on_cookie
def zones_page(request):
    """The zones that documents name, and the cercles that somebody said they comprise."""
    return render(request, "maps/projects/zones.html", zones_context(request))
