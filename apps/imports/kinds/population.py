"""People by cercle: a set of figures of one publisher, which takes the place of the one before."""

from apps.boundaries.matching import CercleNames
from apps.boundaries.models import PopulationRow
from apps.boundaries.services import save_population
from apps.imports.differences import RowRefused
from apps.imports.kinds.rows import WRITTEN, RowKind
from apps.sources.models import Load
from geo.names import fold
from geo.vocabulary import Level, Pcode
from layers.editions import dates_in
from layers.readers.population import PopulationRecord


class PopulationFigures(RowKind):
    load_kind = Load.Kind.POPULATION
    key_field = "name"
    replaces = True

    def __init__(self, import_):
        super().__init__(import_)
        self.names = CercleNames()
        self.year = self._year_of_file()

    def _year_of_file(self):
        """Return the year that the header of the people, the file's name or the date of the data tells."""
        for words in (self.import_.mapping.get("people", ""), self.import_.file_name):
            if dates := dates_in(words):
                return int(dates[0][:4])
        return self.import_.as_of and self.import_.as_of.year

    def formers(self):
        formers = {}
        for row in PopulationRow.objects.filter(load__in_use=True):
            key, name, region = self._settled(row.name, row.region_name)
            figures = {"year": row.year, "people": row.people, "men": row.men, "women": row.women}
            formers[key] = {"name": name, "region": region, **figures}
        return formers

    def _settled(self, name, region):
        """Return the key of a row, and the names of its cercle and region as readers are shown them."""
        cercles = self.names.of_row(name, region)
        if len(cercles) == 1:
            return cercles[0].pcode, cercles[0].name, cercles[0].parent.name
        return f"{fold(region)} {fold(name)}", name, region

    def told(self, row):
        values = row.values
        row_name, row_region = self._cercle(row)
        key, name, region = self._settled(row_name, row_region)
        year = values.get("year") or self.year
        if year is None:
            raise RowRefused(
                self.header("year"),
                "",
                "Rien ne dit de quelle année est cette population.",
                "Ajoutez une colonne d'années, ou dites la date des données du fichier.",
            )
        told = {
            "name": name,
            "region": region,
            "year": year,
            **{each: values.get(each) for each in ("people", "men", "women")},
        }
        record = PopulationRecord(
            name=row_name,
            region_name=row_region,
            pcode=_pcode(values.get("pcode")),
            row=row.line,
            **{each: told[each] for each in ("year", "people", "men", "women")},
        )
        return key, told, record

    def _cercle(self, row):
        """
        Return the cercle of a row and its region, as the file tells them where they are understood so.

        A cercle that has become a region of several since is understood by its former region.
        """
        name, region = row.values.get("name") or "", row.values.get("region") or ""
        cercles = self.names.of_row(name, region) if name and region else []
        if len(cercles) > 1 or (cercles and not row.values.get("pcode")):
            return name, region
        told = {"name": name, "code": row.values.get("pcode") or "", "parent": region}
        cercle = self.places.find(
            Level.CERCLE, told, line=row.line, field=self.header("name" if name else "pcode")
        )
        return cercle.name, cercle.parent.name

    def save(self, difference, load):
        save_population([item.record for item in difference.of(*WRITTEN)], load)


def _pcode(text):
    try:
        return Pcode(text) if text else None
    except ValueError:
        return None
