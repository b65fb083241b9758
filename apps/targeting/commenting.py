"""Comments on runs: written, withdrawn, never edited."""

from django.utils import timezone

from apps.targeting.models import Comment


def comment(user, run, text):
    """Keep what a user says of a run; return the comment."""
    return Comment.objects.create(run=run, author=user, text=text)


def withdraw_comment(comment):
    """Withdraw a comment: that it was is still shown. Nothing happens to one that is withdrawn."""
    Comment.objects.filter(pk=comment.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
