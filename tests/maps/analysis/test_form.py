"""A question typed in a form is the question that its JSON tells, and back."""

from django.http import QueryDict
from django.utils.translation import override

from apps.analysis.gallery import GALLERY
from apps.analysis.questions import checked
from apps.maps.analysis import form
from apps.maps.analysis.changes import changes
from apps.maps.analysis.views import filled

TYPED = {
    "steps": ["2"],
    "s1.what": ["settlements"],
    "s1.what.where.0.field": ["settlement_class"],
    "s1.what.where.0.op": ["<="],
    "s1.what.where.0.value": ["4"],
    "s1.what.where.1.field": [""],
    "s1.what.areas": ["ML91", "ML9201"],
    "s1.relation": ["within_km"],
    "s1.km": ["7,5"],
    "s1.at_least": ["3"],
    "s1.of": ["events"],
    "s1.of.last_months": ["12"],
    "s2.what": ["step:1"],
    "s2.relation": ["beyond_km"],
    "s2.km": ["30"],
    "s2.of": ["institutions"],
    "s2.of.where.0.field": ["family"],
    "s2.of.where.0.op": ["in"],
    "s2.of.where.0.value": ["police", "court"],
    "by1": ["cercle"],
    "measure": ["people"],
    "keep": ["first"],
    "keep_n": ["5"],
}


def sent(**fields):
    told = QueryDict(mutable=True)
    for name, values in fields.items():
        told.setlist(name, values)
    return told


def test_a_form_tells_its_question():
    with override("fr"):
        assert form.told_by(sent(**TYPED)) == {
            "version": 1,
            "steps": [
                {
                    "what": {
                        "layer": "settlements",
                        "where": [{"field": "settlement_class", "op": "<=", "value": 4}],
                        "areas": ["ML91", "ML9201"],
                    },
                    "relation": {"kind": "within_km", "km": 7.5, "at_least": 3},
                    "of": {"layer": "events", "last_months": 12},
                },
                {
                    "what": {"step": 1},
                    "relation": {"kind": "beyond_km", "km": 30},
                    "of": {
                        "layer": "institutions",
                        "where": [{"field": "family", "op": "in", "value": ["police", "court"]}],
                    },
                },
            ],
            "by": ["cercle"],
            "measure": {"kind": "people"},
            "keep": {"first": 5},
        }


def test_what_is_no_number_stays_as_it_was_typed():
    told = form.told_by(sent(**TYPED | {"s1.km": ["dix"]}))
    assert told["steps"][0]["relation"]["km"] == "dix"


def test_each_ready_question_fills_the_form_that_asks_it_again():
    for ready in GALLERY:
        again = form.told_by(filled(ready.question))
        assert checked(again) == checked(ready.question), ready.key


def test_a_drawn_shape_travels_as_it_was_drawn():
    point = {"type": "Point", "coordinates": [-4.5, 13.5]}
    question = {
        "version": 1,
        "steps": [
            {
                "what": {"layer": "settlements"},
                "relation": {"kind": "within_km", "km": 20, "at_least": 1},
                "of": {"shape": point, "name": "un lieu"},
            }
        ],
    }
    assert form.told_by(filled(question)) == question


def test_a_changed_distance_is_told_in_words():
    before = form.told_by(sent(**TYPED))
    after = form.told_by(sent(**TYPED | {"s1.km": ["20"], "s1.what.areas": []}))
    with override("fr"):
        assert changes(before, before) == []
        assert changes(before, after) == [
            "étape 1, quoi, où\u00a0: ML91 ; ML9201 → —",
            "étape 1, Kilomètres\u00a0: 7.5 → 20",
        ]
