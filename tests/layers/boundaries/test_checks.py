"""Kayes (ML01) from 10 to 8 degrees west, cut at 9 into two cercles; a square degree is about 12 000 km2."""

import shapely

from geo.vocabulary import Level
from layers.readers.boundaries import check

NB = "\u00a0"


def told(problems):
    return [(problem.is_fatal, str(problem).replace(NB, " ")) for problem in problems]


def test_an_edition_that_fits_has_no_problem(area):
    region = area("ML01", -10, wide=2)
    cercles = [area("ML0101", -10), area("ML0102", -9)]
    communes = [area("ML010101", -10), area("ML010201", -9)]
    assert check([region, *cercles, *communes]) == []
    assert check([]) == []


def test_parents_are_an_attribute_not_a_prefix_of_the_code(area):
    assert check([area("ML10", -10), area("ML0704", -10, parent="ML10")]) == []


def test_a_pcode_given_twice_is_refused(area):
    areas = [area("ML01", -10, name="Kayes"), area("ML01", -9, name="Kita", row=7)]
    assert told(check(areas)) == [
        (
            True,
            "adm1.geojson, entité 7 (ML01), P-code = « ML01 » : Ce code est déjà celui de Kayes "
            "(adm1.geojson, entité 1). Donnez à chacun son propre code.",
        )
    ]


def test_a_parent_that_does_not_exist_is_refused_and_the_nearest_offered(area):
    areas = [area("ML01", -10), area("ML0101", -10), area("ML0201", -9, parent="ML011", row=2)]
    assert told(check(areas)) == [
        (
            True,
            "adm2.geojson, entité 2 (ML0201), P-code du parent = « ML011 » : Ce code n'est celui d'aucune "
            "région des fichiers donnés. Corrigez-le, ou ajoutez ce qui manque. Vouliez-vous « ML01 »\u202f?",
        )
    ]


def test_cercles_alone_are_checked_among_themselves_and_the_rest_is_said(area):
    assert told(check([area("ML0101", -10), area("ML0102", -9)])) == [
        (
            False,
            "adm2.geojson, P-code du parent : Les parents des cercles n'ont pas pu être vérifiés, faute de "
            "régions. Donnez aussi le fichier des régions.",
        )
    ]


def test_regions_and_communes_without_cercles_are_refused(area):
    assert told(check([area("ML01", -10), area("ML010101", -10)])) == [
        (
            True,
            "adm3.geojson, P-code du parent : Les parents des communes n'ont pas pu être vérifiés, faute de "
            "cercles. Donnez aussi le fichier des cercles.",
        )
    ]


def test_a_region_without_cercles_is_refused(area):
    areas = [area("ML01", -10, name="Kayes"), area("ML02", -9, name="Koulikoro", row=2), area("ML0101", -10)]
    assert told(check(areas)) == [
        (
            True,
            "adm1.geojson, entité 2 (ML02), P-code = « ML02 » : Koulikoro n'a pas de cercles. Ajoutez-les à "
            "adm2.geojson, ou corrigez leur P-code de parent.",
        )
    ]


def test_siblings_of_one_name_are_a_remark_whatever_the_accents(area):
    areas = [area("ML01", -10, name="Ségou"), area("ML02", -9, name="SEGOU", row=2)]
    assert told(check(areas)) == [
        (
            False,
            "adm1.geojson, entité 2 (ML02), nom = « SEGOU » : ML01 porte le même nom sous le même parent, "
            "ML. Vérifiez que ce sont bien deux aires différentes.",
        )
    ]


def test_one_name_under_two_parents_is_usual(area):
    areas = [area("ML0101", -10, name="Benkadi"), area("ML0201", -9, name="Benkadi")]
    assert [problem for problem in check(areas) if problem.field == "nom"] == []


def test_a_cercle_in_another_region_than_its_parent_is_refused(area):
    areas = [
        area("ML01", -10, name="Kayes"),
        area("ML02", -9, name="Koulikoro"),
        area("ML0101", -10),
        area("ML0201", -9, parent="ML01", name="Nara"),
        area("ML0202", -9, wide=0.5),
    ]
    assert told(check(areas))[0] == (
        True,
        "adm2.geojson, entité 1 (ML0201), géométrie : Nara dépasse de Kayes (ML01) dans Koulikoro (ML02) : "
        "11\u202f927,11 km², près de (-8.5000, 14.5000). Corrigez le tracé ou le P-code du parent.",
    )


def test_a_small_step_over_the_border_is_a_remark(area):
    areas = [area("ML01", -10), area("ML0101", -10, wide=1.001)]
    (problem,) = check(areas)
    assert not problem.is_fatal
    assert "dépasse de Aire ML01 (ML01)" in problem.reason
    assert "11,9" in problem.reason


def test_an_overlap_is_refused_when_large_and_a_remark_when_small(area):
    first = area("ML01", -10, name="Kayes")
    (large,) = check([first, area("ML02", -9.5, name="Kita", row=2)])
    assert told([large]) == [
        (
            True,
            "adm1.geojson, entité 2 (ML02), géométrie : Kita recouvre Kayes (ML01) : 5\u202f963,46 km², près "
            "de (-9.2500, 14.5000). Corrigez le tracé ou le P-code du parent.",
        )
    ]
    (small,) = check([first, area("ML02", -9.001, name="Kita", row=2)])
    assert not small.is_fatal
    assert check([first, area("ML02", -9.0000001, name="Kita", row=2)]) == []


def test_a_parent_that_its_children_do_not_cover_is_refused_when_much_is_missing(area):
    region = area("ML01", -10, name="Kayes", wide=2)
    (large,) = check([region, area("ML0101", -10)])
    assert told([large]) == [
        (
            True,
            "adm1.geojson, entité 1 (ML01), géométrie : Kayes a une partie hors de ses cercles : "
            "11\u202f927,11 km², près de (-8.5000, 14.5000). Corrigez le tracé ou le P-code du parent.",
        )
    ]
    (small,) = check([region, area("ML0101", -10, wide=1.999)])
    assert not small.is_fatal


def test_a_hole_in_the_highest_level_is_told_once(area):
    hole = shapely.box(-9.6, 14.4, -9.4, 14.6)
    frame = shapely.box(-10, 14, -9, 15).difference(hole)
    region = area("ML01", 0, name="Kayes", boundary=frame)
    cercle = area("ML0101", 0, boundary=frame)
    (problem,) = check([region, cercle])
    assert told([problem]) == [
        (
            True,
            "adm1.geojson, entité 1 (ML01), géométrie : Kayes laisse un trou à côté : 477,08 km², près "
            "de (-9.5000, 14.5000). Corrigez le tracé ou le P-code du parent.",
        )
    ]


def test_an_area_of_another_parent_among_siblings_is_no_hole(area):
    # As Bamako lies inside Koulikoro.
    inner = shapely.box(-9.6, 14.4, -9.4, 14.6)
    frame = shapely.box(-10, 14, -9, 15).difference(inner)
    areas = [
        area("ML02", 0, boundary=frame),
        area("ML09", 0, boundary=inner),
        area("ML0201", 0, boundary=frame),
        area("ML0901", 0, boundary=inner),
    ]
    assert [problem.field for problem in check(areas)] == []
    assert {area.level for area in areas} == {Level.REGION, Level.CERCLE}
