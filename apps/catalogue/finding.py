"""Finding layers by words: whatever their accents, in French or in English."""

from dataclasses import dataclass

from geo.names import fold
from layers.declaration import Field, Layer
from layers.themes import themes_of


@dataclass(frozen=True)
class Found:
    """A layer that was found; `fields` are those by which alone some word was found."""

    layer: Layer
    fields: tuple[Field, ...] = ()


def found(layers, text):
    """
    Return those of these layers that have every word of a text: in their name, title, description or theme,
    or in the label, the name or the codes of a field. Those found by their fields alone come last.
    """
    words = [word for word in map(fold, text.split()) if word]
    each = [match for layer in layers if (match := _match(layer, words))]
    return sorted(each, key=lambda match: bool(match.fields))


def _match(layer, words):
    told = _folded(layer.name, layer.title, layer.description, *(theme.title for theme in themes_of(layer)))
    left = [word for word in words if word not in told]
    fields = [(field, _folded(field.name, field.label, *field.choices.values())) for field in layer.fields]
    if any(not any(word in told_of for _, told_of in fields) for word in left):
        return None
    return Found(layer, tuple(field for field, told_of in fields if any(word in told_of for word in left)))


def _folded(*texts):
    """Return names and words in both languages as one text to look in, each apart from the next."""
    return " ".join(
        fold(part)
        for text in texts
        for part in ([text] if isinstance(text, str) else [*text.fr.split(), "|", *text.en.split()])
    )
