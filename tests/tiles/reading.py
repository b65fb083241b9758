"""A reader of vector tiles for the tests: as much of the format (version 2.1) as our tiles use."""

import struct
from dataclasses import dataclass

import shapely

MOVE, LINE, CLOSE = 1, 2, 7


@dataclass
class Feature:
    id: int | None
    properties: dict
    parts: list
    """Lists of (x, y) in units of the tile, one for each point or ring."""

    @property
    def shape(self):
        """Return the surface: a ring that turns the other way is a hole of the one before it."""
        polygons = []
        for ring in self.parts:
            if signed_area(ring) > 0:
                polygons.append((ring, []))
            else:
                polygons[-1][1].append(ring)
        return shapely.MultiPolygon([shapely.Polygon(outer, holes) for outer, holes in polygons])


def signed_area(ring):
    return sum(x * b - a * y for (x, y), (a, b) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def features(body, layer):
    """Return the features of a layer of a tile; none of a tile without it."""
    for field, value in fields(body):
        found = dict_of(value) if field == 3 else {}
        if found and found[1][0].decode() == layer:
            keys = [key.decode() for key in found.get(3, [])]
            values = [value_of(each) for each in found.get(4, [])]
            return [feature(each, keys, values) for each in found.get(2, [])]
    return []


def layer_names(body):
    return [dict_of(value)[1][0].decode() for field, value in fields(body) if field == 3]


def feature(body, keys, values):
    found = dict_of(body)
    tags = list(packed(found.get(2, [b""])[0]))
    properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    return Feature(found.get(1, [None])[0], properties, parts(list(packed(found[4][0]))))


def parts(commands):
    """Return the points or rings that these commands draw."""
    drawn, x, y, at = [], 0, 0, 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == CLOSE:
            continue
        for _ in range(count):
            x, y, at = x + zigzag(commands[at]), y + zigzag(commands[at + 1]), at + 2
            if command == MOVE:
                drawn.append([])
            drawn[-1].append((x, y))
    return drawn


def value_of(body):
    [(field, value)] = fields(body)
    match field:
        case 1:
            return value.decode()
        case 2:
            return struct.unpack("<f", value)[0]
        case 3:
            return struct.unpack("<d", value)[0]
        case 6:
            return zigzag(value)
        case 7:
            return bool(value)
    return value


def zigzag(value):
    return (value >> 1) ^ -(value & 1)


def dict_of(body):
    found = {}
    for field, value in fields(body):
        found.setdefault(field, []).append(value)
    return found


def packed(body):
    at = 0
    while at < len(body):
        value, at = varint(body, at)
        yield value


def fields(body):
    """Yield (number of the field, value) of a message of Protocol Buffers."""
    at = 0
    while at < len(body):
        key, at = varint(body, at)
        match key & 7:
            case 0:
                value, at = varint(body, at)
            case 1:
                value, at = body[at : at + 8], at + 8
            case 2:
                length, at = varint(body, at)
                value, at = body[at : at + length], at + length
            case 5:
                value, at = body[at : at + 4], at + 4
        yield key >> 3, value


def varint(body, at):
    value = shift = 0
    while True:
        byte = body[at]
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            return value, at
