"""Each function prints one comparison: a naive way and ours, timed in the same run."""

import json
import os
import subprocess
import sys
from datetime import date
from itertools import cycle
from pathlib import Path

import brotli
from django.db import connection
from django.http import QueryDict
from django.test import Client
from playwright.sync_api import sync_playwright
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from apps.api import bodies, catalogue
from apps.api.layer_answers import FORMATS
from apps.boundaries.models import Area, Settlement
from apps.catalogue.questions import question
from apps.coverage.figures import coverage, reach_of
from apps.coverage.models import InstitutionGroup
from apps.coverage.places import Places
from apps.coverage.questions import question as coverage_question
from apps.coverage.services import measure_places
from apps.events.figures import period_of
from apps.infrastructure.models import Institution
from apps.targeting import services as targeting
from geo.vocabulary import InstitutionFamily, InstitutionKind, SettlementClass
from layers.catalogue import LAYERS
from ops import browser
from tests.bench.analyse import analyse_the_gallery
from tests.bench.choices import what_a_choice_hangs_on
from tests.bench.fine_raster import sums_over_a_fine_raster
from tests.bench.load import load_of_fifty_partners
from tests.bench.many_events import load_many_events, stream_five_million_events
from tests.bench.ogc import ogc_features_beside_tipg
from tests.bench.reach_pages import an_institution_moved
from tests.bench.say import say, timed, told
from tests.bench.siting import where_to_build
from tests.bench.tiles import tiles_of_every_kind
from tests.bench.travel import minutes_over_mali
from tests.bench.where import database_url

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"


class CommuneSerializer(GeoFeatureModelSerializer):
    cercle = serializers.CharField(source="parent.pcode")
    region = serializers.CharField(source="parent.parent.pcode")

    class Meta:
        model = Area
        id_field = "pcode"
        geo_field = "boundary"
        fields = ("pcode", "name", "region", "cercle", "area_km2")


def lowest_layer():
    return LAYERS["communes"] if Area.objects.communes().exists() else LAYERS["cercles"]


def polygons_as_geojson(geodata):
    """The communes in full, by the serializer and by PostGIS; then from the cache, through the server."""
    layer = lowest_layer()
    rows = ROWS_OF[layer.name]

    def by_serializer():
        return json.dumps(CommuneSerializer(rows(), many=True).data, default=str).encode()

    def by_postgis():
        bodies.LayerBody.objects.all().delete()
        return FORMATS["geojson"].render(
            *render_arguments(layer, "detail=full&fields=name,region,cercle,area_km2")
        )

    naive_ms, naive = timed(by_serializer, 3)
    ours_ms, ours = timed(by_postgis)
    same = comparable(naive) == comparable(ours)
    say(f"{rows().count()} {layer.name} as GeoJSON, full", naive_ms, ours_ms, f"same content: {same}")
    client = Client()
    address = f"/api/layers/{layer.name}.geojson"
    headers = {"accept-encoding": "br"}
    client.get(address, headers=headers)
    cached_ms, response = timed(lambda: client.get(address, headers=headers), 50)
    kilobytes = len(response.content) / 1000
    told("  the same at the map's detail, cached", f"{cached_ms:.2f} ms, {kilobytes:.0f} kB compressed")


ROWS_OF = {
    "communes": lambda: Area.objects.communes().select_related("parent__parent"),
    "cercles": lambda: Area.objects.cercles().select_related("parent"),
}


def render_arguments(layer, query):
    about = catalogue.told(catalogue.load_of(layer), catalogue.active_edition(), None)
    return question(layer, QueryDict(query)), about, "/"


def comparable(body):
    """Return the features of a collection with coordinates rounded alike."""
    return [
        (
            feature["id"],
            {k: v for k, v in feature["properties"].items() if k != "pcode"},
            _rounded(feature["geometry"]["coordinates"]),
        )
        for feature in json.loads(body)["features"]
    ]


def _rounded(coordinates):
    if isinstance(coordinates, float | int):
        return round(coordinates, 5)
    return [_rounded(each) for each in coordinates]


def first_answers(geodata):
    """What the first view asks of the server, in milliseconds and kilobytes."""
    client = Client()
    for address in ("/", "/ciblage/", "/api/layers/cercles.geojson?detail=low", "/api/indicators/cercles/"):
        client.get(address)
        milliseconds, response = timed(lambda address=address: client.get(address))
        small = len(brotli.compress(response.content, quality=5)) / 1000
        print(f"{address:<46} {milliseconds:26.2f} ms, {small:.0f} kB compressed")


RANK_IN_THE_BROWSER = """([values, weights, repeats]) => {
    const times = [];
    for (let turn = 0; turn < repeats; turn += 1) {
        const start = performance.now();
        window.ranking(values, weights);
        times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[Math.floor(repeats / 2)];
}"""


