"""What a reader finds beside rows in a format that has no room for it: a text for people."""

from apps.exports.doubts import NO_RECOGNITION, doubts_of, licence_of
from layers.declaration import Words

NAME = Words("LISEZMOI.txt", "README.txt")
WORDS = {
    "doubts": Words("À SAVOIR D’ABORD", "TO KNOW FIRST"),
    "licence": Words("Licence", "Licence"),
    "attribution": Words("À citer", "To be cited"),
    "publisher": Words("Éditeur", "Publisher"),
    "edition": Words("Édition des limites", "Edition of the boundaries"),
    "rows": Words("Lignes", "Rows"),
    "filter": Words("Choix", "Selection"),
    "everything": Words("tout", "everything"),
    "changed_at": Words("Lignes changées le", "Rows changed on"),
    "address": Words("Page de la couche", "Page of the layer"),
    "crs": Words("Coordonnées", "Coordinates"),
    "degrees": Words("degrés, WGS 84 (EPSG:4326)", "degrees, WGS 84 (EPSG:4326)"),
    "sources": Words("SOURCES", "SOURCES"),
    "loses": Words("CE QUE CE FORMAT PERD", "WHAT THIS FORMAT LOSES"),
}


def readme(told, *, loses=()):
    """Return what a file tells of itself (`About`) as text; `loses` are sentences on the format."""

    def word(name):
        return WORDS[name].in_language(told.language)

    asked = ", ".join(f"{name}={value}" for name, value in told.filter.items()) or word("everything")
    lines = {
        "licence": "; ".join(filter(None, (licence_of(told), told.licence_url))),
        "attribution": told.attribution,
        "publisher": told.publisher,
        "edition": told.edition,
        "rows": str(told.rows),
        "filter": asked,
        "changed_at": told.changed_at,
        "crs": word("degrees"),
        "address": told.address,
    }
    colon = " : " if told.language.startswith("fr") else ": "
    parts = [
        [told.title.upper(), told.description],
        [word("doubts"), *doubts_of(told), NO_RECOGNITION.in_language(told.language)],
        [word(name) + colon + value for name, value in lines.items() if value],
        [word("sources"), *map(source_line, told.sources)],
        [word("loses"), *loses] if loses else [],
    ]
    return "\r\n\r\n".join("\r\n".join(part) for part in parts if part) + "\r\n"


def source_line(source):
    """Return a source as a line: a reader can find the file again and see that it is the same."""
    parts = [
        source.publisher,
        source.file,
        f"sha256:{source.sha256}" if source.sha256 else "",
        source.edition,
        source.url,
        source.retrieved,
        source.licence,
        source.note,
    ]
    return "; ".join(filter(None, parts))
