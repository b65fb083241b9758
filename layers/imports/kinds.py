"""
The kinds of files a data keeper may load, with the fields of each: their words, types and usual headers.

Light: pages import it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from geo.names import fold
from geo.vocabulary import DatePrecision, EventType, InstitutionKind, InstitutionStatus, PlacePrecision
from layers.declaration import Geometry, Words
from layers.events import DATE_PRECISIONS, EVENT_TYPES, PLACE_PRECISIONS
from layers.institutions import INSTITUTION_KINDS, INSTITUTION_STATUSES


class ValueType(StrEnum):
    """What the cells of a field hold. A CODE is kept letter for letter; a NAME is a place's or a person's."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CODE = "code"
    NAME = "name"
    SHAPE = "shape"
    """The polygon of an area, as hexadecimal WKB in EPSG:4326."""


class PlaceTelling(StrEnum):
    """How a row tells its place: by a point, by the code or name of an area, or not at all."""

    POINT = "point"
    AREA = "area"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class ImportField:
    """
    One field of a kind. `headers` are those known in publishers' files, the preferred first.

    `choices` gives the value of each folded word, in French and English; `choice_labels` the words of each
    value, to show. `least` and `most` bound a number; `most_letters` a text.
    """

    name: str
    label: Words
    type: ValueType = ValueType.TEXT
    is_required: bool = False
    headers: tuple[str, ...] = ()
    hxl: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    choice_labels: Mapping[str, Words] = field(default_factory=dict)
    unit: Words | None = None
    least: float | None = None
    most: float | None = None
    most_letters: int | None = None

    @property
    def known_headers(self) -> tuple[str, ...]:
        """Return every header that certainly means this field: known ones, its own name, its labels."""
        return tuple(dict.fromkeys((*self.headers, self.name, self.label.fr, self.label.en)))


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """
    A kind of file. `key` names the fields that identify a row; `other_key` those that do when the first of
    `key` is empty. At least one whole group of `one_of` must be matched to columns.
    """

    name: str
    title: Words
    fields: tuple[ImportField, ...]
    key: tuple[str, ...]
    other_key: tuple[str, ...] = ()
    place: PlaceTelling
    geometry: Geometry = Geometry.TABLE
    one_of: tuple[tuple[str, ...], ...] = ()
    takes_values: bool = False
    """Whether columns that are no field may be chosen as values (a table about areas)."""

    def field(self, name: str) -> ImportField:
        """Return the field of this name. Raises KeyError."""
        return {each.name: each for each in self.fields}[name]

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of the fields that each row must fill."""
        return tuple(each.name for each in self.fields if each.is_required)


def words_of(
    labels: Mapping[str, Words], others: Mapping[str, Iterable[str]] | None = None
) -> dict[str, str]:
    """
    Return the value of each word, folded: the value itself, its labels, and its `others` in use.

    >>> words_of({"closed": Words("fermé", "closed")}, {"closed": ["abandonné"]})
    {'closed': 'closed', 'ferme': 'closed', 'abandonne': 'closed'}
    """
    found = {}
    for value, label in labels.items():
        for word in (value, label.fr, label.en, *(others or {}).get(value, ())):
            found[fold(word)] = value
    return found


# Words of the registers and documents of Mali for what we name otherwise.
_KIND_WORDS = {
    InstitutionKind.COMMISSARIAT.value: (
        "commissariat",
        "police station",
        "commissariat de la police nationale",
    ),
    InstitutionKind.BRIGADE.value: ("brigade", "gendarmerie", "brigade territoriale", "gendarmerie brigade"),
    InstitutionKind.BIS.value: ("bis",),
    InstitutionKind.POLICE_NOT_TOLD.value: ("police", "poste de police", "police ou gendarmerie"),
    InstitutionKind.TGI.value: ("tgi",),
    InstitutionKind.TI.value: ("ti", "tribunal d instance"),
    InstitutionKind.JPCE.value: ("jpce", "justice de paix"),
    InstitutionKind.PJS.value: ("pjs",),
    InstitutionKind.PEF.value: ("pef",),
    InstitutionKind.COURT_NOT_TOLD.value: ("tribunal", "courthouse", "court", "palais de justice"),
    InstitutionKind.EPES.value: ("epes", "maison d arrêt", "établissement pénitentiaire"),
    InstitutionKind.PRISON_NOT_TOLD.value: ("prison",),
    InstitutionKind.ONE_STOP_CENTRE.value: ("one stop centre", "guichet unique"),
}
_STATUS_WORDS = {
    InstitutionStatus.FUNCTIONAL.value: (
        "fonctionnelle",
        "en service",
        "ouvert",
        "ouverte",
        "operational",
        "open",
    ),
    InstitutionStatus.PERIODIC.value: ("visité périodiquement", "intermittent"),
    InstitutionStatus.RELOCATED.value: ("relocalisée", "délocalisé", "délocalisée", "délocalisé ailleurs"),
    InstitutionStatus.UNDER_CONSTRUCTION.value: ("en chantier", "en travaux", "construction"),
    InstitutionStatus.CLOSED.value: (
        "fermée",
        "non fonctionnel",
        "non fonctionnelle",
        "abandonné",
        "not functional",
    ),
    InstitutionStatus.DESTROYED.value: ("détruite", "incendié", "saccagé"),
    InstitutionStatus.UNKNOWN.value: ("inconnue", "non précisé"),
}
# ACLED's own codes (codebook): its third geo_precision is our REGION. Our wider scale is told in words.
_PLACE_PRECISION_WORDS = {str(PlacePrecision.REGION.value): ("3",)}
_ACLED_PLACE_CODES = ("1", "2", "3")


def _place_precisions() -> dict[str, str]:
    words = words_of(PLACE_PRECISIONS, _PLACE_PRECISION_WORDS)
    return {
        word: value for word, value in words.items() if not word.isdecimal() or word in _ACLED_PLACE_CODES
    }


_DEGREES = Words("degrés", "degrees")
_PEOPLE = Words("habitants", "people")


def _longitude(*, is_required: bool) -> ImportField:
    return ImportField(
        name="longitude",
        label=Words("Longitude", "Longitude"),
        type=ValueType.DECIMAL,
        is_required=is_required,
        headers=("longitude", "lon", "long", "lng", "x", "coord_x", "geometry_longitude"),
        hxl=("#geo+lon",),
        unit=_DEGREES,
    )


def _latitude(*, is_required: bool) -> ImportField:
    return ImportField(
        name="latitude",
        label=Words("Latitude", "Latitude"),
        type=ValueType.DECIMAL,
        is_required=is_required,
        headers=("latitude", "lat", "y", "coord_y", "geometry_latitude"),
        hxl=("#geo+lat",),
        unit=_DEGREES,
    )


_REGION = ImportField(
    name="region",
    label=Words("Région", "Region"),
    type=ValueType.NAME,
    headers=(
        *("admin1Name_fr", "adm1_name_fr", "adm1_fr", "adm1_name", "admin1Name", "admin1"),
        *("région", "nom région", "region name", "province"),
    ),
    hxl=("#adm1+name", "#adm1"),
)
_CERCLE = ImportField(
    name="cercle",
    label=Words("Cercle", "Cercle"),
    type=ValueType.NAME,
    headers=(
        *("admin2Name_fr", "adm2_name_fr", "adm2_fr", "adm2_name", "admin2Name", "admin2"),
        *("cercle", "nom cercle", "nom du cercle", "district"),
    ),
    hxl=("#adm2+name", "#adm2"),
)
_COMMUNE = ImportField(
    name="commune",
    label=Words("Commune", "Commune"),
    type=ValueType.NAME,
    headers=(
        *("admin3Name_fr", "adm3_name_fr", "adm3_fr", "adm3_name", "admin3Name", "admin3"),
        *("commune", "nom commune", "nom de la commune", "municipality"),
    ),
    hxl=("#adm3+name", "#adm3"),
)
_LOCALITY = ImportField(
    name="locality",
    label=Words("Localité", "Settlement"),
    type=ValueType.NAME,
    headers=(
        "localité",
        "localités",
        "location_name",
        "location",
        "village",
        "ville",
        "site",
        "town",
        "lieu",
    ),
    hxl=("#loc+name", "#loc"),
)
_PCODE = ImportField(
    name="pcode",
    label=Words("P-code du lieu", "P-code of the place"),
    type=ValueType.CODE,
    headers=(
        *("adm3_pcode", "admin3Pcode", "admin3Pcod", "adm2_pcode", "admin2Pcode", "admin2Pcod"),
        *("adm1_pcode", "admin1Pcode", "admin1Pcod", "pcode", "p_code", "code_lieu", "code insee"),
    ),
    hxl=("#adm3+code", "#adm2+code", "#adm1+code", "#loc+code"),
)
_PLACES = (_PCODE, _REGION, _CERCLE, _COMMUNE, _LOCALITY)

EVENTS = ImportKind(
    name="events",
    title=Words("Événements de conflit", "Conflict events"),
    key=("source_event_id",),
    place=PlaceTelling.POINT,
    geometry=Geometry.POINT,
    fields=(
        ImportField(
            name="source_event_id",
            label=Words("Identifiant de l’événement", "Identifier of the event"),
            type=ValueType.CODE,
            is_required=True,
            headers=("event_id_cnty", "source_event_id", "event_id", "id"),
            hxl=("#event+id", "#event+code"),
            most_letters=40,
        ),
        ImportField(
            name="occurred_on",
            label=Words("Date", "Date"),
            type=ValueType.DATE,
            is_required=True,
            headers=("event_date", "occurred_on", "date", "date_start", "date de l'événement"),
            hxl=("#date+occurred", "#date+start", "#date"),
        ),
        ImportField(
            name="time_precision",
            label=Words("Précision de la date", "Precision of the date"),
            type=ValueType.CHOICE,
            headers=("time_precision", "date_prec"),
            choices=words_of(DATE_PRECISIONS),
            choice_labels={str(each.value): DATE_PRECISIONS[str(each.value)] for each in DatePrecision},
        ),
        ImportField(
            name="event_type",
            label=Words("Type", "Type"),
            type=ValueType.CHOICE,
            is_required=True,
            headers=("event_type", "type d'événement", "type"),
            hxl=("#event+type",),
            choices=words_of(EVENT_TYPES),
            choice_labels={each.value: EVENT_TYPES[each.value] for each in EventType},
        ),
        ImportField(
            name="sub_event_type",
            label=Words("Sous-type", "Sub-type"),
            headers=("sub_event_type", "sous-type"),
            hxl=("#event+subtype",),
            most_letters=60,
        ),
        ImportField(
            name="actor1",
            label=Words("Acteur 1", "Actor 1"),
            headers=("actor1", "side_a"),
            hxl=("#group+name+first",),
            most_letters=300,
        ),
        ImportField(
            name="actor2",
            label=Words("Acteur 2", "Actor 2"),
            headers=("actor2", "side_b"),
            hxl=("#group+name+second",),
            most_letters=300,
        ),
        ImportField(
            name="fatalities",
            label=Words("Morts", "Fatalities"),
            type=ValueType.WHOLE,
            is_required=True,
            headers=("fatalities", "morts", "nombre de morts", "deaths", "tués", "best"),
            hxl=("#affected+killed",),
            unit=Words("morts", "deaths"),
            least=0,
        ),
        _longitude(is_required=True),
        _latitude(is_required=True),
        ImportField(
            name="geo_precision",
            label=Words("Précision du lieu", "Precision of the place"),
            type=ValueType.CHOICE,
            headers=("geo_precision",),
            choices=_place_precisions(),
            choice_labels={str(each.value): PLACE_PRECISIONS[str(each.value)] for each in PlacePrecision},
        ),
        _REGION,
        _CERCLE,
        _COMMUNE,
        _LOCALITY,
        ImportField(
            name="country",
            label=Words("Pays", "Country"),
            type=ValueType.NAME,
            headers=("country", "pays"),
            hxl=("#country+name", "#country"),
        ),
        ImportField(
            name="source_updated",
            label=Words("Mis à jour par la source", "Updated by the source"),
            headers=("timestamp", "source_updated"),
            hxl=("#date+updated",),
        ),
        ImportField(
            name="simulated",
            label=Words("Simulé", "Simulated"),
            type=ValueType.YES_NO,
            headers=("simulated", "simulé"),
        ),
    ),
)

_SOURCE_ID = ImportField(
    name="source_id",
    label=Words("Identifiant", "Identifier"),
    type=ValueType.CODE,
    headers=("source_id", "identifiant", "osm_id", "@id", "id", "code"),
    hxl=("#loc+id", "#meta+id"),
    most_letters=200,
)
_INSTITUTION_KIND = ImportField(
    name="kind",
    label=Words("Sorte", "Kind"),
    type=ValueType.CHOICE,
    headers=("kind", "sorte", "type", "catégorie", "infra_type", "type d'institution", "amenity", "value"),
    hxl=("#loc+type", "#service+type"),
    choices=words_of(INSTITUTION_KINDS, _KIND_WORDS),
    choice_labels=INSTITUTION_KINDS,
)
_INSTITUTION_STATUS = ImportField(
    name="status",
    label=Words("État", "Status"),
    type=ValueType.CHOICE,
    headers=("status", "état", "statut", "fonctionnalité", "état de fonctionnement"),
    hxl=("#status",),
    choices=words_of(INSTITUTION_STATUSES, _STATUS_WORDS),
    choice_labels=INSTITUTION_STATUSES,
)
_STATUS_AS_OF = ImportField(
    name="status_as_of",
    label=Words("État à la date du", "Status as of"),
    type=ValueType.DATE,
    headers=("status_as_of", "as_of", "date de l'état", "date du statut", "à la date du"),
    hxl=("#date+status", "#date"),
)
_RELOCATED_TO = ImportField(
    name="relocated_to",
    label=Words("Relocalisé à", "Relocated to"),
    type=ValueType.NAME,
    headers=("relocated_to", "relocalisé à", "délocalisé à"),
    most_letters=200,
)

INSTITUTIONS = ImportKind(
    name="institutions",
    title=Words("Institutions", "Institutions"),
    key=("source_id",),
    other_key=("kind", "name", "region", "cercle", "commune", "locality", "pcode"),
    place=PlaceTelling.POINT,
    geometry=Geometry.POINT,
    one_of=(("longitude", "latitude"), ("pcode",), ("cercle",), ("commune",), ("locality",)),
    fields=(
        _SOURCE_ID,
        replace(_INSTITUTION_KIND, is_required=True),
        ImportField(
            name="name",
            label=Words("Nom", "Name"),
            type=ValueType.NAME,
            headers=("name", "nom", "nom de l'institution", "intitulé", "désignation", "dénomination"),
            hxl=("#loc+name", "#service+name"),
            most_letters=200,
        ),
        _INSTITUTION_STATUS,
        _STATUS_AS_OF,
        _RELOCATED_TO,
        _longitude(is_required=False),
        _latitude(is_required=False),
        *_PLACES,
    ),
)

STATUSES = ImportKind(
    name="statuses",
    title=Words("États des institutions", "Statuses of institutions"),
    key=("institution", "as_of"),
    other_key=("source_id", "as_of"),
    place=PlaceTelling.AREA,
    one_of=(("institution",), ("source_id",), ("name",), ("kind", "cercle"), ("kind", "pcode")),
    fields=(
        ImportField(
            name="institution",
            label=Words("Numéro de l’institution ici", "Number of the institution here"),
            type=ValueType.WHOLE,
            headers=("institution", "institution_id", "numéro"),
            least=1,
        ),
        _SOURCE_ID,
        ImportField(
            name="name",
            label=Words("Nom", "Name"),
            type=ValueType.NAME,
            headers=("name", "nom", "nom de l'institution", "intitulé", "désignation", "dénomination"),
            hxl=("#loc+name", "#service+name"),
            most_letters=200,
        ),
        _INSTITUTION_KIND,
        *_PLACES,
        replace(_INSTITUTION_STATUS, is_required=True),
        replace(_STATUS_AS_OF, name="as_of", is_required=True, headers=(*_STATUS_AS_OF.headers, "date")),
        _RELOCATED_TO,
        ImportField(
            name="words",
            label=Words("Mots de la source", "Words of the source"),
            headers=("words", "mots de la source", "observation", "observations", "commentaire", "remarks"),
            hxl=("#description",),
            most_letters=300,
        ),
        ImportField(
            name="why",
            label=Words("Pourquoi", "Why"),
            headers=("why", "pourquoi", "motif", "source", "reason"),
            hxl=("#meta+source",),
            most_letters=300,
        ),
    ),
)

_YEARS = range(1976, 2051)
POPULATION = ImportKind(
    name="population",
    title=Words("Population", "Population"),
    key=("pcode", "year"),
    other_key=("name", "region", "year"),
    place=PlaceTelling.AREA,
    one_of=(("pcode",), ("name",)),
    fields=(
        _PCODE,
        ImportField(
            name="name",
            label=Words("Nom du lieu", "Name of the place"),
            type=ValueType.NAME,
            headers=(*_COMMUNE.headers, *_CERCLE.headers, "nom", "name", "circonscription"),
            hxl=("#adm3+name", "#adm2+name", "#adm3", "#adm2"),
        ),
        _REGION,
        ImportField(
            name="year",
            label=Words("Année", "Year"),
            type=ValueType.WHOLE,
            headers=("year", "année", "an"),
            hxl=("#date+year", "#date"),
            least=_YEARS[0],
            most=_YEARS[-1],
        ),
        ImportField(
            name="people",
            label=Words("Population", "People"),
            type=ValueType.WHOLE,
            is_required=True,
            headers=(
                *("T_TL", "population", "population totale", "total population", "population total"),
                *("pop_total", "total", "habitants", "ensemble", *(f"population_{year}" for year in _YEARS)),
            ),
            hxl=("#population+total", "#population"),
            unit=_PEOPLE,
            least=0,
        ),
        ImportField(
            name="men",
            label=Words("Hommes", "Men"),
            type=ValueType.WHOLE,
            headers=(
                "M_TL",
                "hommes",
                "population hommes",
                "masculin",
                "males",
                "male",
                "population masculin",
            ),
            hxl=("#population+m",),
            unit=_PEOPLE,
            least=0,
        ),
        ImportField(
            name="women",
            label=Words("Femmes", "Women"),
            type=ValueType.WHOLE,
            headers=(
                "F_TL",
                "femmes",
                "population femmes",
                "féminin",
                "females",
                "female",
                "population féminin",
            ),
            hxl=("#population+f",),
            unit=_PEOPLE,
            least=0,
        ),
    ),
)

BOUNDARIES = ImportKind(
    name="boundaries",
    title=Words("Limites administratives", "Administrative boundaries"),
    key=("pcode",),
    place=PlaceTelling.AREA,
    geometry=Geometry.AREA,
    fields=(
        replace(_PCODE, is_required=True, most_letters=8),
        ImportField(
            name="name",
            label=Words("Nom", "Name"),
            type=ValueType.NAME,
            is_required=True,
            headers=(*_COMMUNE.headers, *_CERCLE.headers, *_REGION.headers, "nom", "name"),
            hxl=("#adm3+name", "#adm2+name", "#adm1+name"),
            most_letters=100,
        ),
        ImportField(
            name="parent_pcode",
            label=Words("P-code du parent", "P-code of the parent"),
            type=ValueType.CODE,
            headers=("parent_pcode", "parent p-code", "code parent", *_PCODE.headers[3:]),
            hxl=("#adm2+code", "#adm1+code"),
            most_letters=8,
        ),
        ImportField(
            name="valid_on",
            label=Words("Valable depuis", "Valid from"),
            type=ValueType.DATE,
            headers=("valid_on", "validOn", "valid from date", "valable depuis"),
            hxl=("#date+start",),
        ),
        ImportField(
            name="geometry",
            label=Words("Tracé", "Shape"),
            type=ValueType.SHAPE,
            is_required=True,
            headers=("geometry",),
        ),
    ),
)

PROJECTS = ImportKind(
    name="projects",
    title=Words("Projets et leurs lieux", "Projects and their places"),
    key=("code", "donor", "pcode", "region", "cercle", "commune", "locality", "zone"),
    other_key=("title", "donor", "pcode", "region", "cercle", "commune", "locality", "zone"),
    place=PlaceTelling.AREA,
    one_of=(("code",), ("title",)),
    fields=(
        ImportField(
            name="code",
            label=Words("Code du projet", "Code of the project"),
            type=ValueType.CODE,
            headers=(
                "code",
                "project_id",
                "project_code",
                "code projet",
                "code du projet",
                "iati_identifier",
                "id",
            ),
            hxl=("#activity+code", "#activity+id"),
            most_letters=20,
        ),
        ImportField(
            name="title",
            label=Words("Titre", "Title"),
            is_required=True,
            headers=(
                "title",
                "titre",
                "intitulé",
                "projet",
                "project",
                "nom du projet",
                "activité",
                "activity",
            ),
            hxl=("#activity+name", "#activity"),
            most_letters=500,
        ),
        ImportField(
            name="implementers",
            label=Words("Mise en œuvre par", "Implemented by"),
            headers=(
                "implementers",
                "mise en œuvre",
                "partenaire de mise en œuvre",
                "organisation",
                "agence",
                "implementing partner",
                "organization",
            ),
            hxl=("#org+impl", "#org"),
            most_letters=400,
        ),
        ImportField(
            name="donor",
            label=Words("Donateur", "Donor"),
            headers=(
                "donor",
                "donateur",
                "bailleur",
                "bailleurs",
                "bailleur de fonds",
                "financement",
                "funder",
            ),
            hxl=("#org+funding", "#org+donor"),
            most_letters=200,
        ),
        ImportField(
            name="amount",
            label=Words("Montant", "Amount"),
            type=ValueType.DECIMAL,
            headers=("amount", "montant", "budget", "budget_amount", "coût"),
            hxl=("#value+budget", "#value"),
            least=0,
        ),
        ImportField(
            name="currency",
            label=Words("Monnaie", "Currency"),
            type=ValueType.CODE,
            headers=("currency", "monnaie", "devise", "budget_currency"),
            hxl=("#currency",),
            most_letters=3,
        ),
        ImportField(
            name="start_year",
            label=Words("Première année", "First year"),
            type=ValueType.WHOLE,
            headers=("start_year", "début", "année de début", "start"),
            hxl=("#date+start",),
            least=1960,
            most=2060,
        ),
        ImportField(
            name="end_year",
            label=Words("Dernière année", "Last year"),
            type=ValueType.WHOLE,
            headers=("end_year", "fin", "année de fin", "end"),
            hxl=("#date+end",),
            least=1960,
            most=2060,
        ),
        ImportField(
            name="themes",
            label=Words("Thèmes", "Themes"),
            headers=("themes", "thèmes", "thème", "themes_en", "theme"),
            hxl=("#subsector",),
            most_letters=300,
        ),
        ImportField(
            name="sector",
            label=Words("Secteur", "Sector"),
            headers=("sector", "secteur", "cluster"),
            hxl=("#sector",),
            most_letters=100,
        ),
        ImportField(
            name="result_area",
            label=Words("Résultat du programme", "Result of the programme"),
            type=ValueType.WHOLE,
            headers=("result_area", "résultat"),
            least=1,
            most=4,
        ),
        *_PLACES,
        ImportField(
            name="zone",
            label=Words("Zone nommée", "Named zone"),
            type=ValueType.NAME,
            headers=("zone", "zones", "zone d'intervention"),
        ),
        _longitude(is_required=False),
        _latitude(is_required=False),
        ImportField(
            name="last_confirmed",
            label=Words("Confirmé le", "Confirmed on"),
            type=ValueType.DATE,
            headers=("last_confirmed", "confirmé le", "date de confirmation", "date de mise à jour"),
            hxl=("#date+reported", "#date+updated"),
        ),
        ImportField(
            name="note",
            label=Words("Note", "Note"),
            headers=("note", "notes", "commentaire", "commentaires", "observations", "remarks"),
            hxl=("#description",),
        ),
    ),
)

AREA_TABLE = ImportKind(
    name="area_table",
    title=Words("Tableau par lieu", "Table by place"),
    key=("pcode",),
    other_key=("name", "parent_name"),
    place=PlaceTelling.AREA,
    one_of=(("pcode",), ("name",)),
    takes_values=True,
    fields=(
        _PCODE,
        ImportField(
            name="name",
            label=Words("Nom du lieu", "Name of the place"),
            type=ValueType.NAME,
            headers=(*_COMMUNE.headers, *_CERCLE.headers, *_REGION.headers, "nom", "name", "lieu"),
            hxl=("#adm3+name", "#adm2+name", "#adm1+name", "#adm3", "#adm2", "#adm1"),
            most_letters=150,
        ),
        ImportField(
            name="parent_name",
            label=Words("Nom du parent", "Name of the parent"),
            type=ValueType.NAME,
            headers=(*_CERCLE.headers, *_REGION.headers, "parent_name", "parent"),
            hxl=("#adm2+name", "#adm1+name", "#adm2", "#adm1"),
            most_letters=150,
        ),
    ),
)

KINDS: Mapping[str, ImportKind] = {
    kind.name: kind for kind in (EVENTS, INSTITUTIONS, STATUSES, POPULATION, BOUNDARIES, PROJECTS, AREA_TABLE)
}
"""Every kind, by name, in the order the pages list them."""
