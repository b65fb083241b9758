"""Projects and their places, one a line: who does what where. None is erased by an import."""

from apps.imports.differences import RowRefused
from apps.imports.kinds.rows import RowKind
from apps.projects import services
from apps.projects.models import Presence, Project
from apps.sources.models import Load
from geo.names import fold
from geo.vocabulary import Level
from layers.projects import PROJECTS

Reach = Presence.Reach

VALUES = ("title", "implementers", "start_year", "end_year", "result_area", "themes", "sector", "note")

LONGEST_CODE = 20


class Projects(RowKind):
    load_kind = Load.Kind.PROJECTS
    key_field = "code"
    joins = PROJECTS

    def __init__(self, import_):
        super().__init__(import_)
        entered = Project.objects.filter(register=Project.Register.ENTERED)
        self.projects = {each.code: each for each in entered.prefetch_related("fundings", "presences")}
        self.codes = {fold(each.title): each.code for each in self.projects.values()}
        self.told_codes = set()

    def formers(self):
        formers = {}
        for project in self.projects.values():
            told = self._values_of(project)
            for presence in project.presences.all():
                formers[_key(project.code, presence.reach, presence.place, presence.parent_told)] = told | {
                    "place": presence.place,
                    "last_confirmed": _iso(presence.last_confirmed),
                }
            formers[_key(project.code)] = told
        return formers

    def gone(self, formers, told):
        """Of the projects that the file tells, the places that it tells no more."""
        said = {key.partition("|")[0] for key in told}
        return [key for key in formers if key not in told and "|" in key and key.partition("|")[0] in said]

    @staticmethod
    def _values_of(project):
        fundings = project.fundings.all()
        donor = fundings[0].donor if fundings else None
        return {"code": project.code, **{name: getattr(project, name) for name in VALUES}, "donor": donor}

    def told(self, row):
        values = row.values
        code = self._code(values)
        known = self.projects.get(code)
        told = {name: values[name] for name in VALUES if values.get(name) not in (None, "")}
        self._check_years(told, known)
        funding, presence = self._funding(values), self._presence(row)
        shown = {"code": code, **told}
        if funding:
            shown |= self._funding_shown(known, funding)
        if presence:
            shown |= {"place": presence["place"], "last_confirmed": _iso(presence["last_confirmed"])}
        where = (presence["reach"], presence["place"], presence["parent_told"]) if presence else ()
        return _key(code, *where), shown, (code, told, funding, presence)

    def _code(self, values):
        """Return the code of a project; one made of its title where the file tells none."""
        if values.get("code"):
            return values["code"]
        title = fold(values["title"])
        return self.codes.setdefault(title, f"T-{title[: LONGEST_CODE - 2]}")

    def _check_years(self, told, known):
        start = told.get("start_year", known and known.start_year)
        end = told.get("end_year", known and known.end_year)
        if start and end and end < start:
            raise RowRefused(
                self.header("end_year"),
                end,
                f"La dernière année est avant la première ({start}).",
                "Corrigez l'une des deux.",
            )

    def _funding(self, values):
        if not values.get("donor") and values.get("amount") is None:
            return None
        money = {"amount": values["amount"], "currency": values["currency"]} if values.get("amount") else {}
        return {"donor": values.get("donor") or "", **money}

    @staticmethod
    def _funding_shown(known, funding):
        amount = funding.get("amount")
        former = [each for each in known.fundings.all() if each.donor == funding["donor"]] if known else []
        is_same = former and (amount is None or float(former[0].amount or 0) == float(amount))
        if is_same:
            return {}
        return {"donor": funding["donor"], "amount": amount and f"{amount} {funding['currency']}"}

    def _presence(self, row):
        values = row.values
        about = {"last_confirmed": values.get("last_confirmed") or self.import_.as_of}
        if values.get("zone"):
            return {"reach": Reach.ZONE, "place": values["zone"], "parent_told": "", **about}
        if not self.place_told(values)[0]:
            return None
        area = self.area_of(row)
        if values.get("locality"):
            return {"reach": Reach.POINT, "place": values["locality"], "parent_told": area.name, **about}
        parent = area.parent.name if area.level == Level.COMMUNE else ""
        return {
            "reach": services.REACHES[area.level],
            "place": area.name,
            "parent_told": parent,
            "area": area,
            **about,
        }

    def save(self, difference, load):
        written = [item.record for item in difference.of("added", "changed")]
        who = self.import_.publisher or services.DATA_KEEPERS
        services.take_in(written, load, who=who, by=self.import_.made_by)


def _key(code, *where):
    return "|".join([code, *where])


def _iso(day):
    return day and day.isoformat()
