"""Files of conflict events."""

from dataclasses import replace

from geo.vocabulary import DatePrecision, EventType, PlacePrecision
from layers.declaration import Geometry, Words
from layers.events import DATE_PRECISIONS, EVENT_TYPES, PLACE_PRECISIONS
from layers.imports.kinds.declaring import ImportField, ImportKind, PlaceTelling, ValueType, words_of
from layers.imports.kinds.places import CERCLE, COMMUNE, LATITUDE, LOCALITY, LONGITUDE, REGION

# ACLED's own codes (codebook): its third geo_precision is our REGION. Our wider scale is told in words.
_PLACE_PRECISION_WORDS = {str(PlacePrecision.REGION.value): ("3",)}
_ACLED_PLACE_CODES = ("1", "2", "3")


def _place_precisions() -> dict[str, str]:
    words = words_of(PLACE_PRECISIONS, _PLACE_PRECISION_WORDS)
    return {
        word: value for word, value in words.items() if not word.isdecimal() or word in _ACLED_PLACE_CODES
    }


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
        replace(LONGITUDE, is_required=True),
        replace(LATITUDE, is_required=True),
        ImportField(
            name="geo_precision",
            label=Words("Précision du lieu", "Precision of the place"),
            type=ValueType.CHOICE,
            headers=("geo_precision",),
            choices=_place_precisions(),
            choice_labels={str(each.value): PLACE_PRECISIONS[str(each.value)] for each in PlacePrecision},
        ),
        REGION,
        CERCLE,
        COMMUNE,
        LOCALITY,
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
