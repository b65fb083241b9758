"""What templates/maps/coverage/coverage.html shows: sentence, form, table, works, what the scripts need."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.coverage.figures import coverage, difference_with_works
from apps.coverage.questions import USUAL_LIMITS_KM, kinds_of
from apps.infrastructure.documents import DOCUMENTS_REGISTER
from apps.maps import formats
from apps.maps.coverage import sentences as said
from apps.maps.coverage import words
from apps.maps.coverage.moving_page import choices
from apps.maps.coverage.rows import country_row, in_order, largest, rows_of, sorts, table_body
from apps.maps.coverage.works import areas_gaining, work_rows, work_title
from apps.maps.load_words import KINDS
from apps.maps.map.page import static_url
from apps.maps.staleness import marked, stale_loads
from apps.maps.targeting.sentences import plural
from apps.sources.models import Load
from geo.coverage import LONGEST_LIMIT_KM, SHORTEST_LIMIT_KM
from geo.vocabulary import InstitutionFamily, Level, PlaceTold
from layers.institutions import INSTITUTION_FAMILIES, INSTITUTION_KINDS

CLASS_LIMITS = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Shares beyond reach, the same for every question, so that maps compare. Fifths: our choice."""

SHAPES = {Level.REGION: "regions", Level.CERCLE: "cercles", Level.COMMUNE: "communes"}
"""Level -> the layer of its boundaries."""

DETAILS = ("low", "medium", "high")


def coverage_context(request, question):
    """Return what the template needs to answer `question` (a PageQuestion)."""
    difference = (
        difference_with_works(question.asked, reader=request.user) if question.asked.with_works else None
    )
    answer = difference.after if difference else coverage(question.asked, reader=request.user)
    cercles = list(
        Area.objects.cercles().order_by("parent__name").values_list("pcode", "parent__pcode", "parent__name")
    )
    regions = {pcode: (region, name) for pcode, region, name in cercles}
    rows = rows_of(answer.areas, question.asked.level, regions, difference.areas if difference else ())
    ordered = in_order(rows, question)
    sentence = said.sentence(answer, cercles=len(cercles))
    return {
        "question": question,
        "answer": answer,
        "difference": difference,
        "gain_sentence": said.gain_sentence(difference) if difference else "",
        "work_rows": work_rows(difference) if difference else [],
        "areas_gaining": areas_gaining(rows) if difference else [],
        "sentence": sentence,
        "doubts": said.doubts(answer),
        "counted": said.counted(answer),
        "title": title(question.asked),
        "level": SHAPES[question.asked.level],
        "rows": ordered,
        "table_body": table_body(ordered, region=question.region),
        "country": country_row(answer, difference),
        "count_told": count_told(ordered, question),
        "largest": largest(rows),
        "sort": sorts(question),
        "families": families(question.asked),
        "usual_limits": USUAL_LIMITS_KM,
        "limit_plain": f"{question.asked.limit_km:g}",
        "limit_bounds": (SHORTEST_LIMIT_KM, LONGEST_LIMIT_KM),
        "levels": levels(),
        "regions": dict(regions.values()),
        "downloads": downloads(question.asked),
        "works_url": f"?{urlencode(question.asked.including_works().as_parameters())}",
        "movable": choices(answer.institutions or []),
        "study_url": study_url(question.asked),
        "both_url": f"{reverse('coverage-both')}?{urlencode(question.asked.as_parameters())}",
        "question_fields": question.asked.as_parameters(),
        "approximate": answer.is_approximate,
        "simulated": answer.is_simulated,
        "sources": [(KINDS[source.kind], source) for source in used(answer)],
        "source_line": source_line(answer),
        "tiles_attribution": settings.TILES_ATTRIBUTION,
        "today": timezone.localdate(),
        "shapes_url": shapes_url(question.asked.level, DETAILS[0]),
        "settings": screen_settings(question),
        "figures": figures(answer, rows, difference),
    }


def title(question):
    """Return what the map shows: « Part des personnes à plus de 30 km d’une police … »."""
    return _("Part des personnes %(far)s") % {"far": said.far_from(question)}


def count_told(rows, question):
    """Return « 53 cercles », or « 8 cercles sur 53 » when a region is picked."""
    level, told = SHAPES[question.asked.level], words.counts()
    shown = sum(not question.region or row.region == question.region for row in rows)
    if shown == len(rows):
        return plural(told["allAreas"][level], shown)
    return plural(told["someAreas"][level], shown, total=formats.number(len(rows)))


def families(question):
    """Return the kinds to choose among, by family, and which are chosen."""
    language = get_language()
    return [
        {
            "title": INSTITUTION_FAMILIES[family].in_language(language),
            "kinds": [
                (kind, INSTITUTION_KINDS[kind].in_language(language), kind in question.kinds)
                for kind in kinds_of(family)
            ],
            "chosen": sum(kind in question.kinds for kind in kinds_of(family)),
        }
        for family in InstitutionFamily
    ]


