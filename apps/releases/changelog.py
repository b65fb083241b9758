"""What changed since the release before, as a text to read: CHANGELOG.md, French then English. No Django."""

from apps.releases.changes import by_area
from apps.releases.citing import title
from apps.releases.comparing import SORTS
from layers.declaration import Words

MOST_AREAS = 200

WORDS = {
    "since": Words("Ce qui a changé depuis la version {previous}", "What changed since release {previous}"),
    "first": Words("Première version : rien à comparer.", "First release: nothing to compare with."),
    "gone": Words(
        "Les fichiers de la version {previous} ne sont plus là : les lignes ne sont pas comparées.",
        "The files of release {previous} are no longer there: rows are not compared.",
    ),
    "totals": Words(
        "Lignes ajoutées : {added}, changées : {changed}, retirées : {removed}.",
        "Rows added: {added}, changed: {changed}, removed: {removed}.",
    ),
    "edition": Words("Limites : {before} → {now}", "Boundaries: {before} → {now}"),
    "new_layers": Words("Nouvelles couches : {names}", "New layers: {names}"),
    "dropped_layers": Words("Couches retirées : {names}", "Layers dropped: {names}"),
    "by_layer": Words("Par couche", "By layer"),
    "by_area": Words("Par cercle, ou par région où le cercle manque", "By cercle, or region where none"),
    "head": Words("ajoutées | changées | retirées", "added | changed | removed"),
    "layer": Words("couche", "layer"),
    "area": Words("P-code", "P-code"),
    "nowhere": Words("sans lieu", "no place"),
    "fields": Words("champs changés", "fields changed"),
    "new_fields": Words("`{layer}` : nouveaux champs : {names}", "`{layer}`: new fields: {names}"),
    "dropped_fields": Words("`{layer}` : champs retirés : {names}", "`{layer}`: fields dropped: {names}"),
    "unchanged": Words("Sans changement : {names}", "Unchanged: {names}"),
    "sources": Words("Sources", "Sources"),
    "new_source": Words("`{layer}` : nouvelle source : {source}", "`{layer}`: new source: {source}"),
    "gone_source": Words("`{layer}` : source retirée : {source}", "`{layer}`: source gone: {source}"),
    "licence": Words("`{layer}` : licence {before} → {now}", "`{layer}`: licence {before} → {now}"),
    "more": Words("… et {n} autres, dans changes.json", "… and {n} others, in changes.json"),
}


def changelog(told, found):
    """Return CHANGELOG.md of a release, from its manifest and what `changes` found."""
    return "\n".join([*_part(told, found, "fr"), "", "---", "", *_part(told, found, "en"), ""])


def _part(told, found, language):
    def say(name, **values):
        return WORDS[name].in_language(language).format(**values)

    lines = [f"# {title(told, language)}", ""]
    if not found["previous"]:
        return [*lines, say("first")]
    lines += [f"## {say('since', previous=found['previous'])}", "", *_of_the_whole(found, say)]
    if not found["compared"]:
        return [*lines, "", say("gone", previous=found["previous"])]
    return [*lines, "", *_layers(found, say), "", *_areas(found, say), *_sources(found, say)]


def _of_the_whole(found, say):
    lines = [f"- {say('totals', **found['totals'])}"] if found["compared"] else []
    edition = found["edition"]
    if edition["before"] != edition["now"]:
        lines.append(f"- {say('edition', **edition)}")
    for name in ("new_layers", "dropped_layers"):
        if found[name]:
            lines.append(f"- {say(name, names=_names(found[name]))}")
    return lines


def _layers(found, say):
    lines = [f"### {say('by_layer')}", "", f"| {say('layer')} | {say('head')} | {say('fields')} |"]
    lines.append("|---|--:|--:|--:|---|")
    told, unchanged = [], []
    for name, each in found["layers"].items():
        if not any(each[sort] for sort in SORTS):
            unchanged.append(name)
            continue
        changed = ", ".join(f"{field} ({n})" for field, n in each["changed_fields"].items())
        lines.append(f"| `{name}` | {each['added']} | {each['changed']} | {each['removed']} | {changed} |")
        for key in ("new_fields", "dropped_fields"):
            if each[key]:
                told.append(f"- {say(key, layer=name, names=_names(each[key]))}")
    if unchanged:
        told.append(f"- {say('unchanged', names=_names(unchanged))}")
    return [*(lines if len(unchanged) < len(found["layers"]) else lines[:1]), *([""] if told else []), *told]


def _areas(found, say):
    sums = sorted(by_area(found).items())
    if not sums:
        return []
    lines = [f"### {say('by_area')}", "", f"| {say('area')} | {say('head')} |", "|---|--:|--:|--:|"]
    for pcode, each in sums[:MOST_AREAS]:
        lines.append(
            f"| {pcode or say('nowhere')} | {each['added']} | {each['changed']} | {each['removed']} |"
        )
    if len(sums) > MOST_AREAS:
        lines += ["", say("more", n=len(sums) - MOST_AREAS)]
    return [*lines, ""]


def _sources(found, say):
    lines = []
    for name, each in found["sources"].items():
        lines += [f"- {say('new_source', layer=name, source=_source(one))}" for one in each["new"]]
        lines += [f"- {say('gone_source', layer=name, source=_source(one))}" for one in each["gone"]]
    for name, each in found["licences"].items():
        lines.append(f"- {say('licence', layer=name, **{k: v or '—' for k, v in each.items()})}")
    return [f"### {say('sources')}", "", *lines] if lines else []


def _source(told):
    return ", ".join(
        each for each in (told["publisher"], told["file"], told["edition"], told["as_of"]) if each
    )


def _names(names):
    return ", ".join(f"`{name}`" for name in names)
