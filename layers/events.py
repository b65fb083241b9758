"""Conflict events, and their counts by cercle and month, which are public."""

from geo.vocabulary import DatePrecision, EventType, PlacePrecision, UcdpEventType
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

EVENT_TYPE = Field("event_type", Words("Type", "Type"), filters=True, choices=EVENT_TYPES)
SIMULATED = Field("simulated", Words("Simulé", "Simulated"), FieldType.BOOLEAN)
DEATHS = Words("morts", "deaths")

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
    fields=(
        Field("id", Words("Identifiant", "Identifier"), FieldType.INTEGER),
        Field("source_event_id", Words("Identifiant de la source", "Identifier of the source")),
        Field("occurred_on", Words("Date", "Date"), FieldType.DATE),
        Field(
            "time_precision",
            Words("Précision de la date", "Precision of the date"),
            FieldType.INTEGER,
            filters=True,
            choices=DATE_PRECISIONS,
        ),
        EVENT_TYPE,
        Field("sub_event_type", Words("Sous-type", "Sub-type"), filters=True),
        Field("actor1", Words("Acteur 1", "Actor 1")),
        Field("actor2", Words("Acteur 2", "Actor 2")),
        Field("fatalities", Words("Morts", "Fatalities"), FieldType.INTEGER, unit=DEATHS),
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
        SIMULATED,
    ),
)

EVENT_COUNTS = Layer(
    name="event_counts",
    title=Words("Événements par cercle et mois", "Events by cercle and month"),
    description=Words(
        "Nombre d’événements et de morts par cercle, mois et type. Ceux dont la source ne connaît que la "
        "région sont comptés à part. Un cercle, un mois ou un type absent n’a aucun événement enregistré.",
        "Number of events and fatalities by cercle, month and type. Those the source knows to the region "
        "only are counted apart. A cercle, month or type that is absent has no recorded event.",
    ),
    geometry=Geometry.TABLE,
    load_kind="events",
    time_field="month",
    aggregates=True,
    fields=(
        Field("cercle", Words("P-code du cercle", "P-code of the cercle")),
        Field("cercle_name", Words("Cercle", "Cercle")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("month", Words("Mois", "Month"), FieldType.DATE),
        EVENT_TYPE,
        Field("events", Words("Événements", "Events"), FieldType.INTEGER),
        Field("fatalities", Words("Morts", "Fatalities"), FieldType.INTEGER, unit=DEATHS),
        Field(
            "events_region_only",
            Words("Événements connus à la région seulement", "Events known to the region only"),
            FieldType.INTEGER,
        ),
        Field(
            "fatalities_region_only",
            Words("Morts connus à la région seulement", "Fatalities known to the region only"),
            FieldType.INTEGER,
            unit=DEATHS,
        ),
        SIMULATED,
    ),
)
