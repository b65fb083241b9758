"""The page that opens without network: what it holds, what it refuses, how it is sealed."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.boundaries.models import Area
from apps.events.models import ConflictEvent
from apps.exports.models import Export
from apps.exports.services import ExportFailed
from apps.packs import offline
from apps.packs.orders import ordered
from apps.sources.models import Load

pytestmark = pytest.mark.django_db

OFFLINE = Export.Kind.OFFLINE


@pytest.fixture
def koro():
    return Area.objects.cercles().get(name="Koro").pcode


def test_its_policy_admits_its_own_script_and_style_alone(packed, koro):
    text = packed(koro, kind=OFFLINE).path.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    for kind, body in (("script", script), ("style", style)):
        assert f"{kind}-src 'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")


def test_the_same_data_give_the_same_bytes(packed, koro):
    first = packed(koro, kind=OFFLINE)
    first.delete()
    assert packed(koro, kind=OFFLINE).sha256 == first.sha256


def test_a_text_that_ends_a_script_stays_a_text(packed, koro):
    Area.objects.filter(pcode=koro).update(name="</script><script>alert(1)</script>")
    text = packed(koro, kind=OFFLINE).path.read_text(encoding="utf-8")
    assert "<script>alert" not in text


def test_closed_rows_are_not_in_the_rows_of_the_page(koro):
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="signed_in")
    ConflictEvent.objects.update(actor1="LIGNE-CLOSE")
    order = offline_order(koro)
    assert "events" not in order["layers"]
    told, _abouts = offline.packed(order, step=lambda done, total: None)
    assert "LIGNE-CLOSE" not in offline.as_json(told)


def offline_order(*pcodes, user=None):
    return ordered(user or AnonymousUser(), pcodes, kind=OFFLINE, language="fr", with_closed=True).asked


def shown(order):
    return offline.packed(order, step=lambda done, total: None)[0]


def test_it_tells_what_is_not_in_it_and_who_may_not_have_it(as_persona, koro):
    assert not any("Réservées" in absence for absence in shown(offline_order(koro))["absences"])
    Load.objects.in_use().of_kind(Load.Kind.EVENTS).update(access="signed_in")
    without = shown(offline_order(koro))["absences"]
    assert "Réservées à certains lecteurs, absentes de ce fichier\u00a0: Événements." in without
    partner = as_persona("partner").get("/donnees/").wsgi_request.user
    whole = shown(offline_order(koro, user=partner))
    assert "Données réservées" in whole["doubts"][0]
    told = {layer["name"]: layer["told"]["doubts"] for layer in whole["layers"]}
    assert ("réservées" in told["events"][0], "réservées" in told["cercles"][0]) == (True, False)


def test_a_layer_of_which_nothing_is_loaded_is_not_one_without_rows(koro):
    layers = {layer["name"]: layer for layer in shown(offline_order(koro))["layers"]}
    told = {name: (layers[name]["rows"], layers[name]["isKnown"]) for name in ("ucdp_events", "communes")}
    assert told == {"ucdp_events": ([], False), "communes": ([], False)}
    assert (layers["peace_mechanisms"]["rows"], layers["peace_mechanisms"]["isKnown"]) == ([], True)


def test_a_doubt_names_its_layers_unless_it_is_of_all(koro):
    simulated, approximate = shown(offline_order(koro))["doubts"]
    assert "simulées" in simulated
    assert "Couches\u00a0: Événements, " in simulated
    assert "approximatives" in approximate
    assert "Couches" not in approximate


def test_a_pack_too_large_is_refused_with_a_way_out(packed, koro, monkeypatch, exports_dir):
    monkeypatch.setattr(offline, "LARGEST_BYTES", 1000)
    with pytest.raises(ExportFailed, match="moins de cercles"):
        packed(koro, kind=OFFLINE)
    assert list(exports_dir.iterdir()) == []
