"""All that differs between a release and the one before it: rows, layers, sources, licences. No Django."""

from pathlib import Path

from apps.releases.comparing import SORTS, difference


def layer_file(folder, layer):
    """Return the GeoJSON file of a layer of a release; None where it holds none."""
    path = Path(folder) / "layers" / f"{layer}.geojson"
    return path if path.is_file() else None


def changes(told, folder, before=None, folder_before=None, *, step=lambda name: None):
    """
    Return what changed since the release before, as plain values: `changes.json`.

    `told` and `before` are what manifests tell (`layers`, `edition`, `name`). Without a release before it,
    or without its files, nothing can be compared: `compared` says so, and no row is called new.
    """
    is_compared = bool(before and folder_before and Path(folder_before).is_dir())
    before_layers = before["layers"] if before else {}
    found = {
        "release": told["name"],
        "previous": before["name"] if before else None,
        "compared": is_compared,
        "edition": {"before": before["edition"] if before else "", "now": told["edition"]},
        "new_layers": [name for name in told["layers"] if before and name not in before_layers],
        "dropped_layers": [name for name in before_layers if name not in told["layers"]],
        "sources": _sources(before_layers, told["layers"]) if before else {},
        "licences": _licences(before_layers, told["layers"]),
        "layers": {},
    }
    if is_compared:
        for name in {**told["layers"], **before_layers}:
            step(name)
            one = difference(name, layer_file(folder_before, name), layer_file(folder, name))
            found["layers"][name] = one.as_dict()
    return found | {"totals": _totals(found["layers"])}


def _totals(layers):
    return {sort: sum(each[sort] for each in layers.values()) for sort in SORTS}


def _sources(before, now):
    """Return the sources that are new and those that are gone, by layer, where any is."""
    found = {}
    for name in {**now, **before}:
        was, is_now = _files(before.get(name)), _files(now.get(name))
        told = {
            "new": [source for sha, source in is_now.items() if sha not in was],
            "gone": [source for sha, source in was.items() if sha not in is_now],
        }
        if any(told.values()):
            found[name] = told
    return found


def _files(layer):
    sources = layer["sources"] if layer else ()
    return {
        each["sha256"]: {name: each[name] for name in ("publisher", "file", "sha256", "edition", "as_of")}
        for each in sources
    }


def _licences(before, now):
    """Return the licences that are another, by layer."""
    return {
        name: {"before": before[name]["licence"], "now": now[name]["licence"]}
        for name in now
        if name in before and before[name]["licence"] != now[name]["licence"]
    }


def without_names(told):
    """Return the same without the rows named one by one: what a page needs."""
    layers = {name: {k: v for k, v in each.items() if k != "named"} for name, each in told["layers"].items()}
    return told | {"layers": layers}


def by_area(told, layer=None):
    """Return the sum of rows added, changed and removed by P-code, of one layer or of all."""
    sums = {}
    for name, each in told["layers"].items():
        for pcode, counts in each["by_area"].items() if layer in (None, name) else ():
            into = sums.setdefault(pcode, dict.fromkeys(SORTS, 0))
            for sort in SORTS:
                into[sort] += counts[sort]
    return sums