def levels():
    """Return the levels that the edition has, with their titles: the stand-in has no communes."""
    titles = {"region": _("Régions"), "cercle": _("Cercles"), "commune": _("Communes")}
    return {
        name: told for name, told in titles.items() if name != "commune" or Area.objects.communes().exists()
    }


def study_url(question):
    """Return where the same question is studied further."""
    told = {
        "kinds": [kind.value for kind in question.kinds],
        "limit": f"{question.limit_km:g}",
        "sense": question.sense.value,
        "day": question.day.isoformat(),
        "with_works": "yes" if question.with_works else "no",
    }
    return f"{reverse('reach-question')}?{urlencode(told, doseq=True)}"


def downloads(question):
    """Return the files that hold the figures of every area, asked as the page is."""
    asked = urlencode(question.as_parameters())
    return [
        {"title": title, "url": f"{reverse(f'api:coverage-{title.lower()}')}?{asked}"}
        for title in ("CSV", "GeoJSON")
    ]


def source_line(answer):
    """Return who the figures come from and of when, in a line under the map."""
    stale = stale_loads()
    return " · ".join(
        marked(
            _("%(what)s : %(source)s")
            % {"what": KINDS[source.kind], "source": _told(source, answer.edition)},
            stale.get(source.load),
        )
        for source in used(answer)
    )


def used(answer):
    """Return the sources of this answer: the programme's where its works or its facilities may count."""
    registers = {each.register for each in answer.institutions or []}
    of_documents = answer.institutions is None or DOCUMENTS_REGISTER in registers
    return [
        source
        for source in answer.sources
        if source.kind != Load.Kind.PROGRAMME or answer.question.with_works or of_documents
    ]


def _told(source, edition):
    when = formats.day(source.as_of) if source.as_of else source.edition
    if source.kind == Load.Kind.BOUNDARIES:
        when = _("édition « %(edition)s »") % {"edition": edition}
    simulated = _("simulées") if source.is_simulated else ""
    return ", ".join(part for part in (source.publisher, when, simulated) if part)


def shapes_url(level, detail):
    fields = "pcode,name" if level == Level.REGION else "pcode,name,region"
    return f"{reverse('api:layer-geojson', args=[SHAPES[level]])}?detail={detail}&fields={fields}"


def screen_settings(question):
    """Return what static/js/coverage.js needs whatever is asked."""
    return {
        "sort": question.sort,
        "area": question.area,
        "limits": CLASS_LIMITS,
        "countries": static_url("basemap/countries.geojson"),
        "clusterLibrary": static_url("markercluster/leaflet.markercluster.js"),
        "hasTiles": bool(settings.TILES_URL),
        "shapes": {
            SHAPES[level]: {detail: shapes_url(level, detail) for detail in DETAILS} for level in Level
        },
        "sheets": {level: reverse(f"{level}-sheet", args=["PCODE"]) for level in ("cercle", "region")},
        "words": words.page(),
    }


def figures(answer, rows, difference):
    """Return what the map draws: every area, the institutions that count and the works."""
    question = answer.question
    return {
        "level": SHAPES[question.level],
        "limitKm": question.limit_km,
        "title": title(question),
        "when": said.when(question),
        "reach": _("à moins de %(km)s") % {"km": said.kilometres(question.limit_km)},
        "signsTitle": said.counted_title(answer),
        "signNotes": [said.counted(answer)],
        "areas": [_area(row) for row in rows],
        "institutions": [_institution(each) for each in answer.institutions or []],
        "works": [_work(each) for each in said.counted_works(answer)],
    }


def _area(row):
    area = row.area
    return {
        "pcode": area.pcode,
        "name": area.name,
        "parent": row.parent_told,
        "people": area.people_placed,
        "low": area.beyond_low,
        "high": area.beyond_high,
        "register": area.register,
        "settlements": area.settlements,
        "gained": row.gained and _("Rapprochées par les ouvrages prévus : %(n)s") % {"n": row.gained},
        "sheet": {"level": row.sheet_level, "pcode": row.sheet_pcode, "name": row.sheet_name},
    }


def _institution(each):
    names = ("id", "name", "kind", "status", "longitude", "latitude", "place_told", "register")
    return {name: getattr(each, name) for name in names} | {"status_as_of": each.status_since}


def _work(work):
    return {
        "kind": work.kind,
        "title": f"{work_title(work)}, {work.place}",
        "lines": [line for line in (work.action, said.place_told(work), work.note) if line],
        "longitude": work.longitude,
        "latitude": work.latitude,
        "isAtSeat": work.place_told == PlaceTold.SEAT,
    }
