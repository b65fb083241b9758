"""Deciding: the choice of a run is adopted, replaced by a later one, withdrawn. Nothing is deleted."""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.access import may_see
from apps.boundaries.matching import CercleNames
from apps.boundaries.models import Area, Edition
from apps.runs.models import Run
from apps.sources import services as sources
from apps.sources.history import because
from apps.targeting.models import AdoptedCercle, Adoption
from apps.targeting.runs import KIND

LAYER = "target_cercles"


class NotAdoptable(ValueError):
    """A choice cannot be adopted, or an adoption withdrawn, as asked; the message says why."""


def why_not(run, user):
    """Return why this user cannot adopt this run in any way; empty where nothing stands against it."""
    if run.kind != KIND or run.state != Run.State.DONE:
        return _("Une exécution se décide une fois terminée.")
    if not may_see(user, run.access):
        return _("Vous ne voyez pas tout ce sur quoi cette exécution repose : qui la voit entière décide.")
    return ""


@transaction.atomic
def adopt(user, run, *, body, decided_on, reasons, today, dissent="", is_exercise=False):
    """
    Keep that a body adopted the choice of a run; return the adoption. Raises NotAdoptable.

    Unless it is an exercise its cercles are the target cercles from now on.
    """
    if said := why_not(run, user):
        raise NotAdoptable(said)
    answer = json.loads(run.answer)
    chosen = [area for area in answer["scores"] if area["selected"]]
    if not chosen:
        raise NotAdoptable(_("Cette exécution ne choisit aucun cercle."))
    if decided_on > today:
        raise NotAdoptable(_("La date de la décision est à venir."))
    if not is_exercise:
        _require_real(run, answer, decided_on)
    adoption = Adoption.objects.create(
        run=run,
        body=body,
        decided_on=decided_on,
        reasons=reasons,
        dissent=dissent,
        is_exercise=is_exercise,
        recorded_by=user,
    )
    _keep_cercles(adoption, answer, chosen)
    sources.touch(LAYER)
    return adoption


def _require_real(run, answer, decided_on):
    """What becomes target cercles rests on no invented data, and is of the cercles that are in use."""
    if run.is_simulated:
        raise NotAdoptable(_("Cette exécution repose sur des données simulées : seul un exercice l’adopte."))
    if answer["question"]["level"] != "cercle":
        raise NotAdoptable(_("Cette exécution choisit des communes : seul un exercice l’adopte."))
    if not Edition.objects.filter(is_active=True, name=run.edition).exists():
        raise NotAdoptable(
            _("L’exécution est d’une édition qui n’est plus en usage : refaites-la dans celle d’aujourd’hui.")
        )
    former = Adoption.objects.in_force()
    if former and former.run_id == run.pk:
        raise NotAdoptable(_("Ce choix est déjà en vigueur."))
    if former and decided_on < former.decided_on:
        raise NotAdoptable(_("Une décision plus récente est en vigueur : retirez-la d’abord."))


def _keep_cercles(adoption, answer, chosen):
    titles = {zone["key"]: zone["title"] for zone in answer["zones"]}
    areas = Area.objects.filter(edition__name=answer["edition"], pcode__in=[each["pcode"] for each in chosen])
    places = dict(areas.values_list("pcode", "pk"))
    AdoptedCercle.objects.bulk_create(
        AdoptedCercle(
            adoption=adoption,
            pcode=each["pcode"],
            name=each["name"],
            region_name=each["region_name"],
            zone_title=titles[each["zone"]],
            rank=each["rank"],
            area_id=places.get(each["pcode"]),
        )
        for each in chosen
    )


@transaction.atomic
def withdraw(user, adoption, *, why):
    """Withdraw an adoption with a reason: what it replaced is in force again. Raises NotAdoptable."""
    if not why.strip():
        raise NotAdoptable(_("Dites pourquoi."))
    with because(why[:200], by=user):
        done = Adoption.objects.filter(pk=adoption.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now(), withdrawn_by=user, withdrawn_why=why
        )
    if not done:
        raise NotAdoptable(_("Cette adoption est déjà retirée."))
    sources.touch(LAYER)


def periods(adoptions):
    """
    Return which adoption made the target cercles: (adoption, since, until), the latest first.

    The programme document's are told as None; they stood before all others, since None. Until None: now.
    """
    real = [adoption for adoption in adoptions if not adoption.is_exercise]
    moments = sorted(
        {moment for each in real for moment in (each.recorded_at, each.withdrawn_at) if moment is not None}
    )
    told = [(None, None)]
    for moment in moments:
        standing = [
            each
            for each in real
            if each.recorded_at <= moment and not (each.withdrawn_at and each.withdrawn_at <= moment)
        ]
        now = max(standing, key=lambda each: each.recorded_at, default=None)
        if now != told[-1][0]:
            told.append((now, moment))
    ends = [since for _adoption, since in told[1:]] + [None]
    return [(each, since, until) for (each, since), until in zip(told, ends, strict=True)][::-1]


@transaction.atomic
def follow_edition():
    """Tie each adopted cercle to its cercle of the active edition; return the sentences worth telling."""
    names = CercleNames()
    cercles = list(AdoptedCercle.objects.all())
    for cercle in cercles:
        cercle.area = names.one(cercle.name)
    AdoptedCercle.objects.bulk_update(cercles, ["area"])
    sources.touch(LAYER)
    lost = sorted({cercle.name for cercle in cercles if cercle.area is None})
    return [f"This edition lacks these adopted cercles: {', '.join(lost)}."] if lost else []
