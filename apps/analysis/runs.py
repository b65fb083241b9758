"""Questions that are kept: saved by somebody, told to somebody, asked again. Light: pages and API call it."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from apps.accounts.access import may_see, may_see_choices
from apps.analysis.answering import answer
from apps.analysis.answers import Answer
from apps.analysis.bounds import TooLarge
from apps.analysis.questions import checked
from apps.analysis.resolving import resolved
from apps.analysis.sentence import sentence
from apps.runs import answers
from apps.runs import services as runs
from apps.runs.canonical import canonical, digest
from apps.runs.models import Run
from geo.vocabulary import AccessClass

KIND = "analysis"

MOST_VERSIONS = 50


def save(user, question, *, name, forked_from=None):
    """
    Answer a question (JSON) for a user and keep both; return the run.

    It is done, unless the question is too large for a request: then the worker answers it.
    """
    try:
        found = answer(question, user)
    except TooLarge as error:
        if not error.may_be_a_job:
            raise
        whole = resolved(checked(question))
        return runs.begin(KIND, whole, name=name, author=user, forked_from=forked_from)
    return runs.keep_answered(
        KIND, found.question, told_of(found), name=name, author=user, forked_from=forked_from
    )


def told_of(found):
    """Return an answer as runs keep it."""
    return answers.Answer(
        answer=found.kept(),
        edition=found.edition or "",
        events_until=found.events_until and date.fromisoformat(found.events_until),
        known_at=found.known_at and datetime.fromisoformat(found.known_at),
        access=AccessClass(found.access),
        is_simulated=found.simulated,
    )


def readable(user):
    """Return the kept questions that a user may open, newest first."""
    return Run.objects.of_kind(KIND).read_by(sees_all=may_see_choices(user)).select_related("author")


def question_of(run):
    """Return the resolved question of a run."""
    return json.loads(run.question)


def answer_of(run, user):
    """Return the answer (`Answer`) of a run that is done; None for who may not see what it rests on."""
    return Answer(**json.loads(run.answer)) if may_see(user, run.access) else None


def sentence_of(run):
    """Return the question of a run as a sentence of the reader's language: it tells no row."""
    return sentence(question_of(run))[get_language()]


@dataclass(frozen=True)
class AskedAgain:
    """The same question asked now: whether the answer is the same, and the loads that changed since."""

    is_same: bool
    came: list
    went: list


def ask_again(run, user, *, address=""):
    """Ask the question of a run that is done once more, as the data are now; nothing is kept."""
    found = answer(question_of(run), user, address=address)
    before, now = (_by_hash(sources) for sources in (json.loads(run.answer)["sources"], found.sources))
    return AskedAgain(
        is_same=digest(canonical(found.kept())) == run.hash,
        came=[now[key] for key in now if key not in before],
        went=[before[key] for key in before if key not in now],
    )


def _by_hash(sources):
    return {(each["kind"], each["sha256"]): each for each in sources}


def versions(run, user):
    """Return the versions of a question that a user may open, the first one first."""
    found = {run.pk: run}
    edge = [run]
    while edge and len(found) < MOST_VERSIONS:
        near = readable(user).without_texts().answered().filter(pk__in=_near(edge)).exclude(pk__in=found)
        edge = list(near)
        found |= {each.pk: each for each in edge}
    return sorted(found.values(), key=lambda each: (each.created, str(each.pk)))


def _near(edge):
    """Return the keys of the runs that these were made of, and of those made of them."""
    made_of = [each.forked_from_id for each in edge if each.forked_from_id]
    made = Run.objects.filter(forked_from__in=[each.pk for each in edge]).values_list("pk", flat=True)
    return [*made_of, *made]
