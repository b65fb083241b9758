"""What the documents say of services that stand: facilities, counts, mechanisms of peace."""

from geo.vocabulary import MechanismKind
from layers.declaration import Field, Geometry, Words
from layers.programme.declaring import (
    NAME_IN_SOURCE,
    DocumentTable,
    layer_of,
    place_fields,
    text,
    whole,
    words,
)

FACT_KINDS = words(
    point="un établissement|one facility",
    aggregate="un compte|a count",
    implied="déduit d’une action prévue|read from a planned action",
    qualitative="une phrase|a sentence",
)
MECHANISM_KINDS = {
    MechanismKind.COFO.value: Words("Commission foncière (COFO)", "Land commission (COFO)"),
    MechanismKind.CCR.value: Words(
        "Comité communal de réconciliation (CCR)", "Communal reconciliation committee (CCR)"
    ),
    MechanismKind.CCS.value: Words(
        "Comité consultatif de sécurité (CCS)", "Security consultation committee (CCS)"
    ),
    MechanismKind.ERAR.value: Words(
        "Équipe régionale d’appui à la réconciliation (ERAR)", "Regional reconciliation support team (ERAR)"
    ),
    MechanismKind.CNDH_ANTENNA.value: Words("Antenne de la CNDH", "CNDH antenna"),
    MechanismKind.CNDH_RELAY.value: Words("OSC relais de la CNDH", "Civil-society relay of the CNDH"),
    MechanismKind.CVJR_ANTENNA.value: Words("Antenne régionale de la CVJR", "Regional antenna of the CVJR"),
    MechanismKind.PEACE_CENTRE.value: Words("Centre de paix", "Peace centre"),
    MechanismKind.PEACE_LABORATORY.value: Words("Laboratoire de paix", "Peace laboratory"),
}

FACTS_TABLE = DocumentTable(
    stem="existing_infrastructure_status",
    title=Words("Ce que les documents disent des services", "What documents say of services"),
    fields=(
        *place_fields("region"),
        NAME_IN_SOURCE,
        text(
            "infra_type",
            "Service selon la table",
            "Service as told",
            required=True,
            longest=100,
            filters=True,
        ),
        text("status", "État selon le document", "Status as told (in French)", longest=200),
        whole("count", "Nombre", "Count"),
        whole("count_out_of", "Sur", "Out of"),
        text("as_of", "Date", "Date", longest=60),
        text(
            "fact_kind",
            "Sorte de fait",
            "Kind of fact",
            required=True,
            choices=FACT_KINDS,
            longest=12,
            filters=True,
        ),
        text("holder", "Tenu par", "Held by", longest=100),
    ),
)
_MECHANISM = Field("mechanism", Words("Mécanisme", "Mechanism"), filters=True, choices=MECHANISM_KINDS)

INSTITUTION_FACTS = layer_of(
    FACTS_TABLE,
    "institution_facts",
    Words(
        "Faits sur la présence ou le fonctionnement de services, par lieu. Un compte d’une région reste "
        "un compte.",
        "Facts on the presence or the working of services, by place. A count of a region stays a count.",
    ),
    extra=(_MECHANISM,),
)
PEACE_MECHANISMS = layer_of(
    FACTS_TABLE,
    "peace_mechanisms",
    Words(
        "Commissions foncières, comités de réconciliation et de sécurité, antennes des droits humains que "
        "citent les documents, au chef-lieu du cercle ou de la région qu’ils disent. Sans lieu, la "
        "géométrie est nulle.",
        "Land commissions, reconciliation and security committees, human-rights antennas that the "
        "documents tell, at the seat of the cercle or region told. Without a place the geometry is null.",
    ),
    geometry=Geometry.POINT,
    title=Words("Mécanismes de paix", "Peace mechanisms"),
    extra=(_MECHANISM,),
)
