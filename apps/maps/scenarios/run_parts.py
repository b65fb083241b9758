"""What the page of a run shows of the room: its comments, and what was decided on it."""

from django.utils import timezone

from apps.accounts.access import may_adopt, may_comment, may_see_choices
from apps.maps.scenarios.forms import AdoptionForm, CommentForm
from apps.runs.models import Run
from apps.targeting.adopting import why_not
from apps.targeting.models import Adoption, Comment


def comments_context(user, run):
    """Return what templates/maps/scenarios/_comments.html needs; comments are for who may see choices."""
    comments = Comment.objects.filter(run=run).select_related("author") if may_see_choices(user) else []
    return {
        "comments": comments,
        "may_read_comments": may_see_choices(user),
        "comment_form": CommentForm(auto_id="comment_%s") if may_comment(user) else None,
    }


def decision_context(user, run):
    """Return what templates/maps/scenarios/_decision.html needs."""
    sees = may_see_choices(user)
    in_force = Adoption.objects.in_force()
    found = Adoption.objects.for_reader(sees_choices=sees).filter(run=run)
    refusal = why_not(run, user)
    stands = in_force is not None and in_force.run_id == run.pk
    may = may_adopt(user) and run.state == Run.State.DONE
    return {
        "adoptions": found.select_related("recorded_by", "withdrawn_by").prefetch_related("cercles"),
        "in_force": in_force,
        "sees_choices": sees,
        "may_adopt": may_adopt(user),
        "adoption_refusal": refusal if may else "",
        "adoption_form": adoption_form(run) if may and not refusal and not stands else None,
    }


def adoption_form(run, told=None):
    """Return the form by which this run is adopted, dated today."""
    today = timezone.localdate()
    return AdoptionForm(
        told, initial={"decided_on": today}, only_exercise=run.is_simulated, auto_id="adoption_%s"
    )
