"""A question read back as one plain sentence, in French and in English, from the layers' own labels."""

from datetime import date

from babel.dates import format_date

from apps.analysis.features import LEVEL_NAMES, LEVEL_WORDS, layer_of
from apps.analysis.nouns import NOUNS
from apps.analysis.questions import (
    AREA,
    BEYOND_KM,
    CONTAINS,
    COUNT,
    DISTINCT,
    INTERSECTS,
    MEAN,
    MONTH,
    NEAREST,
    PEOPLE,
    RATE,
    SHARE,
    SHARE_OF_AREA,
    SHARES,
    SUM,
    TIMES,
    TOUCHES,
    WITHIN,
    field_of,
)
from apps.boundaries.models import Area
from layers.catalogue import LAYERS

THIN, HARD = "\u202f", "\u00a0"


def sentence(question):
    """Return {"fr", "en"}: what a resolved question asks. It reads the names of areas."""
    names = _names(question)
    return {language: Reading(question, names, language).text() for language in ("fr", "en")}


def _names(question):
    told = {
        pcode
        for step in question["steps"]
        for side in ("what", "of")
        for pcode in (step[side] or {}).get("areas", ())
    }
    return dict(Area.objects.active().filter(pcode__in=told).values_list("pcode", "name"))


class Reading:
    """A question in one language."""

    def __init__(self, question, names, language):
        self.question, self.names, self.language = question, names, language
        self.is_french = language == "fr"

    def say(self, fr, en):
        return fr if self.is_french else en

    def text(self):
        parts = []
        for number, step in enumerate(self.question["steps"], start=1):
            follows = step["what"].get("step") == number - 1 and number > 1
            if follows:
                parts[-1] += self.say(", et ", ", and ") + (self._relation(step) or "")
            else:
                parts.append(self._step(step))
        if len(parts) > 1:
            parts = [
                self.say(f"étape {place}{HARD}: {part}", f"step {place}: {part}")
                for place, part in enumerate(parts, start=1)
            ]
        told = self.say(f"{THIN}; ", "; ").join(parts) + self.say(f"{HARD}: ", ": ") + self._asked()
        return told[0].upper() + told[1:] + "."

    # --- features ----------------------------------------------------------------------------------

    def _step(self, step):
        what = self._features(step["what"])
        relation = self._relation(step)
        return f"{what} {relation}" if relation else what

    def _noun(self, features):
        return NOUNS[layer_of(self.question, features).name]

    def _several(self, features):
        noun = self._noun(features)
        return self.say(noun.several, noun.several_en)

    def _features(self, features):
        """Return features without an article: « localités (rang ≤ 4), dans Mopti »."""
        if "step" in features:
            return self._several(features) + self.say(
                f" de l’étape {features['step']}", f" of step {features['step']}"
            )
        return self._several(features) + self._details(features)

    def _details(self, features):
        if "step" in features:
            return self.say(f" de l’étape {features['step']}", f" of step {features['step']}")
        layer = LAYERS[features["layer"]]
        told = [self._condition(layer, each) for each in features["where"]]
        if features["areas"]:
            told.append(self.say("dans ", "in ") + self._areas(features["areas"]))
        if days := self._days(features):
            told.append(days)
        return f" ({self.say(f'{THIN}; ', '; ').join(told)})" if told else ""

    def _areas(self, pcodes):
        told = [f"{self.names.get(pcode, '')} ({pcode})".strip() for pcode in pcodes]
        return _listed(told, self.say("et", "and"))

    def _days(self, features):
        since, until = (features.get(name) and self._day(features[name]) for name in ("since", "until"))
        if since and until:
            return self.say(f"du {since} au {until}", f"from {since} to {until}")
        if since:
            return self.say(f"depuis le {since}", f"since {since}")
        return until and self.say(f"jusqu’au {until}", f"until {until}")

    def _day(self, text):
        return format_date(date.fromisoformat(text), "d MMM y", locale=self.language)

    def _condition(self, layer, condition):
        field = field_of(layer, condition["field"])
        label, op = self._label(field), condition["op"]
        if op in ("known", "unknown"):
            known = op == "known"
            fr = f"{label}{HARD}: {'valeur connue' if known else 'inconnu'}"
            return self.say(fr, f"{label} {op}")
        values = condition["value"] if isinstance(condition["value"], list) else [condition["value"]]
        told = _listed([self._value(field, value) for value in values], self.say("ou", "or"))
        between = {
            "=": self.say(f"{HARD}: ", ": "),
            "in": self.say(f"{HARD}: ", ": "),
            "!=": self.say(" autre que ", " other than "),
            "contains": self.say(" contient ", " contains "),
            "<=": " ≤ ",
            ">=": " ≥ ",
        }
        if op == "!=" and field.choices:
            told = self.say(f"«{THIN}{told}{THIN}»", f"“{told}”")
        return label + between.get(op, f" {op} ") + told

    def _label(self, field):
        """Return the label of a field inside a sentence: acronyms stay as they are."""
        label = field.label.in_language(self.language)
        return label if label[:2].isupper() or label[1:2] == "-" else label[0].lower() + label[1:]

    def _value(self, field, value):
        if field.choices and str(value) in field.choices:
            return field.choices[str(value)].in_language(self.language)
        if isinstance(value, bool):
            return self.say("oui", "yes") if value else self.say("non", "no")
        return (
            self._number(value)
            if isinstance(value, int | float)
            else self.say(f"«{THIN}{value}{THIN}»", f"“{value}”")
        )

    def _number(self, value):
        told = f"{value:,}".removesuffix(".0")
        return told.replace(",", THIN).replace(".", ",") if self.is_french else told

    # --- relations ---------------------------------------------------------------------------------

    def _relation(self, step):
        relation, of = step["relation"], step["of"]
        if relation is None:
            return ""
        told = self._of_kind(relation["kind"], relation, of)
        if relation.get("first"):
            first = relation["first"]
            told += self.say(f", les {first} qui en ont le plus", f", the {first} that have most")
        return told

    def _of_kind(self, kind, relation, of):
        km = f"{self._number(relation['km'])}{HARD}km" if relation.get("km") is not None else ""
        if kind == NEAREST:
            return self._nearest(relation["count"], of)
        if kind == BEYOND_KM:
            return self.say(f"à plus de {km} {self._of_all(of)}", f"beyond {km} of {self._all(of)}")
        if kind in SHARES:
            what = (
                self.say("superficie", "area") if kind == SHARE_OF_AREA else self.say("population", "people")
            )
            where = (
                self.say(f"à {km} ou moins {self._of_all(of)}", f"within {km} of {self._all(of)}")
                if km
                else self.say(f"dans {self._all(of)}", f"in {self._all(of)}")
            )
            return self.say(f"et la part de leur {what} {where}", f"and the share of their {what} {where}")
        least = relation["at_least"]
        if kind == WITHIN:
            return self.say("dans ", "in ") + self._all(of)
        if kind in (CONTAINS, INTERSECTS, TOUCHES):
            verb = {
                CONTAINS: self.say("qui contiennent", "that contain"),
                INTERSECTS: self.say("qui rencontrent", "that meet"),
                TOUCHES: self.say("qui touchent", "that touch"),
            }[kind]
            return f"{verb} {self._least(least, of)}"
        if self.is_french:
            told = self._least(least, of)
            return f"à {km} ou moins {'d’' if told[0] in 'au' else 'de '}{told}"
        return f"within {km} of {self._least(least, of)}"

    def _nearest(self, count, of):
        if "layer" not in of and "step" not in of:
            return self.say(f"et leur distance à {self._all(of)}", f"and their distance to {self._all(of)}")
        noun = self._noun(of)
        if count == 1:
            return self.say(
                f"et {'la' if noun.is_feminine else 'le'} plus proche {self._of_all(of)}",
                f"and the nearest of {self._all(of)}",
            )
        return self.say(
            f"et les {count} plus proches {self._of_all(of)}", f"and the {count} nearest of {self._all(of)}"
        )

    def _least(self, least, of):
        """Return how many of the others at least: « un événement », « au moins 3 événements »."""
        if "layer" not in of and "step" not in of:
            return self._all(of)
        noun = self._noun(of)
        if least > 1:
            count = self._number(least)
            told = self.say(f"au moins {count} {noun.several}", f"at least {count} {noun.several_en}")
        else:
            one = f"{'une' if noun.is_feminine else 'un'} {noun.one}"
            article = "an" if noun.one_en[0] in "aeiou" else "a"
            told = self.say(one, f"{article} {noun.one_en}")
        return told + self._details(of)

    def _all(self, of):
        """Return all of the others: « les cercles cibles »."""
        if "shape" in of:
            name = of.get("name")
            return self.say("le tracé", "the shape") + (
                self.say(f" «{THIN}{name}{THIN}»", f" “{name}”") if name else ""
            )
        if "layer" not in of and "step" not in of:
            return self._areas(of["areas"])
        return self.say("les ", "the ") + self._several(of) + self._details(of)

    def _of_all(self, of):
        told = self._all(of)
        if told.startswith("les "):
            return f"des {told.removeprefix('les ')}"
        if told.startswith("le "):
            return f"du {told.removeprefix('le ')}"
        return f"{'d’' if told[0] in 'AEIOUÉÎ' else 'de '}{told}"

    # --- what is asked of them ---------------------------------------------------------------------

    def _asked(self):
        measure = self.question["measure"]
        if measure is None:
            return self.say("la liste", "the list")
        told = self._measure(measure)
        for place, name in enumerate(self.question["by"]):
            told += (self.say(", par ", ", by ") if place == 0 else self.say(" et ", " and ")) + self._by(
                name
            )
        return told + self._keep()

    def _measure(self, measure):
        layer = layer_of(self.question, self.question["steps"][-1]["what"])
        label = ""
        if measure.get("field"):
            label = self._label(field_of(layer, measure["field"]))
        quoted = self.say(f"«{THIN}{label}{THIN}»", f"“{label}”")
        return {
            COUNT: self.say("leur nombre", "their number"),
            SUM: self.say(f"la somme de {quoted}", f"the sum of {quoted}"),
            MEAN: self.say(f"la moyenne de {quoted}", f"the mean of {quoted}"),
            DISTINCT: self.say(
                f"le nombre de valeurs différentes de {quoted}", f"how many different values of {quoted}"
            ),
            RATE: self.say(
                f"{'la somme de ' + quoted if label else 'leur nombre'} pour 100{THIN}000{HARD}habitants",
                f"{'the sum of ' + quoted if label else 'their number'} per 100,000 people",
            ),
            AREA: self.say("leur superficie", "their area"),
            PEOPLE: self.say("leurs habitants", "their people"),
            SHARE: self.say("cette part", "that share"),
        }[measure["kind"]]

    def _by(self, name):
        if name in LEVEL_NAMES:
            return LEVEL_WORDS[LEVEL_NAMES[name]].in_language(self.language).lower()
        if name in TIMES:
            return self.say("mois", "month") if name == MONTH else self.say("année", "year")
        layer = layer_of(self.question, self.question["steps"][-1]["what"])
        return self._label(field_of(layer, name))

    def _keep(self):
        keep = self.question["keep"]
        if not keep:
            return ""
        if "first" in keep:
            return self.say(f"{THIN}; les {keep['first']} premiers", f"; the first {keep['first']}")
        least = self._number(keep["at_least"])
        return self.say(f"{THIN}; au moins {least}", f"; at least {least}")


def _listed(told, last):
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} {last} {told[-1]}"
