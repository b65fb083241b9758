"""
Answers a question of siting and keeps the answer as a run.

FILE.json is a question, or an answer as the API gives it: it is then asked again, and the command says
whether every byte is the same or which data differ. --example holds the programme's nine commissariats
against nine chosen at the same cost. May be run twice: the same answer under the same name is kept once.
"""

from apps.runs.management.repeating import AnswersAQuestion, NoExample
from apps.siting import runs


class Command(AnswersAQuestion):
    help = __doc__
    kind = runs.KIND
    example = "Neuf commissariats"
    example_help = "nine commissariats: the programme's, and chosen"

    def asked(self, told):
        try:
            return runs.whole(runs.nine_question() if told is None else told)
        except runs.NoWorks as error:
            raise NoExample("no commissariat of the programme is planned at a place.") from error

    def found(self, answer):
        chosen = next((plan for plan in answer["plans"] if plan["key"] == "chosen"), None)
        if chosen is None:
            return "No choice keeps the rules"
        people = chosen["people"]
        return (
            f"{len(chosen['sites'])} sites for {chosen['cost']} USD newly reach {people['low']} to "
            f"{people['high']} people"
        )
