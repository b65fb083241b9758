"""/donnees/ma-zone/: cercles are chosen, the file is begun, what is wrong is told on the page."""

import pytest

from apps.boundaries.models import Area
from apps.exports.models import Export

pytestmark = pytest.mark.django_db

ADDRESS = "/donnees/ma-zone/"


@pytest.fixture
def koro():
    return Area.objects.cercles().get(name="Koro").pcode


def test_every_cercle_can_be_chosen_and_one_comes_chosen(client, koro, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        page = client.get(ADDRESS, {"cercle": koro}).content.decode()
    assert page.count('name="cercle"') == Area.objects.cercles().count()
    assert f'value="{koro}" checked' in page
    assert page.count(" checked") == 2  # the cercle, and the format that is offered first


@pytest.mark.parametrize("kind", [Export.Kind.AREA, Export.Kind.OFFLINE])
def test_a_choice_begins_one_file(client, koro, kind):
    answers = [client.post(ADDRESS, {"cercle": koro, "kind": kind, "lang": "en"}) for _ in range(2)]
    export = Export.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/donnees/fichiers/{export.pk}/"}
    assert (export.kind, export.language, export.access) == (kind, "en", "public")


def test_no_cercle_or_a_wrong_one_is_told_on_the_page(client):
    for choice, told in (({}, "au moins un cercle"), ({"cercle": "ML99<b>"}, "ML99&lt;b&gt;")):
        answer = client.post(ADDRESS, choice)
        assert (answer.status_code, told in answer.content.decode()) == (400, True)
    assert not Export.objects.exists()


def test_closed_layers_are_offered_to_who_may_read_them(as_persona, koro):
    assert 'name="closed"' not in as_persona("anonymous").get(ADDRESS).content.decode()
