"""
Two rows that may be one institution: proposed by distance and kind, decided by data keepers.

A confirmed pair is counted once. Nothing of it is lost: to undo gives everything back.
"""

from django.db import transaction
from django.utils import timezone

from apps.boundaries.placing import place_again
from apps.infrastructure.changes import changed
from apps.infrastructure.models import Institution, SamePlace
from apps.infrastructure.queries import exact_pairs, told_and_exact_pairs
from apps.infrastructure.statuses import refresh_statuses
from apps.sources.history import because
from geo.vocabulary import InstitutionKind, PlaceTold

NEAR_TOLD_METRES = 10_000
"""How far from the point drawn for a town its court may stand: a town and its outskirts. Our choice."""

CLOSE_METRES = 30
"""Two points of a map closer than this may be one building drawn twice. Our choice."""

MAY_BE = {
    InstitutionKind.COMMISSARIAT: {InstitutionKind.POLICE_NOT_TOLD},
    InstitutionKind.BRIGADE: {InstitutionKind.POLICE_NOT_TOLD},
    InstitutionKind.TGI: {InstitutionKind.COURT_NOT_TOLD},
    InstitutionKind.TI: {InstitutionKind.COURT_NOT_TOLD, InstitutionKind.JPCE},
    InstitutionKind.JPCE: {InstitutionKind.COURT_NOT_TOLD, InstitutionKind.TI},
    InstitutionKind.EPES: {InstitutionKind.PRISON_NOT_TOLD},
}
"""Kinds that may be one institution, beside two of a same kind. A JPCE may have become a TI since."""


class CannotDecide(ValueError):
    """A pair cannot be decided as it stands; `code` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@transaction.atomic
def propose():
    """Propose pairs that may be one institution, drop those that no longer stand; return how many wait."""
    found = _found()
    waiting = 0
    for pair in SamePlace.objects.all():
        anew = found.pop(frozenset((pair.kept_id, pair.other_id)), None)
        if pair.state == SamePlace.State.PROPOSED:
            waiting += _proposed_again(pair, anew)
    SamePlace.objects.bulk_create(found.values())
    return waiting + len(found)


def _proposed_again(pair, anew):
    """Return whether the proposal still stands, after bringing it up to date."""
    if anew is None:
        pair.delete()
        return False
    told = ("kept_id", "other_id", "metres", "reason")
    if any(getattr(pair, name) != getattr(anew, name) for name in told):
        for name in told:
            setattr(pair, name, getattr(anew, name))
        pair.save()
    return True


def _found():
    """Return the pair for each set of two ids."""
    institutions = Institution.objects.counted().in_bulk()
    told = [
        SamePlace(kept_id=told, other_id=exact, metres=metres, reason=SamePlace.Reason.TOLD_NEAR)
        for told, exact, metres in told_and_exact_pairs(metres=NEAR_TOLD_METRES)
        if _may_be_one(institutions[told], institutions[exact])
    ]
    close = [
        _close(institutions[one], institutions[another], metres)
        for one, another, metres in exact_pairs(metres=CLOSE_METRES)
        if _may_be_one(institutions[one], institutions[another])
    ]
    return {frozenset((pair.kept_id, pair.other_id)): pair for pair in [*told, *close]}


def _may_be_one(one, another):
    return (
        one.kind == another.kind
        or another.kind in MAY_BE.get(one.kind, ())
        or one.kind in MAY_BE.get(another.kind, ())
    )


def _close(one, another, metres):
    """Return the pair that keeps the better told of two: with a kind, with a name, then the first."""
    kept, other = sorted((one, another), key=lambda each: (each.kind.endswith("_not_told"), not each.name))
    return SamePlace(kept=kept, other=other, metres=metres, reason=SamePlace.Reason.CLOSE)


@transaction.atomic
def confirm(pair, *, by, why):
    """
    Say that both are one institution: the other is counted with the kept one.

    The kept one takes an exact location in place of a town's, unless a data keeper told where it is.
    Raises CannotDecide when the pair is decided already, or when one of the two is tied elsewhere.
    """
    with because(why, by=by):
        pair = _locked(pair, SamePlace.State.PROPOSED)
        _refuse_tied(pair)
        kept, other = pair.kept, pair.other
        if _lends(kept, other):
            pair.former_location, pair.former_place_told = kept.location, kept.place_told
            _move(kept, other.location, PlaceTold.EXACT)
        other.same_as = kept
        other.save(update_fields=["same_as", "updated"])
        _decide(pair, SamePlace.State.CONFIRMED, by, why)
        _count_again(kept, other)
    return pair


@transaction.atomic
def reject(pair, *, by, why):
    """Say that they are two institutions: the pair is not proposed again."""
    with because(why, by=by):
        pair = _locked(pair, SamePlace.State.PROPOSED)
        _decide(pair, SamePlace.State.REJECTED, by, why)
    return pair


@transaction.atomic
def undo(pair, *, by, why):
    """Take a decision back: both rows are as they were before it, and the pair waits again."""
    with because(why, by=by):
        pair = _locked(pair, SamePlace.State.CONFIRMED, SamePlace.State.REJECTED)
        if pair.state == SamePlace.State.CONFIRMED:
            _part(pair)
        pair.former_location, pair.former_place_told = None, ""
        pair.state, pair.decided_by, pair.decided_at, pair.why = SamePlace.State.PROPOSED, None, None, ""
        pair.save()
        _count_again(pair.kept, pair.other)
    return SamePlace.objects.filter(pk=pair.pk).first()


def lend_again():
    """Let the kept ones follow the exact ones that moved; a place told by a data keeper ends a loan."""
    confirmed = SamePlace.objects.filter(
        state=SamePlace.State.CONFIRMED, former_location__isnull=False
    ).select_related("kept", "other")
    for pair in confirmed:
        if "location" in pair.kept.corrected:
            pair.former_location, pair.former_place_told = None, ""
            pair.save(update_fields=["former_location", "former_place_told"])
        elif pair.kept.location.coords != pair.other.location.coords:
            _move(pair.kept, pair.other.location, PlaceTold.EXACT)


def _locked(pair, *states):
    pair = SamePlace.objects.select_for_update().get(pk=pair.pk)
    if pair.state not in states:
        raise CannotDecide("decided" if SamePlace.State.PROPOSED in states else "undecided")
    return pair


def _refuse_tied(pair):
    """Refuse chains: a row that is the same as another, or stands for others, is parted first."""
    if pair.kept.same_as_id or pair.other.same_as_id or pair.other.others.exists():
        raise CannotDecide("tied")


def _lends(kept, other):
    return (
        kept.place_told != PlaceTold.EXACT
        and other.place_told == PlaceTold.EXACT
        and "location" not in kept.corrected
    )


def _part(pair):
    pair.other.same_as = None
    pair.other.save(update_fields=["same_as", "updated"])
    if pair.former_location:
        _move(pair.kept, pair.former_location, pair.former_place_told)


def _move(institution, location, place_told):
    institution.location, institution.place_told = location, place_told
    institution.save(update_fields=["location", "place_told", "updated"])
    place_again(Institution.objects.filter(pk=institution.pk))


def _decide(pair, state, by, why):
    pair.state, pair.decided_by, pair.decided_at, pair.why = state, by, timezone.now(), why
    pair.save()


def _count_again(*institutions):
    refresh_statuses(Institution.objects.filter(pk__in=[each.pk for each in institutions]))
    propose()
    changed()
