"""Conflict events, and their counts by cercle or commune and month, which are public."""

from geo.vocabulary import DatePrecision, EventSource, EventType, PlacePrecision, UcdpEventType
from layers.declaration import Field, FieldType, Geometry, Layer, Words

EVENT_TYPES = {
    EventType.BATTLES.value: Words("Combats", "Battles"),
    EventType.EXPLOSIONS.value: Words("Explosions et violences à distance", "Explosions/Remote violence"),
    EventType.VIOLENCE_AGAINST_CIVILIANS.value: Words(
        "Violences contre des civils", "Violence against civilians"
    ),
    EventType.PROTESTS.value: Words("Manifestations", "Protests"),
    EventType.RIOTS.value: Words("Émeutes", "Riots"),
    EventType.STRATEGIC_DEVELOPMENTS.value: Words("Évolutions stratégiques", "Strategic developments"),
}
UCDP_EVENT_TYPES = {
    UcdpEventType.STATE_BASED.value: Words("Conflits où l’État est partie", "State-based conflict"),
    UcdpEventType.NON_STATE.value: Words("Conflits entre groupes, sans l’État", "Non-state conflict"),
    UcdpEventType.ONE_SIDED.value: Words("Violences unilatérales contre des civils", "One-sided violence"),
}
PLACE_PRECISIONS = {
    str(PlacePrecision.EXACT.value): Words("lieu exact", "exact place"),
    str(PlacePrecision.NEAR.value): Words("près d’une localité", "near a town"),
    str(PlacePrecision.AREA.value): Words("une zone, une route ou un fleuve", "an area, a road or a river"),
    str(PlacePrecision.CERCLE.value): Words("connu au cercle seulement", "known to the cercle only"),
    str(PlacePrecision.REGION.value): Words("connu à la région seulement", "known to the region only"),
    str(PlacePrecision.COUNTRY.value): Words("connu au pays seulement", "known to the country only"),
}
DATE_PRECISIONS = {
    str(DatePrecision.DAY.value): Words("jour", "day"),
    str(DatePrecision.WEEK.value): Words("semaine", "week"),
    str(DatePrecision.MONTH.value): Words("mois", "month"),
    str(DatePrecision.YEAR.value): Words("année", "year"),
}

SOURCES = {
    EventSource.ACLED.value: Words("ACLED", "ACLED"),
    EventSource.SIMULATED.value: Words("simulés", "simulated"),
    EventSource.UCDP.value: Words("UCDP", "UCDP"),
}

EVENT_TYPE = Field("event_type", Words("Type", "Type"), filters=True, choices=EVENT_TYPES)
ANY_EVENT_TYPE = Field(
    "event_type", Words("Type", "Type"), filters=True, choices=EVENT_TYPES | UCDP_EVENT_TYPES
)
SOURCE = Field("events_source", Words("Source", "Source"), filters=True, choices=SOURCES)
SIMULATED = Field("simulated", Words("Simulé", "Simulated"), FieldType.BOOLEAN)
DEATHS = Words("morts", "deaths")

WHEN = (
    Field("id", Words("Identifiant", "Identifier"), FieldType.INTEGER),
    SOURCE,
    Field("source_event_id", Words("Identifiant de la source", "Identifier of the source")),
    Field("occurred_on", Words("Date", "Date"), FieldType.DATE),
    Field(
        "time_precision",
        Words("Précision de la date", "Precision of the date"),
        FieldType.INTEGER,
        filters=True,
        choices=DATE_PRECISIONS,
    ),
)
WHAT = (
    Field("sub_event_type", Words("Sous-type", "Sub-type"), filters=True),
    Field("actor1", Words("Acteur 1", "Actor 1")),
    Field("actor2", Words("Acteur 2", "Actor 2")),
    Field("civilians_targeted", Words("Civils visés", "Civilians targeted"), FieldType.BOOLEAN),
    Field("fatalities", Words("Morts", "Fatalities"), FieldType.INTEGER, unit=DEATHS),
)
WHERE = (
    Field(
        "geo_precision",
        Words("Précision du lieu", "Precision of the place"),
        FieldType.INTEGER,
        filters=True,
        choices=PLACE_PRECISIONS,
    ),
    Field("location_name", Words("Lieu selon la source", "Place as told by the source")),
    Field("region", Words("P-code de la région", "P-code of the region")),
    Field("cercle", Words("P-code du cercle", "P-code of the cercle")),
    Field("commune", Words("P-code de la commune", "P-code of the commune")),
)

EVENTS = Layer(
    name="events",
    title=Words("Événements", "Events"),
    description=Words(
        "Événements de conflit, un par ligne, avec la précision de leur date et de leur lieu.",
        "Conflict events, one a row, with the precision of their date and place.",
    ),
    geometry=Geometry.POINT,
    load_kind="events",
    time_field="occurred_on",
    fields=(*WHEN, EVENT_TYPE, *WHAT, *WHERE, SIMULATED),
)

