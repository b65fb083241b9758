"""Files of institutions and of their statuses."""

from dataclasses import replace

from geo.vocabulary import InstitutionKind, InstitutionStatus
from layers.declaration import Geometry, Words
from layers.imports.kinds.declaring import ImportField, ImportKind, PlaceTelling, ValueType, words_of
from layers.imports.kinds.places import LATITUDE, LONGITUDE, PLACES
from layers.institutions import INSTITUTION_KINDS, INSTITUTION_STATUSES

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

_SOURCE_ID = ImportField(
    name="source_id",
    label=Words("Identifiant", "Identifier"),
    type=ValueType.CODE,
    headers=("source_id", "identifiant", "osm_id", "@id", "id", "code"),
    hxl=("#loc+id", "#meta+id"),
    most_letters=200,
)
_NAME = ImportField(
    name="name",
    label=Words("Nom", "Name"),
    type=ValueType.NAME,
    headers=("name", "nom", "nom de l'institution", "intitulé", "désignation", "dénomination"),
    hxl=("#loc+name", "#service+name"),
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
_SHARE_OF_DAYS = ImportField(
    name="share_of_days",
    label=Words("Part des jours d’ouverture (0 à 1)", "Share of days open (0 to 1)"),
    type=ValueType.DECIMAL,
    headers=("share_of_days", "part des jours", "part des jours d'ouverture"),
    least=0,
    most=1,
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
        _NAME,
        _INSTITUTION_STATUS,
        _STATUS_AS_OF,
        _RELOCATED_TO,
        LONGITUDE,
        LATITUDE,
        *PLACES,
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
        _NAME,
        _INSTITUTION_KIND,
        *PLACES,
        replace(_INSTITUTION_STATUS, is_required=True),
        replace(_STATUS_AS_OF, name="as_of", is_required=True, headers=(*_STATUS_AS_OF.headers, "date")),
        _RELOCATED_TO,
        _SHARE_OF_DAYS,
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
