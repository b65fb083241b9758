"""Pages on which organisations and data keepers change projects, places and zones."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.accounts.access import keeps_projects, may_add_projects, may_edit_project
from apps.maps.projects.forms import FundingForm, InvolvementForm, PresenceForm, ProjectForm, Why, ZoneForm
from apps.projects import services
from apps.projects.models import NamedZone, Presence, Project


def project_add(request):
    """Enter a project."""
    refusal = _unless(request, may_add_projects(request.user))
    if refusal:
        return refusal
    form = ProjectForm(request.POST or None)
    if form.is_valid():
        project = services.enter_project(form.values(), organisation=request.user.organisation)
        return redirect("project", project.pk)
    return _page(request, _("Ajouter un projet"), [form], back=reverse("projects"))


def project_edit(request, pk):
    """Correct a project; a data keeper says too which organisations take part in it."""
    project = get_object_or_404(Project, pk=pk)
    refusal = _unless(request, may_edit_project(request.user, project))
    if refusal:
        return refusal
    form = ProjectForm(request.POST or None, instance=project)
    taking_part = InvolvementForm(
        request.POST or None, initial={"organisations": project.organisations.all()}
    )
    forms = [form, taking_part] if keeps_projects(request.user) else [form]
    if all(each.is_valid() for each in forms):
        _correct(request, pk, forms)
        return redirect("project", pk)
    return _page(request, _("Modifier le projet"), forms, back=reverse("project", args=[pk]), project=project)


def _correct(request, pk, forms):
    # The form wrote on its own copy of the project: what changed shows against the one stored.
    project = Project.objects.get(pk=pk)
    services.correct_project(project, forms[0].values(), why=forms[0].cleaned_data["why"])
    if keeps_projects(request.user):
        told = forms[1].cleaned_data
        organisations = list(told["organisations"])
        if told["new_organisation"]:
            organisations.append(services.organisation_named(told["new_organisation"]))
        services.involve(project, organisations)


def presence_add(request, pk):
    """Say that a project is present in a region, a cercle or a commune."""
    project = get_object_or_404(Project, pk=pk)
    refusal = _unless(request, may_edit_project(request.user, project))
    if refusal:
        return refusal
    form = PresenceForm(request.POST or None)
    if form.is_valid():
        services.add_presence(
            project,
            form.cleaned_data["area"],
            who=services.said_by(request.user),
            today=timezone.localdate(),
        )
        return redirect(f"{reverse('project', args=[pk])}#lieux")
    return _page(request, _("Ajouter un lieu"), [form], back=reverse("project", args=[pk]), project=project)


def funding_add(request, pk):
    """Say what a donor gives to a project."""
    project = get_object_or_404(Project, pk=pk)
    refusal = _unless(request, may_edit_project(request.user, project))
    if refusal:
        return refusal
    form = FundingForm(request.POST or None)
    if form.is_valid():
        services.add_funding(project, **form.cleaned_data)
        return redirect(f"{reverse('project', args=[pk])}#financements")
    title = _("Ajouter un financement")
    return _page(request, title, [form], back=reverse("project", args=[pk]), project=project)


@require_POST
def presence_confirm(request, pk):
    """Say that the project is there today."""
    return _said(request, pk, services.confirm_presence)


@require_POST
def presence_end(request, pk):
    """Say that the project is no longer there, or never was."""
    form = Why(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    return _said(request, pk, services.end_presence, why=why)


def _said(request, pk, service, **told):
    presence = get_object_or_404(Presence.objects.select_related("project"), pk=pk)
    refusal = _unless(request, may_edit_project(request.user, presence.project))
    if refusal:
        return refusal
    service(presence, who=services.said_by(request.user), today=timezone.localdate(), **told)
    return redirect(f"{reverse('project', args=[presence.project_id])}#lieux")


def zone_page(request, pk):
    """Say which cercles a zone comprises."""
    zone = get_object_or_404(NamedZone, pk=pk)
    refusal = _unless(request, keeps_projects(request.user))
    if refusal:
        return refusal
    form = ZoneForm(request.POST or None, zone=zone)
    if form.is_valid():
        services.define_zone(zone, **form.cleaned_data)
        return redirect("project-zones")
    return _page(request, zone.name, [form], back=reverse("project-zones"))


def _page(request, title, forms, *, back, project=None):
    told = {"title": title, "forms": forms, "back": back, "project": project}
    return render(request, "maps/projects/change.html", told)


def _unless(request, allowed):
    """Return the way to sign in for who has not; raises PermissionDenied for who has not the right."""
    if allowed:
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied
