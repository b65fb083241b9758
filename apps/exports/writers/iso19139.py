"""
The core of ISO 19115 as XML (ISO 19139): what catalogues and desktop programs read of a data set.

Title, abstract, days, publisher, extent, system of coordinates, where the rows come from, what may be done.
"""

from xml.etree import ElementTree as xml

from apps.exports.doubts import NO_RECOGNITION, doubts_of, licence_of
from apps.exports.writers.readme import source_line
from geo.vocabulary import AccessClass

GMD, GCO = "http://www.isotc211.org/2005/gmd", "http://www.isotc211.org/2005/gco"
CODES = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#"
LANGUAGES = {"fr": "fre", "en": "eng"}
SERVICE = "Maillage"

for prefix, space in (("gmd", GMD), ("gco", GCO)):
    xml.register_namespace(prefix, space)


def metadata(told, box):
    """
    Return the metadata of what a file tells of itself (`About`), as text.

    `box` is west, south, east, north in degrees; None where nothing is drawn: the extent is then the country.
    """
    root = xml.Element(f"{{{GMD}}}MD_Metadata")
    _text(root, "fileIdentifier", f"maillage.{told.layer}")
    _code(root, "language", "LanguageCode", _language(told))
    _code(root, "characterSet", "MD_CharacterSetCode", "utf8")
    _code(root, "hierarchyLevel", "MD_ScopeCode", "dataset")
    _party(_in(root, "contact"), SERVICE, "pointOfContact", told.address)
    _value(_in(root, "dateStamp"), "Date", _day(told))
    _text(root, "metadataStandardName", "ISO 19115:2003/19139")
    _text(root, "metadataStandardVersion", "1.0")
    if box:
        identifier = _path(
            root, "referenceSystemInfo/MD_ReferenceSystem/referenceSystemIdentifier/RS_Identifier"
        )
        _text(identifier, "code", "4326")
        _text(identifier, "codeSpace", "EPSG")
    _identification(_path(root, "identificationInfo/MD_DataIdentification"), told, box)
    _distribution(root, told)
    _quality(_path(root, "dataQualityInfo/DQ_DataQuality"), told)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="unicode")


def _identification(data, told, box):
    citation = _path(data, "citation/CI_Citation")
    _text(citation, "title", told.title)
    date = _path(citation, "date/CI_Date")
    _value(_in(date, "date"), "Date", _day(told))
    _code(date, "dateType", "CI_DateTypeCode", "revision")
    if told.edition:
        _text(citation, "edition", told.edition)
    _text(data, "abstract", told.description)
    _party(_in(data, "pointOfContact"), told.publisher or SERVICE, "publisher", "")
    _constraints(data, told)
    _code(data, "language", "LanguageCode", _language(told))
    _code(data, "characterSet", "MD_CharacterSetCode", "utf8")
    topic = _in(_in(data, "topicCategory"), "MD_TopicCategoryCode")
    topic.text = "society"
    extent = _path(data, "extent/EX_Extent")
    if box:
        edges = _path(extent, "geographicElement/EX_GeographicBoundingBox")
        for name, degrees in zip(
            ("west", "east", "south", "north"), (box[0], box[2], box[1], box[3]), strict=True
        ):
            side = "Longitude" if name in ("west", "east") else "Latitude"
            _value(_in(edges, f"{name}Bound{side}"), "Decimal", repr(degrees))
    else:
        place = _path(extent, "geographicElement/EX_GeographicDescription/geographicIdentifier/MD_Identifier")
        _text(place, "code", "ML")


def _constraints(data, told):
    """Tell doubts first, then licence and who may read: a limit of use is what a program shows of them."""
    for words in [*doubts_of(told), NO_RECOGNITION.in_language(told.language)]:
        _text(_path(data, "resourceConstraints/MD_Constraints"), "useLimitation", words)
    legal = _path(data, "resourceConstraints/MD_LegalConstraints")
    licence = licence_of(told)
    _text(legal, "useLimitation", licence)
    restriction = "otherRestrictions" if told.access == AccessClass.PUBLIC else "restricted"
    _code(legal, "accessConstraints", "MD_RestrictionCode", restriction)
    _code(legal, "useConstraints", "MD_RestrictionCode", "license")
    for words in filter(None, (licence, told.licence_url, told.attribution)):
        _text(legal, "otherConstraints", words)


def _distribution(root, told):
    if not told.address:
        return
    online = _path(
        root,
        "distributionInfo/MD_Distribution/transferOptions/MD_DigitalTransferOptions/onLine/CI_OnlineResource",
    )
    _in(_in(online, "linkage"), "URL").text = told.address


def _quality(quality, told):
    _code(_path(quality, "scope/DQ_Scope"), "level", "MD_ScopeCode", "dataset")
    lineage = _path(quality, "lineage/LI_Lineage")
    _text(lineage, "statement", "\n".join(map(source_line, told.sources)) or SERVICE)
    for each in told.sources:
        source = _path(lineage, "source/LI_Source")
        _text(source, "description", source_line(each))


def _party(parent, organisation, role, address):
    party = _in(parent, "CI_ResponsibleParty")
    _text(party, "organisationName", organisation)
    if address:
        online = _path(party, "contactInfo/CI_Contact/onlineResource/CI_OnlineResource/linkage")
        _in(online, "URL").text = address
    _code(party, "role", "CI_RoleCode", role)


def _language(told):
    return LANGUAGES["en" if told.language.startswith("en") else "fr"]


def _day(told):
    """Return the day when the rows last changed; the standard demands one."""
    return told.changed_at[:10] or "1970-01-01"


def _in(parent, name):
    return xml.SubElement(parent, f"{{{GMD}}}{name}")


def _path(parent, names):
    for name in names.split("/"):
        parent = _in(parent, name)
    return parent


def _text(parent, name, text):
    return _value(_in(parent, name), "CharacterString", text)


def _value(parent, kind, text):
    element = xml.SubElement(parent, f"{{{GCO}}}{kind}")
    element.text = "".join(letter for letter in text if letter in "\n\t" or letter >= " ")
    return element


def _code(parent, name, codes, value):
    element = _in(_in(parent, name), codes)
    element.set("codeList", CODES + codes)
    element.set("codeListValue", value)
    element.text = value
