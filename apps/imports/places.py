"""The places a file tells: found for certain, decided by a data keeper, or asked."""

from apps.boundaries.codes import UnknownEdition
from apps.boundaries.place_matching import PlaceMatcher
from apps.imports.differences import NotImportable, PlaceWaits, RowRefused
from apps.imports.models import PlaceQuestion
from geo.vocabulary import Level


class Places:
    """The places of one import, and the questions they raise."""

    def __init__(self, import_):
        self.import_ = import_
        try:
            self.matcher = PlaceMatcher(edition=import_.edition or None)
        except UnknownEdition as error:
            raise NotImportable(str(error)) from error
        self.decided = {
            _key_of(question): question
            for question in import_.place_questions.filter(decided_at__isnull=False)
        }
        self.asked = {}

    def find(self, level, told, *, line, field):
        """
        Return the area that `told` (name, code, parent) stands for.

        Raises RowRefused when nothing is told or a data keeper said that it is no area, PlaceWaits when
        nobody decided yet.
        """
        level = Level(level)
        key = (level.name.lower(), *(told.get(part, "") for part in ("name", "parent", "code")))
        match = self.matcher.match(level, **told)
        if match.area is not None and match.is_certain:
            return match.area
        if key in self.decided:
            return self._as_decided(self.decided[key], field)
        if not match.is_question:
            raise RowRefused(field, "", "Aucun lieu n'est dit.", "Complétez la case, ou ôtez la ligne.")
        self._ask(key, match, line)
        raise PlaceWaits(field, _shown(told), match.why)

    def _as_decided(self, question, field):
        if question.area is None:
            raise RowRefused(
                field,
                question.told or question.code_told,
                "Un gardien des données a décidé que ce lieu n'est aucune unité de cette édition.",
                "Corrigez le lieu dans le fichier, ou ôtez la ligne.",
            )
        return question.area

    def _ask(self, key, match, line):
        if key in self.asked:
            self.asked[key].rows += 1
            return
        level, name, parent, code = key
        self.asked[key] = PlaceQuestion(
            of_import=self.import_,
            level=level,
            told=name[:200],
            parent_told=parent[:200],
            code_told=code[:20],
            rows=1,
            first_row=line,
            why=match.why[:300],
            candidates=match.candidates,
        )

    def save_questions(self):
        """Write the questions of this reading in place of those still undecided."""
        self.import_.place_questions.filter(decided_at__isnull=True).delete()
        PlaceQuestion.objects.bulk_create(self.asked.values())


def _key_of(question):
    return (question.level, question.told, question.parent_told, question.code_told)


def _shown(told):
    return ", ".join(filter(None, (told.get("name"), told.get("code"), told.get("parent"))))
