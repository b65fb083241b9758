"""
Answers a question of targeting and keeps the answer as a run.

FILE.json is a question, or an answer as the API gives it: it is then asked again, and the command says
whether every byte is the same or which data differ. --example makes the programme's case, "PROSMED, octobre
2020". May be run twice: the same answer under the same name is kept once.
"""

from apps.runs.management.repeating import SIMULATED, AnswersAQuestion, NoExample
from apps.targeting import runs
from apps.targeting.questions import question


class Command(AnswersAQuestion):
    help = __doc__
    kind = runs.KIND
    example = "PROSMED, octobre 2020"
    example_help = "the programme's case"
    simulated = SIMULATED

    def asked(self, told):
        try:
            return runs.prosmed_question() if told is None else question(told)
        except runs.NoTargets as error:
            raise NoExample("no target cercle of the programme is found in the edition in use.") from error

    def found(self, answer):
        return f"Chose {answer['totals']['areas']} of {len(answer['scores'])}"
