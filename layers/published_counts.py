"""What publishers count by cercle and month: public aggregates, never added to our own counts."""

from layers.declaration import Field, FieldType, Geometry, Layer, Words

COUNT_SERIES = {"hdx": Words("ACLED, par HDX", "ACLED, by HDX"), "hapi": Words("HDX HAPI", "HDX HAPI")}
COUNT_CATEGORIES = {
    "all": Words("tous les événements", "all events"),
    "political_violence": Words("violence politique", "political violence"),
    "civilian_targeting": Words("civils visés", "civilians targeted"),
    "demonstration": Words("manifestations", "demonstrations"),
}

PUBLISHED_COUNTS = Layer(
    name="published_counts",
    title=Words("Comptes mensuels d’éditeurs", "Monthly counts by publishers"),
    description=Words(
        "Ce qu’un éditeur compte par cercle et par mois. Les catégories se recoupent : elles ne "
        "s’additionnent ni entre elles ni avec les événements.",
        "What a publisher counts by cercle and month. The categories overlap: they are added neither to each "
        "other nor to the events.",
    ),
    geometry=Geometry.TABLE,
    load_kind="monthly_counts",
    aggregates=True,
    time_field="month",
    fields=(
        Field("series", Words("Série", "Series"), filters=True, choices=COUNT_SERIES),
        Field("category", Words("Catégorie", "Category"), filters=True, choices=COUNT_CATEGORIES),
        Field("month", Words("Mois", "Month"), FieldType.DATE),
        Field("cercle", Words("P-code du cercle", "P-code of the cercle")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("pcode_told", Words("P-code selon l’éditeur", "P-code as the publisher tells it")),
        Field("name_told", Words("Cercle selon l’éditeur", "Cercle as the publisher tells it")),
        Field("region_told", Words("Région selon l’éditeur", "Region as the publisher tells it")),
        Field("events", Words("Événements", "Events"), FieldType.INTEGER),
        Field("fatalities", Words("Morts", "Fatalities"), FieldType.INTEGER, unit=Words("morts", "deaths")),
    ),
)
