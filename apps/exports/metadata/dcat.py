"""
What programs read of a layer or a file: DCAT-AP 3 as JSON-LD, whose context lies in it.

A catalogue harvests datasets and their distributions by it; to understand it, no other host is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from apps.boundaries.models import Edition
from apps.exports.formats import formats_of
from apps.sources.models import Load
from geo.vocabulary import AccessClass
from layers.declaration import Geometry

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"
ACCESS_RIGHTS = {
    AccessClass.PUBLIC: RIGHTS + "PUBLIC",
    AccessClass.SIGNED_IN: RIGHTS + "RESTRICTED",
    AccessClass.DATA_KEEPERS: RIGHTS + "NON_PUBLIC",
}
MALI = "http://publications.europa.eu/resource/authority/country/MLI"
DEGREES = "http://www.opengis.net/def/crs/EPSG/0/4326"
DOUBTS = {
    "simulated": ("Données simulées : rien de cela n’est arrivé.", "Simulated data: none of this happened."),
    "approximate": ("Limites approximatives.", "Approximate boundaries."),
}


@dataclass(frozen=True)
class Known:
    """
    What is told of a layer without any of its rows: the loads and the edition behind them, when they last
    changed, who may read them, where and when they lie.

    `box` is west, south, east, north in degrees; `days` the first and the last; None where not known or
    not for this reader.
    """

    access: AccessClass
    loads: Sequence[Load]
    edition: Edition | None = None
    changed_at: datetime | None = None
    box: tuple[float, float, float, float] | None = None
    days: tuple[date, date] | None = None


def catalogue(layers, known_of, root):
    """Return these layers as JSON-LD; `known_of` tells what is known of one, `root` is our address."""
    return {
        "@context": CONTEXT,
        "@id": root + reverse("data"),
        "@type": "dcat:Catalog",
        "dct:title": both("Maillage : les données", "Maillage: the data"),
        "dct:language": ["fr", "en"],
        "dct:spatial": {"@id": MALI},
        "dcat:dataset": [_dataset(layer, known_of(layer), root) for layer in layers],
    }


def dataset(layer, known, root):
    """Return a layer as JSON-LD: what it is, where its rows come from, in which formats it may be had."""
    return {"@context": CONTEXT, **_dataset(layer, known, root)}


def _dataset(layer, known, root):
    return filled(
        {
            "@id": root + reverse("layer", args=[layer.name]),
            "@type": "dcat:Dataset",
            "dct:identifier": layer.name,
            "dct:title": both(layer.title.fr, layer.title.en),
            "dct:description": both(layer.description.fr, layer.description.en),
            "dct:publisher": [agent(name) for name in once(each.publisher for each in known.loads)],
            "dct:rights": [{"rdfs:label": text} for text in once(each.attribution for each in known.loads)],
            "dct:accessRights": {"@id": ACCESS_RIGHTS[known.access]},
            "dct:spatial": [{"@id": MALI}, *boxed(known.box)],
            "dct:temporal": period(known.days),
            "dct:conformsTo": {"@id": DEGREES} if layer.geometry is not Geometry.TABLE else None,
            "dct:modified": moment(known.changed_at),
            "dct:provenance": [source(each) for each in known.loads],
            "adms:versionNotes": version_notes(layer, known),
            "dcat:landingPage": {"@id": root + reverse("layer", args=[layer.name])},
            "dcat:distribution": [_offered(layer, each, known.loads, root) for each in formats_of(layer)],
        }
    )


def _offered(layer, format_, loads, root):
    """Return a format in which the whole layer may be had: made when it is asked for."""
    address = root + reverse("downloads:layer", args=[layer.name, format_.extension])
    return filled(
        {
            "@id": address,
            "@type": "dcat:Distribution",
            "dct:title": format_.label,
            "dcat:accessURL": {"@id": root + reverse("layer", args=[layer.name])},
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": media_type(format_.content_type),
            "dct:license": [licence(each) for each in loads if each.licence or each.licence_url],
        }
    )


def distribution(export, root):
    """Return a file that is there as JSON-LD, with the hash of its bytes and what it says of itself."""
    told, address = export.about, root + reverse("downloads:file", args=[export.pk, export.file_name])
    return {
        "@context": CONTEXT,
        **filled(
            {
                "@id": address,
                "@type": "dcat:Distribution",
                "dct:title": export.file_name,
                "dct:description": told.get("description"),
                "dct:language": export.language,
                "dct:isPartOf": [{"@id": root + reverse("layer", args=[name])} for name in export.layers],
                "dct:issued": moment(export.made_at),
                "dct:modified": typed(told["changed_at"], "dateTime") if told.get("changed_at") else None,
                "dcat:downloadURL": {"@id": address},
                "dcat:mediaType": media_type(export.content_type),
                "dcat:byteSize": typed(str(export.bytes), "nonNegativeInteger"),
                "spdx:checksum": checksum(export.sha256),
                "dct:license": told.get("licence"),
                "dct:rights": told.get("attribution"),
                "dct:accessRights": {"@id": ACCESS_RIGHTS[AccessClass(export.access)]},
                "dct:provenance": [told_source(each) for each in told.get("sources", ())],
                "adms:versionNotes": version_of(told),
                "prov:wasGeneratedBy": {"@type": "prov:Activity", "dct:description": asked(told)},
            }
        ),
    }


def asked(told):
    """Return what was asked of the rows, as text."""
    return "&".join(f"{name}={value}" for name, value in told.get("filter", {}).items())


def version_of(told):
    """Return edition and doubts of a file."""
    doubts = [words for name, told_so in DOUBTS.items() if told.get(name) for words in both(*told_so)]
    return [*([told["edition"]] if told.get("edition") else []), *doubts]


def version_notes(layer, known):
    edition = known.edition
    told = {
        "edition": edition.name if edition and layer.geometry is not Geometry.TABLE else "",
        "simulated": any(each.is_simulated for each in known.loads),
        "approximate": bool(edition and edition.is_approximate),
    }
    return version_of(told)


def boxed(box):
    """Return the place within these degrees, as a list: of none where nothing is drawn."""
    if not box:
        return []
    west, south, east, north = (f"{degrees:.5f}" for degrees in box)
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    text = f"POLYGON(({', '.join(' '.join(corner) for corner in corners)}))"
    wkt = {"@type": "geo:wktLiteral", "@value": text}
    return [{"@type": "dct:Location", "dcat:bbox": wkt}]


def period(days):
    if not days:
        return None
    first, last = (typed(day.isoformat(), "date") for day in days)
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}


def source(load):
    return told_source(
        {
            "publisher": load.publisher,
            "file": load.file_name,
            "sha256": load.sha256,
            "url": load.url,
            "edition": load.edition,
            "as_of": load.as_of.isoformat() if load.as_of else "",
        }
    )


def told_source(told):
    """Return a file that rows come from."""
    words = [told.get(name) for name in ("publisher", "file", "edition", "as_of") if told.get(name)]
    return filled(
        {
            "@type": "dct:ProvenanceStatement",
            "rdfs:label": ", ".join(words),
            "dct:source": {"@id": told["url"]} if told.get("url") else None,
            "spdx:checksum": checksum(told.get("sha256")),
        }
    )


def licence(load):
    """Return a licence: by its address where there is one."""
    return filled(
        {
            "@id": load.licence_url or None,
            "@type": "dct:LicenseDocument",
            "rdfs:label": load.licence,
        }
    )


def once(texts):
    """Return each text that says something, once."""
    return [text for text in dict.fromkeys(texts) if text]


def agent(name):
    return {"@type": "foaf:Organization", "foaf:name": name}


def checksum(sha256):
    if not sha256:
        return None
    algorithm = {"@id": "spdx:checksumAlgorithm_sha256"}
    return {"@type": "spdx:Checksum", "spdx:algorithm": algorithm, "spdx:checksumValue": sha256}


def media_type(content_type):
    return {"@id": f"https://www.iana.org/assignments/media-types/{content_type.partition(';')[0]}"}


def both(french, english):
    return [{"@language": "fr", "@value": french}, {"@language": "en", "@value": english}]


def moment(known):
    return typed(known.isoformat(), "dateTime") if known else None


def typed(value, kind):
    return {"@type": f"xsd:{kind}", "@value": value}


def filled(told):
    """Return what is told without what is not known: absent, not empty."""
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}
