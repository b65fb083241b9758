"""What templates/maps/releases/ need: releases in a list, and one of them."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.maps import formats
from apps.maps.releases.changes_map import drawn
from apps.releases import citing
from apps.releases.changes import by_area
from apps.releases.comparing import SORTS
from apps.releases.manifest import MANIFEST, SIGNATURE, SUMS
from apps.releases.models import Release, ReleaseKey
from layers.catalogue import LAYERS

FORMATS = (("geojson", "GeoJSON"), ("csv", "CSV"), ("gpkg", "GeoPackage"))


def releases_context(request, *, keeps):
    """Return what templates/maps/releases/list.html needs."""
    releases = list(Release.objects.made())
    under_way = Release.objects.under_way().first()
    return {
        "releases": [in_a_line(release) for release in releases],
        "latest": cited(request, releases[0]) if releases else None,
        "key": ReleaseKey.objects.filter(until=None).first(),
        "former_keys": ReleaseKey.objects.exclude(until=None),
        "keeps": keeps,
        "under_way": under_way,
        "state_address": reverse("api:release", args=[under_way.name]) if under_way else "",
        "failed": _last_failed(releases) if keeps and not under_way else None,
    }


def _last_failed(releases):
    """Return the attempt that failed since the newest release was made; None of none."""
    failed = Release.objects.filter(state=Release.State.FAILED).order_by("-pk").first()
    is_past = failed and releases and failed.asked_at < releases[0].made_at
    return None if is_past else failed


def in_a_line(release):
    """Return a release as a line of the list: when, what changed, how large."""
    told = release.manifest
    return {
        "name": release.name,
        "made_at": release.made_at,
        "edition": told["edition"],
        "bytes": release.bytes,
        "layers": len(told["layers"]),
        "rows": sum(layer["rows"] for layer in told["layers"].values()),
        "changed": changed_in_words(release.changes),
        "simulated": told["simulated"],
        "approximate": told["approximate"],
        "doi": release.doi,
    }


def changed_in_words(changes):
    """Return in a line what changed since the release before."""
    if not changes.get("previous"):
        return _("première version")
    if not changes["compared"]:
        return _("non comparée : les fichiers de la version %(name)s ne sont plus là") % {
            "name": changes["previous"]
        }
    if not any(changes["totals"].values()):
        return _("aucune ligne changée")
    told = {sort: formats.number(changes["totals"][sort]) for sort in SORTS}
    return _("lignes ajoutées : %(added)s, changées : %(changed)s, retirées : %(removed)s") % told


def cited(request, release):
    """Return the ways to cite a release: what it is for, name of the line, text."""
    manifest = release.manifest | {"address": address_of(request, release)}
    told = {"doi": release.doi, "manifest_sha256": release.manifest_sha256}
    return [
        (_("En français"), "citation-fr", citing.text(manifest, "fr", **told)),
        (_("En anglais"), "citation-en", citing.text(manifest, "en", **told)),
        ("BibTeX", "citation-bibtex", citing.bibtex(manifest, **told)),
    ]


def release_context(request, release, *, keeps):
    """Return what templates/maps/releases/release.html needs."""
    told, changes = release.manifest, release.changes
    return {
        "release": release,
        "told": told,
        "title": citing.title(told, get_language()),
        "line": in_a_line(release),
        "layers": layers_of(release),
        "formats": [label for _extension, label in FORMATS],
        "others": others_of(release),
        "cited": cited(request, release),
        "manifest": _file(release, MANIFEST),
        "signature": _file(release, SIGNATURE),
        "previous": told["previous"] and told["previous"]["name"],
        "next": _next(release),
        "all_of_it": all_of_it(address_of(request, release), release.name),
        "command": f"python verify.py {release.name} {release.key.fingerprint}",
        "changes": changes if changes.get("compared") else None,
        "changed_layers": changed_layers(changes),
        "changed_areas": changed_areas(changes),
        "drawing": drawn(by_area(changes)) if changes.get("compared") else None,
        "keeps": keeps,
    }


def _next(release):
    later = Release.objects.made().filter(made_at__gt=release.made_at).order_by("made_at").first()
    return later and later.name


def _file(release, path):
    return reverse("release-file", args=[release.name, path])


def title_of(release, layer):
    """Return the title of a layer as the release tells it; of one it no longer holds, as it is now."""
    if told := release.manifest["layers"].get(layer):
        return told["title"][get_language()]
    return LAYERS[layer].title.in_language(get_language()) if layer in LAYERS else layer


def address_of(request, release):
    """Return the address that a citation gives: the one that was signed, else the one that is asked."""
    return release.manifest["address"] or request.build_absolute_uri(reverse("release", args=[release.name]))


def all_of_it(address, name):
    """Return a line for a shell that fetches every file of a release into a folder of its name."""
    last = " ".join((SUMS, MANIFEST, SIGNATURE))
    return (
        f"(curl -fsS {address}{SUMS} | cut -c67-; printf '%s\\n' {last})"
        f" | xargs -I% curl -fsS -C - --create-dirs -o {name}/% {address}%"
    )


def in_order(layers):
    """Return the layers of a release by name, in the order of the catalogue."""
    order = list(LAYERS)
    return sorted(layers.items(), key=lambda each: order.index(each[0]) if each[0] in order else len(order))


def layers_of(release):
    """Return each layer of a release with its files."""
    files = release.manifest["files"]
    return [
        {
            "name": name,
            "title": title_of(release, name),
            "rows": told["rows"],
            "licence": told["licence"],
            "attribution": told["attribution"],
            "simulated": told["simulated"],
            "files": [
                {"label": label, "address": _file(release, path), **files[path]}
                for path, label in ((f"layers/{name}.{extension}", label) for extension, label in FORMATS)
            ],
        }
        for name, told in in_order(release.manifest["layers"])
    ]


def others_of(release):
    """Return the files of a release that are of no layer."""
    files = release.manifest["files"]
    return [
        {"path": path, "address": _file(release, path), **seal}
        for path, seal in files.items()
        if not path.startswith(("layers/", "metadata/"))
    ]


def changed_layers(changes):
    """Return the layers of which any row changed, the most changed first."""
    rows = [
        {"name": name, "title": _title_now(name), **each, "all": sum(each[sort] for sort in SORTS)}
        for name, each in changes.get("layers", {}).items()
    ]
    return sorted((row for row in rows if row["all"]), key=lambda row: -row["all"])


def _title_now(name):
    return LAYERS[name].title.in_language(get_language()) if name in LAYERS else name


def changed_areas(changes):
    """Return rows added, changed and removed by cercle, region where no cercle is known, or neither."""
    if not changes.get("compared"):
        return []
    sums = by_area(changes)
    names = dict(Area.objects.filter(edition__is_active=True, pcode__in=sums).values_list("pcode", "name"))
    return [
        {"pcode": pcode, "name": names.get(pcode, pcode) or _("sans lieu"), **sums[pcode]}
        for pcode in sorted(sums, key=lambda pcode: (not pcode, pcode))
    ]