UCDP_EVENTS = Layer(
    name="ucdp_events",
    title=Words("Événements de l’UCDP", "Events of UCDP"),
    description=Words(
        "Événements de violence organisée de l’UCDP, un par ligne. Jamais ajoutés à ceux d’une autre "
        "source : le même incident peut être dans les deux.",
        "Events of organised violence of UCDP, one a row. Never added to those of another source: the same "
        "incident may be in both.",
    ),
    geometry=Geometry.POINT,
    load_kind="ucdp_events",
    time_field="occurred_on",
    fields=(
        *WHEN,
        Field(
            "last_day", Words("Dernier jour, s’il y en a plusieurs", "Last day, if several"), FieldType.DATE
        ),
        Field("event_type", Words("Type", "Type"), filters=True, choices=UCDP_EVENT_TYPES),
        *WHAT,
        Field(
            "fatalities_low", Words("Morts, au moins", "Fatalities, at least"), FieldType.INTEGER, unit=DEATHS
        ),
        Field(
            "fatalities_high", Words("Morts, au plus", "Fatalities, at most"), FieldType.INTEGER, unit=DEATHS
        ),
        Field(
            "clarity",
            Words("Clarté", "Clarity"),
            FieldType.INTEGER,
            filters=True,
            choices={
                "1": Words("un événement raconté seul", "one event told by itself"),
                "2": Words("plusieurs événements racontés ensemble", "several events told as one"),
            },
        ),
        *WHERE,
    ),
)

COUNTED = (
    Field("events", Words("Événements", "Events"), FieldType.INTEGER),
    Field("fatalities", Words("Morts", "Fatalities"), FieldType.INTEGER, unit=DEATHS),
    Field(
        "civilian_events",
        Words("Événements visant des civils", "Events targeting civilians"),
        FieldType.INTEGER,
    ),
    Field(
        "civilian_fatalities",
        Words("Morts dans ceux visant des civils", "Fatalities in those targeting civilians"),
        FieldType.INTEGER,
        unit=DEATHS,
    ),
)

EVENT_COUNTS = Layer(
    name="event_counts",
    title=Words("Événements par cercle et mois", "Events by cercle and month"),
    description=Words(
        "Nombre d’événements et de morts par cercle, mois, type et source. Ceux que la source ne place pas "
        "au cercle près sont comptés à part, et deux sources ne s’additionnent jamais. Un cercle, un mois ou "
        "un type absent n’a aucun événement enregistré.",
        "Number of events and fatalities by cercle, month, type and source. Those the source does not place "
        "to the cercle are counted apart, and two sources are never added. A cercle, month or type that is "
        "absent has no recorded event.",
    ),
    geometry=Geometry.TABLE,
    load_kind="events",
    other_kinds=("ucdp_events",),
    time_field="month",
    aggregates=True,
    fields=(
        Field("cercle", Words("P-code du cercle", "P-code of the cercle")),
        Field("cercle_name", Words("Cercle", "Cercle")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("month", Words("Mois", "Month"), FieldType.DATE),
        ANY_EVENT_TYPE,
        SOURCE,
        *COUNTED,
        Field(
            "events_imprecise",
            Words("Événements de lieu moins précis", "Events of a less precise place"),
            FieldType.INTEGER,
        ),
        Field(
            "fatalities_imprecise",
            Words("Morts de lieu moins précis", "Fatalities of a less precise place"),
            FieldType.INTEGER,
            unit=DEATHS,
        ),
        SIMULATED,
    ),
)

COMMUNE_COUNTS = Layer(
    name="commune_counts",
    title=Words("Événements par commune et mois", "Events by commune and month"),
    description=Words(
        "Nombre d’événements par commune, mois, type et source : ceux dont le lieu est exact, et à part, par "
        "précision, ceux dont seul le point tombe dans la commune. Une ligne absente n’a aucun événement "
        "enregistré.",
        "Number of events by commune, month, type and source: those of an exact place, and apart, by "
        "precision, those of which only the point lies in the commune. A row that is absent has no recorded "
        "event.",
    ),
    geometry=Geometry.TABLE,
    load_kind="events",
    other_kinds=("ucdp_events",),
    time_field="month",
    aggregates=True,
    fields=(
        Field("commune", Words("P-code de la commune", "P-code of the commune")),
        Field("commune_name", Words("Commune", "Commune")),
        Field("cercle", Words("P-code du cercle", "P-code of the cercle")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("month", Words("Mois", "Month"), FieldType.DATE),
        ANY_EVENT_TYPE,
        SOURCE,
        *COUNTED,
        Field(
            "events_near",
            Words("Événements près d’une localité", "Events near a town"),
            FieldType.INTEGER,
        ),
        Field(
            "events_cercle",
            Words("Événements connus au cercle seulement", "Events known to the cercle only"),
            FieldType.INTEGER,
        ),
        Field(
            "events_wider",
            Words(
                "Événements connus à une zone, à la région ou au pays seulement",
                "Events known to an area, the region or the country only",
            ),
            FieldType.INTEGER,
        ),
        SIMULATED,
    ),
)