def ranking_when_a_slider_moves(geodata):
    """A new ranking of every cercle: asked of the server, and made in the browser."""
    program = browser.find()
    if program is None:
        told("ranking when a slider moves", "no Chromium here")
        return
    since, until = period_of("36m").since, period_of("36m").until
    query = f"since={since:%Y-%m}&until={until:%Y-%m}&w_people=20&w_violent_per_100k=50"
    server_ms, _ = timed(lambda: Client().get(f"/api/targeting/ranking/?{query}"))
    rows = targeting.figures(since, until)
    values = {name: {row["pcode"]: row["values"][name] for row in rows} for name in targeting.CRITERIA}
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"]).new_page()
        page.route(
            "http://maillage/*", lambda route: route.fulfill(path=SCRIPTS / Path(route.request.url).name)
        )
        page.goto("http://maillage/scoring.js")
        page.evaluate("async () => { window.ranking = (await import('/scoring.js')).ranking; }")
        browser_ms = page.evaluate(RANK_IN_THE_BROWSER, [values, targeting.DEFAULT_WEIGHTS, 101])
    say(f"ranking of {len(rows)} cercles, server and browser", server_ms, browser_ms)


def memory_of_a_web_worker(geodata):
    """Resident megabytes of a process that has served the map, and the heavy libraries it imported."""
    code = (
        "import django, re, sys; from django.test import Client; django.setup();"
        "from apps.config.wsgi import application;"
        "c = Client();"
        "[c.get(u, headers={'host': 'localhost'}) for u in ('/', '/ciblage/')];"
        "heavy = [m for m in ('geopandas','pandas','pyogrio','rasterio','matplotlib') if m in sys.modules];"
        "status = open('/proc/self/status').read();"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024, heavy)"
    )
    environment = {**os.environ, "DATABASE_URL": database_url(), "LOG_LEVEL": "ERROR"}
    printed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    megabytes, heavy = printed.strip().split(" ", 1)
    print(f"{'web worker, peak resident':<46} {megabytes:>26} MB, heavy libraries: {heavy}")


NAIVELY_REACHED = """
SELECT reach.commune_id, sum(reach.people), sum(reach.people) FILTER (WHERE EXISTS (
    SELECT FROM infrastructure_institution institution
    WHERE institution.same_as_id IS NULL AND institution.kind = ANY(%s)
      AND institution.status NOT IN ('destroyed', 'under_construction')
      AND ST_DWithin(institution.location, settlement.location, %s)))
FROM coverage_settlementreach reach
JOIN boundaries_settlement settlement ON settlement.id = reach.settlement_id
GROUP BY reach.commune_id
"""


INSTITUTIONS_ASKED = 300


def with_institutions(number):
    """Top the register up to so many institutions, at seats of communes, of every kind in turn."""
    missing = number - Institution.objects.counted().count()
    seats = Settlement.objects.filter(settlement_class__lte=SettlementClass.COMMUNE_SEAT).order_by(
        "name", "pk"
    )
    kinds = [kind for kind in InstitutionKind if kind.family is not InstitutionFamily.SUPPORT]
    Institution.objects.bulk_create(
        Institution(
            family=kind.family,
            kind=kind,
            name=seat.name,
            location=seat.location,
            register="essai",
            source_id=seat.source_id,
        )
        for kind, seat in zip(cycle(kinds), seats[: max(missing, 0)], strict=False)
    )
    measure_places()


def who_is_within_reach(geodata):
    """The people within 30 km of 300 institutions, by commune: joined when asked, and by distances kept."""
    with_institutions(INSTITUTIONS_ASKED)
    kinds = [kind.value for kind in InstitutionKind if kind.family is not InstitutionFamily.SUPPORT]
    query = QueryDict("kinds=police,court,prison&limit_km=30&level=commune")
    asked = coverage_question(query, today=date(2026, 11, 1))
    places = Places(asked, InstitutionGroup.objects.all())

    def naive():
        with connection.cursor() as cursor:
            cursor.execute(NAIVELY_REACHED, [kinds, 30_000])
            return sum(reached or 0 for _, _, reached in cursor.fetchall())

    def ours():
        return sum(row[6] for row in reach_of(asked, places, None).people())

    naive_ms, naive_people = timed(naive, 3)
    ours_ms, our_people = timed(ours)
    told_ms, _ = timed(lambda: coverage(asked))
    say(
        f"people within 30 km of {INSTITUTIONS_ASKED} institutions, by commune",
        naive_ms,
        ours_ms,
        f"same: {naive_people == our_people}",
    )
    told("  the same with bounds, areas and institutions", f"{told_ms:.1f} ms")


ALL = (
    what_a_choice_hangs_on,
    who_is_within_reach,
    an_institution_moved,
    minutes_over_mali,
    polygons_as_geojson,
    first_answers,
    memory_of_a_web_worker,
    ranking_when_a_slider_moves,
    where_to_build,
    tiles_of_every_kind,
    load_many_events,
)
ON_DEMAND = (
    stream_five_million_events,
    sums_over_a_fine_raster,
    analyse_the_gallery,
    ogc_features_beside_tipg,
    load_of_fifty_partners,
)
"""Minutes long: only when asked for by name."""
