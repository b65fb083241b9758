"""What is said, in French, of a place that is not certain, and of the doubt that a certain one keeps."""

from geo.names import key_of
from geo.vocabulary import Level
from layers.readers.wording import quoted

NOTHING_TOLD = "Aucun lieu n’est dit."

A = {Level.REGION: "une région", Level.CERCLE: "un cercle", Level.COMMUNE: "une commune"}
SEVERAL = {Level.REGION: "régions", Level.CERCLE: "cercles", Level.COMMUNE: "communes"}
PARENT = {Level.REGION: "le pays", Level.CERCLE: "sa région", Level.COMMUNE: "son cercle"}


def remedy(level, candidates):
    """Return what to do about a place, by its candidates."""
    if not candidates:
        return f"Dire {PARENT[level]} et le nom officiel, ou le P-code et son édition."
    likeliest = candidates[0]
    return f"Vouliez-vous {quoted(likeliest['name'])} ({likeliest['pcode']})\u202f?"


def no_such(told, other):
    """Say that no area of the level bears a name, and which level has one that does."""
    said = f"{quoted(told.name)} n’est pas {A[told.level]}"
    within = f" de {quoted(told.parent)}" if told.parent else ""
    return f"{said}{within}\u202f; {A[other]} porte ce nom." if other else f"{said}{within}."


def several_bear(told, count):
    """Say that a name does not choose."""
    within = f" dans {quoted(told.parent)}" if told.parent else ""
    return f"{count} {SEVERAL[told.level]} s’appellent {quoted(told.name)}{within}."


def elsewhere(area, parent):
    """Say that the parent told is not the area's."""
    return f"{quoted(area.name)} ({area.pcode}) est dans {area.parent.name}, non dans {quoted(parent)}."


def not_within(told):
    """Say that a name is borne in other parents than the one told."""
    return f"Aucun lieu du nom de {quoted(told.name)} n’est dans {quoted(told.parent)}, mais ailleurs."


def unknown_parent(told, found):
    """Say that the parent told is none."""
    said = f"{quoted(told.parent)} n’est ni une région ni un cercle connus"
    return f"{said}, et le nom seul ne suffit pas." if len(found) != 1 else f"{said}."


def parent_read_as(told, area):
    """Say that the parent told was read as the area's own."""
    return f"{quoted(told.parent)} a été lu {quoted(area.parent.name)}." if told.parent else ""


def name_read_as(name, parent):
    """Say that a name told together with its parent's was read as two."""
    return f"Lu {quoted(name)} dans {quoted(parent)}."


def divided(level, name, edition, areas):
    """Say that a name of a former edition is several areas now."""
    now = ", ".join(f"{area.name} ({area.pcode})" for area in areas)
    return f"{quoted(name)} de l’édition {edition} est devenu {len(areas)} {SEVERAL[level]}\u00a0: {now}."


def no_pcode(code):
    """Say that a code is not of our form, and was left aside."""
    return f"Le code {quoted(code)} n’est pas un P-code\u00a0: il n’a pas été lu."


def unknown_code(level, code, edition, meanings):
    """Say that no area of the level has a code, in the edition told or in any; and in which it has."""
    of = f"l’édition {edition}" if edition else "aucune édition connue"
    said = f"{code} n’est le code d’aucun lieu de ce niveau ({SEVERAL[level]}) dans {of}"
    return f"{said}\u202f; {told_by_edition(code, meanings)}." if meanings else f"{said}."


def another_name(told, edition, meanings):
    """Say that the name is not the code's, and what the code is in each edition."""
    of = f" dans l’édition {edition}" if edition else ""
    said = f"{told.code} n’est pas {quoted(told.name)}{of}"
    return f"{said}\u202f; {told_by_edition(told.code, meanings)}."


def several(told, edition, fitting):
    """Say that a code is no area now, or several, or different ones by edition."""
    count = len({area.pk for each in fitting for area in each.areas})
    if not count:
        return f"{told_by_edition(told.code, _by_edition(fitting))}, sans lieu dans l’édition en usage."
    if len({each.areas for each in fitting}) == 1:
        return divided(told.level, f"{told.code} {fitting[0].name}", fitting[0].edition, fitting[0].areas)
    return f"{told_by_edition(told.code, _by_edition(fitting))}\u00a0: dire l’édition des codes."


def doubt_of_code(code, fitting, active):
    """Say which edition a code was read in, when its name chose another than the active one."""
    editions = _by_edition(fitting)
    return "" if active in editions else f"{told_by_edition(code, editions)}."


def told_by_edition(code, meanings):
    """Return what a code is by edition, as "ML0507 est Ténenkou dans l’édition 2019"."""
    by_name = {}
    for edition, meaning in meanings.items():
        by_name.setdefault(key_of(meaning.name), (meaning.name, []))[1].append(edition)
    parts = (
        f"{name} dans {'l’édition' if len(editions) == 1 else 'les éditions'} {', '.join(editions)}"
        for name, editions in by_name.values()
    )
    return f"{code} est {', '.join(parts)}"


def _by_edition(meanings):
    return {each.edition: each for each in meanings}
