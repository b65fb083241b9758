"""Why an area is in a choice or out of it, in plain sentences made from the numbers of the answer."""

from django.utils.translation import gettext as _

from apps.maps import formats
from apps.maps.runs.reading import Reading
from apps.maps.runs.told import (
    beyond,
    class_title,
    ended,
    figure,
    joined,
    number,
    points,
    share,
    short_title,
    value_told,
    with_unit,
    zone_title,
)
from geo.turning import NEAREST

LEAST_POINTS = 0.005
"""A contribution nearer than this to the median is told as neither lifting nor holding down."""

BY_RULE = ("must_not", "no_access")


def why(answer, pcode):
    """Return the sentences that say why an area of an answer is in or out of the choice."""
    return Why(Reading(answer), pcode).sentences()


class Why:
    """The sentences about one area. Many areas of one answer share its Reading."""

    def __init__(self, reading, pcode):
        self.reading = reading
        self.area = reading.areas[pcode]
        self.zone = reading.zone_of(self.area)
        self.criteria = reading.used(self.area["zone"])

    def sentences(self):
        if not self.reading.is_whole:
            return [self._choice_alone()]
        told = (
            *(self.standing(), self.fate(), self.line(), self.lifts(), self.holds_down()),
            *(*self.change(), self.sureness(), self.ranks(), *self.quality()),
        )
        return [ended(sentence) for sentence in told if sentence]

    def _choice_alone(self):
        told = {"name": self.area["name"]}
        if self.area["selected"]:
            return _("%(name)s entre dans le choix. Le reste repose sur un tableau d’accès restreint.") % told
        return _("%(name)s reste hors du choix. Le reste repose sur un tableau d’accès restreint.") % told

    # --- Where it stands ---

    def standing(self):
        """Return its rank and score; nothing of one that has no rank."""
        if self.area["rank"] is None:
            return ""
        told = {
            "name": self.area["name"],
            "rank": formats.number(self.area["rank"]),
            "of": formats.number(len(self.reading.ranked(self.area["zone"]))),
            "equals": self._equals(),
            "score": points(self.area["score"]),
            "zone": zone_title(self.zone),
        }
        if not self.reading.has_zones:
            return _("%(name)s : rang %(rank)s sur %(of)s%(equals)s, score %(score)s sur 100.") % told
        return (
            _(
                "%(name)s : rang %(rank)s sur %(of)s de la zone « %(zone)s »%(equals)s, "
                "score %(score)s sur 100."
            )
            % told
        )

    def _equals(self):
        names = [
            other["name"]
            for other in self.reading.ranked(self.area["zone"])
            if other["rank"] == self.area["rank"] and other is not self.area
        ]
        return _(", à égalité avec %(names)s") % {"names": joined(names)} if names else ""

    # --- In or out ---

    def fate(self):
        told = {"name": self.area["name"], "reason": self.area["reason"]}
        match self.area["how"]:
            case "must":
                return _("%(name)s entre parce que la question l’impose : « %(reason)s ».") % told
            case "floor":
                return self._by_floor()
            case "rank":
                return _("%(name)s entre par son rang.") % told
        return " ".join(map(self._kept_out_by, self.area["why_not"])) or _("%(name)s reste dehors.") % told

    def _by_floor(self):
        return _("%(name)s entre par le plancher de sa région : au moins %(n)s en %(region)s.") % {
            "name": self.area["name"],
            "n": formats.number(self.reading.answer["rules"]["floors"].get(self.area["region"])),
            "region": self.area["region_name"],
        }

    def _kept_out_by(self, why_not):
        rules = self.reading.answer["rules"]
        told = {"name": self.area["name"], "reason": self.area["reason"]}
        kind = why_not.partition(".")[0]
        match kind:
            case "no_access":
                return _("%(name)s reste dehors, l’accès n’y est pas possible : « %(reason)s ».") % told
            case "must_not":
                return _("%(name)s reste dehors parce que la question l’écarte : « %(reason)s ».") % told
            case "no_score":
                return self._without_score()
            case "below_the_line":
                return self._below_the_line()
            case "region":
                told |= {
                    "n": formats.number(rules["ceilings"].get(self.area["region"])),
                    "region": self.area["region_name"],
                }
                return _("%(name)s reste dehors : sa région, %(region)s, a déjà son plafond de %(n)s.") % told
            case "budget":
                told["cost"] = number(rules["costs"].get(self.area["pcode"], rules["cost"]))
                return (
                    _("%(name)s reste dehors : ce qui reste du budget ne paie pas son coût, %(cost)s.") % told
                )
        told["n"] = formats.number(rules["number"] if kind == "all" else self.zone["number"])
        return _("%(name)s reste dehors : les %(n)s places sont prises.") % told

    def _without_score(self):
        missing = [short_title(self.reading.criteria[id_]) for id_ in self.area["missing"]]
        return _(
            "%(name)s n’a ni score ni rang : il manque %(missing)s. Ce n’est pas zéro, c’est inconnu."
        ) % {"name": self.area["name"], "missing": joined(missing)}

    def _below_the_line(self):
        return _("%(name)s reste dehors par son rang, à %(points)s du score du dernier entré.") % {
            "name": self.area["name"],
            "points": points(self.zone["line"]["last_in"] - self.area["score"]),
        }

    @property
    def is_ruled(self):
        """Tell whether a rule decided, whatever the score."""
        return self.area["how"] == "must" or any(each in BY_RULE for each in self.area["why_not"] or ())

    def line(self):
        """Return between which scores the line passes, or on which side of it a ruled area would stand."""
        last_in, first_out = self.zone["line"]["last_in"], self.zone["line"]["first_out"]
        if last_in is None or self.area["score"] is None:
            return ""
        told = {"last": points(last_in), "first": points(first_out)}
        if self.is_ruled and self.area["score"] >= last_in:
            return (
                _("Sans cette règle, le score serait au-dessus du dernier entré par son rang (%(last)s).")
                % told
            )
        if self.is_ruled:
            return (
                _("Sans cette règle, le score serait sous le dernier entré par son rang (%(last)s).") % told
            )
        if first_out is None:
            return _("Le dernier entré par son rang a un score de %(last)s.") % told
        return (
            _("Le dernier entré par son rang a un score de %(last)s, le meilleur resté dehors de %(first)s.")
            % told
        )

    # --- What lifts, what holds down ---

    def lifts(self):
        """Return the criteria that give more than at the median of the zone, the most first."""
        parts = self._apart(lambda apart: apart >= LEAST_POINTS)
        return _("Ce qui porte : %(parts)s.") % {"parts": _(" ; ").join(parts)} if parts else ""

    def holds_down(self):
        """Return the criteria that give less than at the median of the zone, the least first."""
        parts = self._apart(lambda apart: apart <= -LEAST_POINTS)
        return _("Ce qui retient : %(parts)s.") % {"parts": _(" ; ").join(parts)} if parts else ""

    def _apart(self, is_told):
        own = self.area["contributions"]
        found = [
            (own[criterion["id"]] - self.reading.medians[criterion["id"]], criterion)
            for criterion in self.criteria
            if criterion["id"] in own
        ]
        told = [(apart, criterion) for apart, criterion in found if is_told(apart)]
        return [self._part(criterion) for _apart, criterion in sorted(told, key=lambda each: -abs(each[0]))]

    def _part(self, criterion):
        return _("%(criterion)s, %(value)s (apporte %(points)s au score, contre %(median)s à la médiane)") % {
            "criterion": short_title(criterion),
            "value": value_told(criterion, self._value(criterion)),
            "points": points(self.area["contributions"][criterion["id"]]),
            "median": points(self.reading.medians[criterion["id"]]),
        }

    def _value(self, criterion):
        """Return the value that counted: the known one, else the one filled in."""
        value = self.area["values"][criterion["id"]]
        return value["filled"] if value["value"] is None else value["value"]

    # --- What would have to change ---

    def change(self):
        """Return what would turn its fate: a value, a weight; that nothing would, where nothing does."""
        if self.area["score"] is None:
            return [_("Pour un rang, il faut cette donnée, ou une autre règle pour ce qui manque.")]
        if self.is_ruled:
            return []
        told = [each for each in (self._by_value(), self._by_weight()) if each]
        return told or [self._by_nothing()]

    def _by_value(self):
        """Return at which value of one criterion its fate turns: the nearest, by the width of its zone."""
        found = [self.reading.criteria[id_] for id_ in self.area["turning"]]
        if not found:
            return ""
        nearest = min(found, key=self._way)
        value, turning = beyond(nearest, self._value(nearest), self.area["turning"][nearest["id"]])
        told = {
            "name": self.area["name"],
            "criterion": short_title(nearest),
            "value": value,
            "turning": with_unit(nearest, turning),
        }
        if self.area["selected"]:
            return (
                _(
                    "Tout le reste égal, %(name)s sortirait si « %(criterion)s » passait de %(value)s à "
                    "%(turning)s."
                )
                % told
            )
        return (
            _(
                "Tout le reste égal, %(name)s entrerait si « %(criterion)s » passait de %(value)s à "
                "%(turning)s."
            )
            % told
        )

    def _way(self, criterion):
        way = abs(self.area["turning"][criterion["id"]] - self._value(criterion))
        return way / ((criterion["greatest"] - criterion["least"]) or 1)

    def nearest_weight(self):
        """Return (criterion, its share of weight, the nearest share that turns the fate); None: none does."""
        weights, found = self.reading.answer["weights"], self.area["tipping"]
        if not found:
            return None
        nearest = min(found, key=lambda id_: abs(found[id_] - weights[id_]))
        return self.reading.criteria[nearest], weights[nearest], found[nearest]

    def _by_weight(self):
        nearest = self.nearest_weight()
        if nearest is None:
            return ""
        criterion, weight, turning = nearest
        told = {
            "name": self.area["name"],
            "criterion": short_title(criterion),
            "weight": share(weight),
            "tipping": share(turning),
        }
        if self.area["selected"]:
            return (
                _(
                    "%(name)s sortirait si le poids de « %(criterion)s » passait de %(weight)s à "
                    "%(tipping)s, les autres gardant leurs proportions."
                )
                % told
            )
        return (
            _(
                "%(name)s entrerait si le poids de « %(criterion)s » passait de %(weight)s à "
                "%(tipping)s, les autres gardant leurs proportions."
            )
            % told
        )

    def _by_nothing(self):
        if self.zone["areas"] > NEAREST:
            return _(
                "Aucun poids d’un seul critère n’y changerait rien ; les valeurs n’ont été essayées que "
                "pour les %(n)s plus proches de la ligne."
            ) % {"n": formats.number(NEAREST)}
        return _(
            "Aucun critère seul n’y changerait rien, ni par son poids, ni par une valeur prise dans sa zone."
        )

    # --- How sure it is ---

    @property
    def _robust(self):
        return self.reading.answer["robustness"]["areas"][self.area["pcode"]]

    def sureness(self):
        draws = self.reading.answer["robustness"]["draws"]
        chosen = round(self._robust["probability"] * draws)
        told = {
            "draws": formats.number(draws),
            "chosen": formats.number(chosen),
            "share": probability(self._robust["probability"]),
            "class": class_title(self._robust["class"]),
        }
        if chosen == draws:
            return _("Dans le choix à chacun des %(draws)s tirages : %(class)s.") % told
        if not chosen:
            return _("Dans le choix à aucun des %(draws)s tirages : %(class)s.") % told
        return _("Dans le choix à %(chosen)s des %(draws)s tirages (%(share)s) : %(class)s.") % told

    def ranks(self):
        robust = self._robust
        if robust["median_rank"] is None:
            return ""
        told = {name: number(robust[f"{name}_rank"]) for name in ("low", "median", "high")}
        if robust["low_rank"] == robust["high_rank"]:
            return _("Rang %(median)s dans au moins neuf tirages sur dix.") % told
        return _("Rang %(low)s à %(high)s dans neuf tirages sur dix, %(median)s à la médiane.") % told

    # --- What it rests on ---

    def quality(self):
        """Yield what is imprecise, filled in or estimated; that nothing is, where nothing is."""
        quality = self.area["quality"]
        imprecise = [self._spread(self.reading.criteria[id_]) for id_ in quality["imprecise"]]
        filled = [self._filled(self.reading.criteria[id_]) for id_ in quality["filled"]]
        if imprecise:
            yield _("Valeurs imprécises : %(parts)s.") % {"parts": _(" ; ").join(imprecise)}
        if filled:
            yield _("Inconnues, remplies par une autre valeur : %(parts)s.") % {
                "parts": _(" ; ").join(filled)
            }
        if quality["people_estimated"]:
            yield _("Sa population est estimée à partir d’un total plus large.")
        if not imprecise and not filled and not quality["people_estimated"] and not self.area["missing"]:
            yield _("Toutes les valeurs qui comptent sont connues et précises.")

    def _spread(self, criterion):
        value = self.area["values"][criterion["id"]]
        return _("%(criterion)s %(value)s (de %(low)s à %(high)s)") % {
            "criterion": short_title(criterion),
            **{name: figure(criterion, value[name]) for name in ("value", "low", "high")},
        }

    def _filled(self, criterion):
        filled = self.area["values"][criterion["id"]]["filled"]
        return f"{short_title(criterion)} ({value_told(criterion, filled)})"


def probability(value):
    """Return a probability as a percentage; what is not sure is never told as 0 % or 100 %."""
    if 0 < value < 0.01:
        return _("moins de 1 %")
    if 0.99 < value < 1:
        return _("plus de 99 %")
    return formats.percent(value)
