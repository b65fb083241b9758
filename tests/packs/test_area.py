"""Chosen cercles as one GeoPackage, on the stand-in of the real country."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat

from apps.boundaries.models import Area, Settlement
from apps.events.models import ConflictEvent
from apps.exports.models import Export
from apps.exports.services import ExportStopped, begin, make
from apps.infrastructure.models import Fact, Institution
from apps.packs import area
from apps.packs.orders import WrongCercles, ordered
from apps.projects.models import Project
from apps.sources.models import Load
from tests.exports.reading_files import of_geopackage

pytestmark = pytest.mark.django_db

MARK = "LIGNE-CLOSE"
NOBODY = AnonymousUser()


@pytest.fixture
def koro():
    return Area.objects.cercles().get(name="Koro")


@pytest.fixture
def bankass():
    return Area.objects.cercles().get(name="Bankass")


@pytest.fixture
def closed_events():
    """Close the events to who is not signed in, and mark each."""
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="signed_in")
    marked = Concat(Value(MARK), F("pk"), output_field=CharField())
    ConflictEvent.objects.update(source_event_id=marked, actor1=MARK)


def counted(path, table):
    ((count,),) = of_geopackage(path, f"SELECT count(*) FROM {table}")
    return count


def test_each_layer_is_a_table_of_the_rows_of_the_cercles(packed, koro, bankass):
    path = packed(koro.pcode, bankass.pcode).path
    both = [koro, bankass]
    assert of_geopackage(path, "SELECT pcode FROM cercles ORDER BY name") == [(bankass.pcode,), (koro.pcode,)]
    assert counted(path, "communes") == Area.objects.communes().filter(parent__in=both).count()
    assert counted(path, "settlements") == Settlement.objects.filter(cercle__in=both).count() > 0
    assert counted(path, "institutions") == Institution.objects.counted().filter(cercle__in=both).count() > 0
    assert counted(path, "regions") == Area.objects.regions().count()
    works = of_geopackage(path, "SELECT infra_id FROM planned_works WHERE areas = ? ORDER BY 1", koro.pcode)
    assert [code for (code,) in works] == ["INF02", "INF12", "INF21"]
    projects = {number for (number,) in of_geopackage(path, "SELECT fid FROM projects")}
    assert projects == {each.pk for cercle in both for each in Project.objects.in_area(cercle)} != set()


def test_what_is_told_of_two_cercles_comes_once(packed, koro, bankass):
    project = Project.objects.in_area(koro).first()
    fact = Fact.objects.filter(areas=koro).first()
    fact.areas.add(bankass)
    for cercle in (koro, bankass):
        project.presences.create(area=cercle, reach="area", place=cercle.name, is_entered=True)
    path = packed(koro.pcode, bankass.pcode).path
    assert of_geopackage(path, "SELECT count(*) FROM institution_facts WHERE fid = ?", fact.pk) == [(1,)]
    assert of_geopackage(path, "SELECT count(*) FROM projects WHERE fid = ?", project.pk) == [(1,)]


def test_it_tells_first_what_to_doubt(packed, koro):
    export = packed(koro.pcode, language="en")
    lines = of_geopackage(export.path, "SELECT section, layer, text FROM lisez_moi ORDER BY fid")
    assert lines[0][0] == "To know first"
    assert "Simulated data" in " ".join(text for section, _layer, text in lines if section == "To know first")
    assert {layer for section, layer, _text in lines if section == "Licence"} == set(export.layers)
    assert export.about["simulated"] is export.about["approximate"] is True
    styled = of_geopackage(export.path, "SELECT f_table_name FROM layer_styles")
    assert {("cercles",), ("institutions",), ("regions",)} <= set(styled)


def test_the_same_data_give_the_same_bytes(packed, koro):
    first = packed(koro.pcode)
    kept = first.sha256
    assert packed(koro.pcode) == first
    first.delete()
    assert packed(koro.pcode).sha256 == kept


def test_closed_rows_are_in_no_file_of_who_may_not_read_them(packed, closed_events, as_persona, koro):
    assert MARK.encode() not in packed(koro.pcode).path.read_bytes()
    partner = as_persona("partner").get("/donnees/").wsgi_request.user
    without = packed(koro.pcode, user=partner, with_closed=False)
    assert MARK.encode() not in without.path.read_bytes()
    assert (without.access, "events" in without.layers) == ("public", False)
    whole = packed(koro.pcode, user=partner)
    assert MARK.encode() in whole.path.read_bytes()
    assert (whole.access, "events" in whole.layers) == ("signed_in", True)


def test_a_code_of_no_cercle_is_named():
    options = {"kind": Export.Kind.AREA, "language": "fr", "with_closed": False}
    with pytest.raises(WrongCercles, match="ML05, ML9999"):
        ordered(NOBODY, ["ML9999", "ML05"], **options)
    with pytest.raises(WrongCercles, match="au moins un"):
        ordered(NOBODY, [], **options)


def test_a_file_that_is_stopped_leaves_nothing(koro, exports_dir):
    order = ordered(NOBODY, [koro.pcode], kind=Export.Kind.AREA, language="fr", with_closed=False)
    export = begin(order, user=NOBODY)

    def stop(done, total):
        if done:
            raise ExportStopped

    make(export.pk, step=stop)
    assert list(exports_dir.iterdir()) == []


def test_the_whole_country_fits(packed):
    pcodes = list(Area.objects.cercles().values_list("pcode", flat=True))
    path = packed(*pcodes).path
    assert counted(path, "cercles") == len(pcodes)
    assert counted(path, area.AROUND) == Area.objects.regions().count()
