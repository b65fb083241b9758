"""A table by place: each column of values chosen becomes a table, in place of its former version."""

from django.utils.text import slugify

from apps.area_tables.models import AreaTable
from apps.area_tables.services import ToldValue, save_table
from apps.imports.differences import NotImportable
from apps.imports.kinds.rows import LEVEL_FIELDS, WRITTEN, RowKind, level_of_code
from apps.sources.models import Load
from geo.names import fold
from geo.vocabulary import Level
from layers.imports.kinds.institutions import INSTITUTIONS

LEVELS = {level.name.lower(): level for level in Level}
LONGEST_KEY = 60

NO_VALUES = "Aucune colonne de valeurs n'est choisie. Cochez celles du tableau, puis essayez."
NO_LEVEL = "Rien ne dit si ces lieux sont des régions, des cercles ou des communes. Choisissez leur niveau."


class AreaTables(RowKind):
    load_kind = Load.Kind.AREA_TABLE
    key_field = "name"
    replaces = True

    def __init__(self, import_):
        super().__init__(import_)
        self.headers = import_.options.get("values") or []
        if not self.headers:
            raise NotImportable(NO_VALUES)
        self.level = LEVELS.get(import_.options.get("level"))
        self.tables = {
            table.key: table
            for table in AreaTable.objects.filter(key__in=map(self._key, self.headers)).prefetch_related(
                "values__area"
            )
        }

    def _title(self, header):
        title = self.import_.options.get("title") or ""
        if not title:
            return header[:200]
        return title if len(self.headers) == 1 else f"{title}\u00a0: {header}"[:200]

    def _key(self, header):
        words = (self.import_.publisher, self._title(header))
        return slugify(" ".join(words))[:LONGEST_KEY].strip("-") or "tableau"

    def formers(self):
        formers = {}
        for header in self.headers:
            table = self.tables.get(self._key(header))
            for value in table.values.all() if table else ():
                if value.area:
                    told = formers.setdefault(value.area.pcode, {"place": value.area.name})
                    told[header] = value.text or value.number
        return formers

    def told(self, row):
        values, told = row.values, row.values["values"]
        area = self._area(row)
        record = (area, told, row.line, [values.get(name) or "" for name in ("pcode", "name", "parent_name")])
        return area.pcode, {"place": area.name, **told}, record

    def _area(self, row):
        values = row.values
        told = {
            "name": values.get("name") or "",
            "code": values.get("pcode") or "",
            "parent": values.get("parent_name") or "",
        }
        self.level = self.level or level_of_code(told["code"]) or self._level_of_header()
        if self.level is None:
            raise NotImportable(NO_LEVEL)
        field = self.header("name" if told["name"] else "pcode")
        return self.places.find(self.level, told, line=row.line, field=field)

    def _level_of_header(self):
        """Return the level that the header of the names tells: admin2Name_fr is that of cercles."""
        header = fold(self.import_.mapping.get("name", ""))
        for level, name in LEVEL_FIELDS.items():
            if header in map(fold, INSTITUTIONS.field(name).known_headers):
                return level
        return None

    def save(self, difference, load):
        written = [item.record for item in difference.of(*WRITTEN)]
        for header in self.headers:
            save_table(
                self._key(header),
                self._title(header),
                "",
                self.import_.options.get("unit") or "",
                self.level,
                [_value(record, header) for record in written],
                load,
                method=self.import_.options.get("method") or "",
                as_of=self.import_.as_of,
                made_by=self.import_.made_by,
            )


def _value(record, header):
    area, values, line, (pcode, name, parent) = record
    value = values.get(header)
    is_number = isinstance(value, int | float)
    return ToldValue(
        row=line,
        area=area,
        number=float(value) if is_number else None,
        text="" if is_number or value is None else str(value)[:300],
        pcode_told=pcode[:12],
        name_told=name[:150],
        parent_told=parent[:150],
    )
