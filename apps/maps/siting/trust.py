"""How far to trust a siting run, in sentences: gap, what binds, what stays, doubts, rules, method."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.maps import formats
from apps.maps.coverage import sentences as said
from apps.maps.runs.told import day_of, joined, number
from apps.maps.siting.reading import MINUTES
from apps.maps.siting.sentences import dollars, sites_counted
from apps.maps.siting.words import (
    BINDING,
    CANDIDATES,
    COUNTED,
    FOUND_BY,
    OBJECTIVES,
    RULES,
    SENSES,
    kind_title,
    rule_title,
)

A_HUNDREDTH = 0.01
MOST_BINDING = 3
ALWAYS, NEVER = 0.8, 0.2
MOST_NAMES = 12


def worth(reading):
    """Return what the choice is worth: how far from the best, what binds it, which sites stay."""
    if reading.chosen is None:
        return []
    return [each for each in (_gap(reading), _greedy(reading), *_binding(reading), *_robust(reading)) if each]


def _gap(reading):
    gap = reading.answer["gap"]
    share = formats.percent(gap["share"], 2 if gap["share"] < A_HUNDREDTH else 1)
    if gap["status"] != "optimal":
        return _("Recherche arrêtée avant la fin : un autre choix ferait mieux de %(share)s au plus.") % {
            "share": share
        }
    if not gap["share"]:
        return _("Choix exact : aucun autre choix aux mêmes conditions ne fait mieux.")
    return _("Choix exact : aucun autre choix aux mêmes conditions ne ferait mieux de plus de %(share)s.") % {
        "share": share
    }


def _greedy(reading):
    greedy = reading.plans.get("greedy")
    if greedy is None:
        return ""
    more = reading.chosen["people"]["point"] - greedy["people"]["point"]
    if more <= 0:
        return _("Prendre les sites un à un, le meilleur d’abord, donne ici le même nombre de personnes.")
    return _("Prendre les sites un à un, le meilleur d’abord, laisserait %(people)s de côté.") % {
        "people": said.people(more)
    }


def _binding(reading):
    binding = reading.answer["binding"]
    if not binding:
        yield _("Aucune règle prise seule ne borne ce choix.")
    for each in binding[:MOST_BINDING]:
        yield BINDING[each["key"]] % {
            "name": each["name"] or each["area"],
            "gain": _gain(reading, each["gain"]),
        }


def _gain(reading, gain):
    unit = reading.answer["gap"]["unit"]
    if unit == "usd":
        return dollars(gain)
    return said.people(round(gain)) if unit == "people" else formats.number(gain)


def _robust(reading):
    robust = reading.answer["robust"]
    if not robust or not robust["draws"]:
        return
    chosen = [each for each in robust["sites"] if each["is_chosen"]]
    stay = [each["name"] for each in chosen if each["share"] >= ALWAYS]
    yield _(
        "Sur %(draws)s tirages où la limite, la façon de répartir la population et les états "
        "inconnus varient, "
        "%(n)s des %(of)s sites restent choisis au moins %(share)s du temps%(names)s."
    ) % {
        "draws": formats.number(robust["draws"]),
        "n": formats.number(len(stay)),
        "of": formats.number(len(chosen)),
        "share": formats.percent(ALWAYS),
        "names": _(" : %(names)s") % {"names": joined(stay)} if 0 < len(stay) <= MOST_NAMES else "",
    }
    if fragile := [each["name"] for each in chosen if each["share"] < ALWAYS]:
        yield _("Dépendent de ces hypothèses : %(names)s.") % {"names": joined(fragile[:MOST_NAMES])}
    if others := [each["name"] for each in robust["sites"] if not each["is_chosen"]][:MOST_NAMES]:
        yield _("Souvent choisis à leur place : %(names)s.") % {"names": joined(others)}


def why_not(reading):
    """Return why no choice keeps the rules, and the way out; nothing where one does."""
    infeasible = reading.answer["infeasible"]
    if not infeasible:
        return []
    lines = [_("Ces conditions ne peuvent pas tenir ensemble :")]
    for each in infeasible["rules"]:
        reason = f" ({each['reason']})" if each["reason"] else ""
        lines.append(rule_title(each) + reason)
    if infeasible["most_share"] is not None:
        lines.append(
            _("Tous les lieux possibles ensemble mettent à portée %(share)s de la population au plus.")
            % {"share": formats.percent(infeasible["most_share"], 1)}
        )
    lines.append(_("Ôtez ou relâchez l’une d’elles : sans elle, les autres tiennent."))
    return lines


def rules(reading):
    """Return the rules of the question, each with its reason."""
    asked, names = reading.question, _names(reading)
    told = [
        _("%(rule)s : %(name)s%(reason)s")
        % {
            "rule": str(title).capitalize(),
            "name": names.get(code, code),
            "reason": _(", %(reason)s") % {"reason": reason} if reason else "",
        }
        for rule, title in RULES.items()
        for code, reason in asked[rule].items()
    ]
    told += [
        _("Au moins %(sites)s : %(name)s") % {"sites": sites_counted(least), "name": names.get(code, code)}
        for code, least in asked["floors"].items()
        if least
    ]
    return told


def _names(reading):
    """Return the names of areas and candidates by their codes."""
    found = {each["pcode"]: each["name"] for each in reading.answer["areas"]}
    for each in reading.answer["candidates"]:
        found |= {each["key"]: each["name"], each["code"]: each["name"]}
        found |= {each["region"]: each["region_name"], each["cercle"]: each["cercle_name"]}
    return found


def doubts(reading):
    """Return what a reader should know before believing the numbers."""
    return [each for each in (*_of_data(reading), *_of_counting(reading), *_of_works(reading)) if each]


def _of_data(reading):
    answer = reading.answer
    if simulated := [each["file"] for each in answer["snapshot"] if each["is_simulated"]]:
        yield _(
            "Données simulées : %(files)s. Cette réponse montre la méthode, elle ne dit rien du pays."
        ) % {"files": joined(simulated)}
    if answer["is_approximate"]:
        yield _("Les limites sont approximatives.")
    if not answer["is_whole"]:
        yield _("Les institutions existantes ne sont pas montrées : leur registre est d’accès restreint.")
    register = answer["register"]
    if not register["complete"] and not register["partial"]:
        yield _("Le registre n’est dit complet dans aucun cercle.")
    else:
        yield _(
            "Le registre, par cercle et par sorte d’institution : complet %(complete)s fois, partiel "
            "%(partial)s fois, inconnu %(unknown)s fois."
        ) % {name: formats.number(register[name]) for name in ("complete", "partial", "unknown")}


def _of_counting(reading):
    if reading.question["measure"] == MINUTES and reading.answer["walking_only"]:
        yield _("Aucune route n’est chargée : les minutes sont celles de la marche, en ligne droite.")
    if len(reading.answer["families"]) > 1 and reading.question["objective"] != "chains":
        yield _("Une personne compte une fois pour chaque service qu’elle n’avait pas à portée.")
    yield _(
        "La population de chaque localité est une estimation : le total de son cercle, réparti "
        "selon sa classe "
        "et la trame de densité."
    )


def _of_works(reading):
    planned = reading.planned
    if planned is None:
        return
    doubtful = [each["name"] for each in planned["sites"] if each["confidence"] not in ("", "high")]
    if doubtful:
        yield _(
            "Les montants du programme sont rapprochés de leurs lieux sans certitude pour %(names)s ; chaque "
            "plan compte donc le même coût par site. Le document donne %(usd)s pour ces lieux."
        ) % {"names": joined(doubtful), "usd": dollars(planned["document_cost"])}
    if elsewhere := planned["works_without_place"]:
        yield ngettext(
            "%(n)s ouvrage du programme n’a pas de lieu dit : il ne compte pas.",
            "%(n)s ouvrages du programme n’ont pas de lieu dit : ils ne comptent pas.",
            len(elsewhere),
        ) % {"n": formats.number(len(elsewhere))}
    if barred := [each["name"] for each in planned["sites"] if each["barred"]]:
        yield _("Le programme prévoit aussi là où cette question ne veut rien : %(names)s.") % {
            "names": joined(barred)
        }


def method(reading):
    """Return how the answer was made."""
    asked, answer = reading.question, reading.answer
    lines = [
        _("Construits : %(kinds)s.") % {"kinds": joined(kind_title(kind) for kind in asked["kinds"])},
        _("Lieux possibles : %(n)s, %(of)s.")
        % {
            "n": formats.number(len(answer["candidates"])),
            "of": CANDIDATES[asked["candidates"]["of"]],
        },
        _(
            "Objectif : %(objective)s à moins de %(limit)s ; seules comptent celles qui "
            "n’avaient rien à portée."
        )
        % {"objective": OBJECTIVES[asked["objective"]], "limit": reading.limit_told()},
        _("Ce qui existe : %(sense)s, le %(day)s.")
        % {
            "sense": SENSES[asked["existing"]["sense"]],
            "day": formats.day(day_of(asked["existing"]["day"])),
        },
    ]
    if asked["years"]:
        spent = joined(f"{year} {dollars(usd)}" for year, usd in sorted(asked["years"].items()) if usd)
        lines.append(
            _("Budget par an : %(years)s ; les personnes comptent %(counted)s.")
            % {"years": spent, "counted": COUNTED[asked["counted"]]}
        )
    lines.append(str(FOUND_BY))
    if robust := answer["robust"]:
        lines.append(
            _(
                "Tirages : limite de %(low)s à %(high)s, %(methods)s façons de répartir la "
                "population, germe %(seed)s."
            )
            % {
                "low": number(robust["limits"][0]),
                "high": number(robust["limits"][1]),
                "methods": formats.number(len(robust["methods"])),
                "seed": robust["seed"],
            }
        )
    lines.append(_("Méthode %(n)s.") % {"n": answer["method"]})
    return lines
