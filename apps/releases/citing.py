"""How a release is cited: as text, BibTeX, CITATION.cff and for Zenodo. No Django."""

import json
import re

from layers.declaration import Words

AUTHOR = "Maillage"
TITLE = Words("Maillage, données sur le Mali, version {name}", "Maillage, data on Mali, release {name}")
SIMULATED = Words("données simulées", "simulated data")
APPROXIMATE = Words("limites approximatives", "approximate boundaries")
DATA_SET = Words("jeu de données", "data set")
FINGERPRINT = Words("Empreinte SHA-256 du manifeste", "SHA-256 of the manifest")
ABSTRACT = Words(
    "Limites, population, institutions, projets et comptes d’événements du Mali, figés et signés.",
    "Boundaries, people, institutions, projects and counts of events of Mali, frozen and signed.",
)
KEYWORDS = ("Mali", "cercles", "police", "justice", "stabilisation", "P-codes")

ZENODO_LICENCES = (
    (r"cc0", "cc-zero"),
    (r"cc[ -]by[ -]4\.0", "cc-by-4.0"),
    (r"odbl|open database", "odbl-1.0"),
)
"""Regular expression of how a licence is written -> its identifier at Zenodo."""


def title(told, language):
    """Return the title of a release; what must be doubted of it is part of it."""
    doubts = [
        words.in_language(language)
        for words, is_so in ((SIMULATED, told["simulated"]), (APPROXIMATE, told["approximate"]))
        if is_so
    ]
    plain = TITLE.in_language(language).format(name=told["name"])
    return f"{plain} ({', '.join(doubts)})" if doubts else plain


def year(told):
    return told["made_at"][:4]


def day(told):
    return told["made_at"][:10]


def place(told, doi=""):
    """Return where the release is found: its DOI once it has one, else its address."""
    return f"https://doi.org/{doi}" if doi else told["address"]


def text(told, language, *, doi="", manifest_sha256=""):
    """Return the citation as a line; with the hash of the manifest, which names the bytes that are cited."""
    parts = [
        f"{AUTHOR} ({year(told)}). {title(told, language)} [{DATA_SET.in_language(language)}].",
        place(told, doi),
    ]
    if manifest_sha256:
        colon = "\u00a0: " if language == "fr" else ": "
        parts.append(f"{FINGERPRINT.in_language(language)}{colon}{manifest_sha256}")
    return " ".join(part for part in parts if part)


def bibtex(told, *, doi="", manifest_sha256=""):
    """Return the citation for BibTeX."""
    fields = {
        "author": "{" + AUTHOR + "}",
        "title": "{" + _tex(title(told, "en")) + "}",
        "year": year(told),
        "month": str(int(told["made_at"][5:7])),
        "version": told["name"],
        "publisher": "{" + AUTHOR + "}",
        "doi": doi,
        "url": told["address"],
        "note": f"SHA-256 of the manifest: {manifest_sha256}" if manifest_sha256 else "",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{maillage-{told['name']},\n" + ",\n".join(lines) + "\n}\n"


def _tex(words):
    return re.sub(r"([&%$#_])", r"\\\1", words)


def cff(told):
    """Return CITATION.cff (1.2.0); a JSON string is a YAML string too."""
    values = {
        "cff-version": "1.2.0",
        "message": "Cite this release, and the sources of the layers that you use.",
        "type": "dataset",
        "title": title(told, "en"),
        "version": told["name"],
        "date-released": day(told),
        "url": told["address"],
        "abstract": description(told, "en"),
    }
    lines = [f"{name}: {_yaml(value)}" for name, value in values.items() if value]
    lines += ["authors:", f"  - name: {_yaml(AUTHOR)}"]
    lines += ["keywords:", *(f"  - {_yaml(word)}" for word in KEYWORDS)]
    sources = [source for layer in told["layers"].values() for source in layer["sources"]]
    references = dict.fromkeys("\n".join(_reference(source)) for source in sources)
    lines += ["references:", *references] if references else []
    return "\n".join(lines) + "\n"


def _reference(source):
    name = source["publisher"] or source["file"]
    told = [
        "  - type: data",
        f"    title: {_yaml(source['attribution'] or source['file'])}",
        "    authors:",
        f"      - name: {_yaml(name)}",
    ]
    if source["url"].startswith(("https://", "http://")):
        told.append(f"    url: {_yaml(source['url'])}")
    return told


def _yaml(value):
    return json.dumps(value, ensure_ascii=False)


def description(told, language):
    """Return what a release is, in a few sentences; what must be doubted first."""
    doubts = {
        "simulated": Words(
            "DONNÉES SIMULÉES : rien de cela n’est arrivé. À ne pas utiliser pour décider.",
            "SIMULATED DATA: none of this happened. Not to be used for a decision.",
        ),
        "approximate": Words(
            "LIMITES APPROXIMATIVES : à ne pas utiliser pour mesurer ni pour décider.",
            "APPROXIMATE BOUNDARIES: not to be used to measure or to decide.",
        ),
    }
    said = [words.in_language(language) for name, words in doubts.items() if told[name]]
    return " ".join([*said, ABSTRACT.in_language(language)])


def zenodo(told):
    """Return the metadata of a deposit at Zenodo, in the form of .zenodo.json."""
    licences = sorted({layer["licence"] for layer in told["layers"].values() if layer["licence"]})
    of_each = "".join(
        f"<li>{name}: {layer['licence'] or 'no licence stated'} — {layer['attribution']}</li>"
        for name, layer in told["layers"].items()
    )
    return {
        "title": title(told, "en"),
        "upload_type": "dataset",
        "version": told["name"],
        "publication_date": day(told),
        "language": "fra",
        "description": f"<p>{description(told, 'en')}</p><p>{description(told, 'fr')}</p><ul>{of_each}</ul>",
        "creators": [{"name": AUTHOR}],
        "access_right": "open",
        "license": _zenodo_licence(licences),
        "keywords": list(KEYWORDS),
        "notes": "Each layer has its own licence: see manifest.json. Verify with verify.py and the key "
        + told["key"],
        "related_identifiers": (
            [{"identifier": told["address"], "relation": "isIdenticalTo", "scheme": "url"}]
            if told["address"]
            else []
        ),
    }


def _zenodo_licence(licences):
    """Return the one licence that holds for all, as Zenodo names it; where they differ, that it is open."""
    if len(licences) == 1:
        for written, identifier in ZENODO_LICENCES:
            if re.search(written, licences[0], re.IGNORECASE):
                return identifier
    return "other-open"
