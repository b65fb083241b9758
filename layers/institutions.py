"""Police, courts and prisons. Their titles are French in every language, as on their doors."""

from geo.vocabulary import Completeness, InstitutionFamily, InstitutionKind, InstitutionStatus, PlaceTold
from layers.declaration import Field, FieldType, Geometry, Layer, Words

INSTITUTION_FAMILIES = {
    InstitutionFamily.POLICE.value: Words("Police et gendarmerie", "Police and gendarmerie"),
    InstitutionFamily.COURT.value: Words("Justice", "Courts"),
    InstitutionFamily.PRISON.value: Words("Prisons", "Prisons"),
    InstitutionFamily.SUPPORT.value: Words("Accompagnement des personnes", "Support to persons"),
}
INSTITUTION_KINDS = {
    InstitutionKind.COMMISSARIAT.value: Words("Commissariat de police", "Commissariat de police"),
    InstitutionKind.BRIGADE.value: Words("Brigade de gendarmerie", "Brigade de gendarmerie"),
    InstitutionKind.BIS.value: Words(
        "Brigade d’investigation spécialisée", "Brigade d’investigation spécialisée"
    ),
    InstitutionKind.POLICE_NOT_TOLD.value: Words(
        "Police ou gendarmerie, sorte non précisée", "Police or gendarmerie, kind not told"
    ),
    InstitutionKind.TGI.value: Words("Tribunal de grande instance", "Tribunal de grande instance"),
    InstitutionKind.TI.value: Words("Tribunal d’instance", "Tribunal d’instance"),
    InstitutionKind.JPCE.value: Words(
        "Justice de paix à compétence étendue", "Justice de paix à compétence étendue"
    ),
    InstitutionKind.MILITARY_COURT.value: Words("Tribunal militaire", "Tribunal militaire"),
    InstitutionKind.PJS.value: Words("Pôle judiciaire spécialisé", "Pôle judiciaire spécialisé"),
    InstitutionKind.PEF.value: Words("Pôle économique et financier", "Pôle économique et financier"),
    InstitutionKind.COURT_NOT_TOLD.value: Words("Tribunal, sorte non précisée", "Court, kind not told"),
    InstitutionKind.EPES.value: Words(
        "Établissement pénitentiaire (EPES)", "Établissement pénitentiaire (EPES)"
    ),
    InstitutionKind.PRISON_NOT_TOLD.value: Words("Prison, sorte non précisée", "Prison, kind not told"),
    InstitutionKind.ONE_STOP_CENTRE.value: Words("One-stop center", "One-stop center"),
}
INSTITUTION_STATUSES = {
    InstitutionStatus.FUNCTIONAL.value: Words("fonctionnel", "functional"),
    InstitutionStatus.PERIODIC.value: Words("périodique", "periodic"),
    InstitutionStatus.RELOCATED.value: Words("relocalisé", "relocated"),
    InstitutionStatus.UNDER_CONSTRUCTION.value: Words("en construction", "under construction"),
    InstitutionStatus.CLOSED.value: Words("fermé", "closed"),
    InstitutionStatus.DESTROYED.value: Words("détruit", "destroyed"),
    InstitutionStatus.UNKNOWN.value: Words("inconnu", "unknown"),
}
PLACES_TOLD = {
    PlaceTold.EXACT.value: Words("lieu exact", "exact place"),
    PlaceTold.SETTLEMENT.value: Words("point de la localité", "point of the settlement"),
    PlaceTold.SEAT.value: Words("point du chef-lieu", "point of the seat"),
}
COMPLETENESS = {
    Completeness.COMPLETE.value: Words("complet", "complete"),
    Completeness.PARTIAL.value: Words("partiel", "partial"),
    Completeness.UNKNOWN.value: Words("inconnu", "unknown"),
}

INSTITUTIONS = Layer(
    name="institutions",
    title=Words("Police, justice, prisons", "Police, courts, prisons"),
    description=Words(
        "Institutions de sécurité et de justice connues des registres chargés. Registre incomplet : "
        "une absence veut dire inconnu, pas aucun.",
        "Security and justice institutions known to the registers loaded. Incomplete register: "
        "an absence means unknown, not none.",
    ),
    geometry=Geometry.POINT,
    load_kind="institutions",
    fields=(
        Field("id", Words("Identifiant", "Identifier"), FieldType.INTEGER),
        Field("name", Words("Nom", "Name")),
        Field("family", Words("Famille", "Family"), filters=True, choices=INSTITUTION_FAMILIES),
        Field("kind", Words("Sorte", "Kind"), filters=True, choices=INSTITUTION_KINDS),
        Field("status", Words("État", "Status"), filters=True, choices=INSTITUTION_STATUSES),
        Field("status_as_of", Words("État à la date du", "Status as of"), FieldType.DATE),
        Field("relocated_to", Words("Relocalisé à", "Relocated to")),
        Field("status_words", Words("Mots de la source", "Words of the source (in French)")),
        Field(
            "place_told",
            Words("Précision du lieu", "How the place is known"),
            filters=True,
            choices=PLACES_TOLD,
        ),
        Field("register", Words("Registre", "Register"), filters=True),
        Field("also_in", Words("Aussi au registre", "Also in the register")),
        Field("source_passage", Words("Passage du document", "Passage of the document")),
        Field("source_id", Words("Identifiant de la source", "Identifier of the source")),
        Field("region", Words("P-code de la région", "P-code of the region")),
        Field("cercle", Words("P-code du cercle", "P-code of the cercle")),
        Field("commune", Words("P-code de la commune", "P-code of the commune")),
    ),
)
