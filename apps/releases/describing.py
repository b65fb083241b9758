"""What lies in a release beside its rows: README, metadata (DCAT-AP, JSON-LD), hashes. No Django."""

from apps.releases import citing
from layers.declaration import Words

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
    "adms": "http://www.w3.org/ns/adms#",
}
DEGREES = "http://www.opengis.net/def/crs/EPSG/0/4326"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"

README = Words(
    """\
# {title}

{description}

Chaque couche est dans `layers/`, en GeoJSON, en CSV et en GeoPackage ; ses métadonnées (DCAT-AP) sont
dans `metadata/`. Chaque couche a sa propre licence et sa propre mention, dans `manifest.json` et dans ses
fichiers. Ce qui a changé : `CHANGELOG.md`, et `changes.json` pour un programme. Citer : `citation.txt`,
`citation.bib`, `CITATION.cff`. Les limites et les noms indiqués n’impliquent aucune reconnaissance
officielle.

## Vérifier

Cette version est signée par la clé `{key}`.
Ne vous fiez pas à cette ligne : comparez cette empreinte à celle que publie qui a fait la
version{address}.

    python verify.py DOSSIER {key}

La commande est de vingt lignes et ne demande que Python et `cryptography` : lisez-la d’abord. Elle refuse
un fichier changé, coupé, manquant ou ajouté, un manifeste changé, une autre clé, un dossier d’un autre
nom : gardez le nom `{name}`. Sans Python, `sha256sum -c SHA256SUMS` compare les fichiers, mais non la
signature.
""",
    """\
# {title}

{description}

Each layer is in `layers/`, as GeoJSON, CSV and GeoPackage; its metadata (DCAT-AP) are in `metadata/`.
Each layer has its own licence and its own attribution, in `manifest.json` and in its files. What changed:
`CHANGELOG.md`, and `changes.json` for a program. To cite: `citation.txt`, `citation.bib`, `CITATION.cff`.
Boundaries and names shown imply no official recognition.

## Verify

This release is signed by the key `{key}`.
Do not trust this line: compare the fingerprint with the one published by who made the
release{address}.

    python verify.py FOLDER {key}

The command has twenty lines and asks for Python and `cryptography` only: read it first. It refuses a file
that was changed, cut, added or is missing, a changed manifest, another key, a folder of another name: keep
the name `{name}`. Without Python, `sha256sum -c SHA256SUMS` compares the files, but not the signature.
""",
)


def readme(told):
    """Return README.md, French then English."""
    parts = [
        README.in_language(language).format(
            title=citing.title(told, language),
            description=citing.description(told, language),
            key=told["key"],
            name=told["name"],
            address=f" ({told['address']})" if told["address"] else "",
        )
        for language in ("fr", "en")
    ]
    return "\n---\n\n".join(parts)


def citations(told):
    """Return citation.txt: a line in French, a line in English."""
    return "".join(citing.text(told, language) + "\n" for language in ("fr", "en"))


def dataset(told, name, seals):
    """Return what a layer of a release is, as JSON-LD; `seals` are size and SHA-256 of its files by path."""
    layer = told["layers"][name]
    home = told["address"] or f"urn:maillage:{told['name']}/"
    found = {
        "@context": CONTEXT,
        "@id": f"{home}#{name}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"maillage.{told['name']}.{name}",
        "dct:title": _in_both(layer["title"]),
        "dct:description": _in_both(layer["description"]),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": layer["publisher"] or citing.AUTHOR},
        "dct:issued": told["made_at"],
        "dct:modified": layer["changed_at"] or None,
        "dct:license": _licence(layer),
        "dct:rights": layer["attribution"] or None,
        "dct:accessRights": {"@id": PUBLIC},
        "dct:conformsTo": {"@id": DEGREES},
        "dcat:version": told["name"],
        "adms:versionNotes": citing.description(told, "en"),
        "prov:wasDerivedFrom": [_source(each) for each in layer["sources"]],
        "dcat:distribution": [_distribution(home, path, seal) for path, seal in seals.items()],
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _in_both(words):
    return [{"@language": language, "@value": words[language]} for language in ("fr", "en")]


def _licence(layer):
    if layer["licence_url"].startswith("http") and "; " not in layer["licence_url"]:
        return {"@id": layer["licence_url"]}
    return layer["licence"] or None


def _source(source):
    told = {
        "dct:title": source["attribution"] or source["file"],
        "dct:publisher": source["publisher"],
        "dct:identifier": source["file"],
        "dct:license": source["licence"],
        "dcat:version": source["edition"],
        "dct:date": source["as_of"],
        "dcat:landingPage": {"@id": source["url"]} if source["url"].startswith("http") else "",
        "spdx:checksum": _checksum(source["sha256"]),
    }
    return {key: value for key, value in told.items() if value}


def _distribution(home, path, seal):
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": home + path},
        "dcat:mediaType": media_type(path),
        "dcat:byteSize": seal["bytes"],
        "spdx:checksum": _checksum(seal["sha256"]),
    }


def _checksum(sha256):
    return {"spdx:algorithm": "SHA256", "spdx:checksumValue": sha256}


MEDIA_TYPES = {
    "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8",
    "gpkg": "application/geopackage+sqlite3",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown; charset=utf-8",
    "pem": "application/x-pem-file",
}


def media_type(path):
    """Return the type of a file of a release; text where its name tells no other."""
    return MEDIA_TYPES.get(path.rpartition(".")[2], "text/plain; charset=utf-8")


def sums(seals):
    """Return SHA256SUMS, as `sha256sum -c` reads it."""
    return "".join(f"{seal['sha256']}  {path}\n" for path, seal in sorted(seals.items()))
