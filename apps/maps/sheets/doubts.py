"""The doubts of a sheet, gathered: what is incomplete, estimated or unknown, what documents leave open."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.maps import formats


def general_doubts(sheet):
    """Return what the figures of this sheet leave unknown, in sentences."""
    return [sentence for says in SENTENCES for sentence in says(sheet)]


def _boundaries(sheet):
    if sheet["area"]["is_approximate"]:
        yield _("Limites approximatives : superficies et lieux le sont aussi.")


def _people(sheet):
    people = sheet["people"]
    if people is None:
        yield _("Population inconnue : taux et couverture le sont aussi.")
    elif people["is_estimated"]:
        yield _("Population estimée à partir d’un total plus large.")


def _events(sheet):
    events = sheet["events"]
    if sheet["events_asked"]["unknown"]:
        yield sheet["events_asked"]["unknown"]
    elif events is None:
        yield _("Aucun événement n’est chargé : ce qui s’est passé est inconnu, pas nul.")
    elif events["is_simulated"]:
        yield _("Les événements sont simulés.")


def _register(sheet):
    left_out = sheet["institutions"]["not_for_this_reader"]
    if left_out:
        yield ngettext(
            "%(n)s institution est réservée à d’autres lecteurs et n’est pas comptée ici.",
            "%(n)s institutions sont réservées à d’autres lecteurs et ne sont pas comptées ici.",
            left_out,
        ) % {"n": formats.number(left_out)}
    if sheet["institutions"]["completeness"]["kinds_unknown"]:
        yield _("Registre incomplet : une institution absente est inconnue, pas inexistante.")


def _works(sheet):
    totals = sheet["works"]["totals"]
    if totals["works_without_amount"]:
        yield ngettext(
            "%(n)s ouvrage prévu n’a pas de montant dans le document : le total est un minimum.",
            "%(n)s ouvrages prévus n’ont pas de montant dans le document : le total est un minimum.",
            totals["works_without_amount"],
        ) % {"n": formats.number(totals["works_without_amount"])}
    if totals["works"]:
        yield _(
            "Le rapprochement d’un montant et d’un lieu suit l’ordre des lignes du plan de travail : "
            "« moyen » ou « faible », il peut être faux."
        )


def _projects(sheet):
    if sheet["projects"]["without_place"]["projects"]:
        yield _("Des projets ne disent pas où ils travaillent : une absence ici est inconnue.")


SENTENCES = (_boundaries, _people, _events, _register, _works, _projects)


def doubts_of_rows(sheet):
    """Return the doubt noted with each row of the documents that this sheet tells."""
    works, results = sheet["works"], sheet["results"]
    rows = [
        *((target["cercle_name"], target) for target in sheet["targets"]),
        *((work["kind"], work) for name in ("here", "of_region", "target_zones") for work in works[name]),
        *((fact["service"], fact) for fact in [*sheet["mechanisms"], *sheet["facts"]]),
        *((result["description_en"], result) for name in ("here", "of_region") for result in results[name]),
        *((project["title"], project) for project in sheet["projects"]["present"]),
    ]
    return [{"about": about, "doubt": row["doubt"]} for about, row in rows if row["doubt"]]
