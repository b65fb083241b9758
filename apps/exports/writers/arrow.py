"""Rows as Arrow batches, which GDAL and Parquet take as they come: memory holds one batch at a time."""

from datetime import date

import pyarrow as pa
import shapely

from layers.declaration import FieldType, Geometry

MOST_BYTES = 16 << 20
"""Of shapes in one batch: outlines of full detail may have a hundred thousand points each."""
MOST_ROWS = 2_000

TYPES = {
    FieldType.STRING: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.NUMBER: pa.float64(),
    FieldType.DATE: pa.date32(),
    FieldType.BOOLEAN: pa.bool_(),
}

SHAPE = "geometry"
"""The column of shapes, as well-known binary."""

WKB = {"ARROW:extension:name": "ogc.wkb"}


class Rows:
    """
    The rows of a selection as Arrow batches, each read when it is asked for. Names of columns are those of
    the fields, unless `names` tells others; `identifier` names a first column that holds what identifies each
    row; `prepared` changes a value on its way. Asked for once.

    A library that reads batches tells of an error in reading as its own: `stopped` keeps what it was. `box`
    is west, south, east, north of the shapes read so far, None before any.
    """

    def __init__(self, selection, *, step, names=None, identifier=None, prepared=lambda value: value):
        self.selection = selection
        self.step = step
        self.has_shapes = selection.layer.geometry is not Geometry.TABLE
        self.prepared = prepared
        self.identifier = identifier
        self.stopped = None
        self.box = None
        self.schema = self._schema(names or {})

    def _schema(self, names):
        fields = [pa.field(self.identifier, pa.int64())] if self.identifier else []
        fields += [
            pa.field(names.get(each.name, each.name), TYPES[each.type]) for each in self.selection.fields
        ]
        return pa.schema(
            [*fields, *([pa.field(SHAPE, pa.binary(), metadata=WKB)] if self.has_shapes else [])]
        )

    def reader(self):
        """Return what hands over one batch after the other."""
        return pa.RecordBatchReader.from_batches(self.schema, self._kept())

    def _kept(self):
        try:
            yield from self.batches()
        except BaseException as stopped:
            self.stopped = stopped
            raise

    def batches(self):
        """Yield the batches, and tell `step` after each how far it is."""
        total, done, rows, size = self.selection.count, 0, [], 0
        self.step(0, total)
        for identifier, values, shape in self.selection.records(shape="wkb" if self.has_shapes else None):
            shape = shape if shape is None else bytes(shape)
            rows.append(self._row(identifier, values, shape))
            size += len(shape or b"")
            if len(rows) == MOST_ROWS or size > MOST_BYTES:
                yield self._batch(rows)
                done, rows, size = done + len(rows), [], 0
                self.step(done, max(done, total))
        if rows:
            yield self._batch(rows)
        self.step(done + len(rows), done + len(rows))

    def _row(self, identifier, values, shape):
        row = [identifier] if self.identifier else []
        row += map(self.prepared, values)
        return (*row, shape) if self.has_shapes else row

    def _batch(self, rows):
        columns = list(zip(*rows, strict=True))
        if self.has_shapes:
            self._widen(columns[-1])
        arrays = [_array(values, field) for values, field in zip(columns, self.schema, strict=True)]
        return pa.record_batch(arrays, schema=self.schema)

    def _widen(self, shapes):
        drawn = shapely.from_wkb([shape for shape in shapes if shape])
        if len(drawn):
            boxes = [shapely.total_bounds(drawn), *([self.box] if self.box else [])]
            wests, souths, easts, norths = (list(map(float, edges)) for edges in zip(*boxes, strict=True))
            self.box = (min(wests), min(souths), max(easts), max(norths))


def _array(values, field):
    if field.type == pa.string():
        values = [value.isoformat() if isinstance(value, date) else value for value in values]
    try:
        return pa.array(values, type=field.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as wrong:
        raise ValueError(f"{field.name}: a value is not of the declared type {field.type}") from wrong
