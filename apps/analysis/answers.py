"""What a question of space is answered with."""

from dataclasses import asdict, dataclass, field

from apps.runs.asking import plain

NOT_HASHED = ("seconds",)


@dataclass
class Answer:
    """
    The answer to a resolved question, plain: `columns` [{name, label, type, unit}], `rows` in their order.

    `ids` names the feature or the area (P-code) of each row, None where it is neither; `geometry_of` the
    layer that draws them. `steps` tells what each step read and kept. Words are {"fr", "en"}.
    """

    question: dict
    sentence: dict
    columns: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    ids: list = field(default_factory=list)
    geometry_of: str | None = None
    steps: list = field(default_factory=list)
    total: int = 0
    """Rows there are, those cut off at the limit included."""
    truncated: bool = False
    suppressed: bool = False
    notes: list = field(default_factory=list)
    method: list = field(default_factory=list)
    sources: list = field(default_factory=list)
    edition: str | None = None
    events_until: str | None = None
    known_at: str | None = None
    access: str = "public"
    simulated: bool = False
    approximate: bool = False
    seconds: float = 0.0

    def as_dict(self):
        """Return the answer as JSON holds it."""
        return plain(asdict(self))

    def kept(self):
        """Return what is hashed and kept: the same question of the same data gives the same."""
        return {name: value for name, value in self.as_dict().items() if name not in NOT_HASHED}


def column(name, fr, en, kind="integer", *, unit=None, field=None):
    """
    Return the description of one column of an answer.

    `unit` is in French and English; `field` the declared field it holds, whose unit and choices are told.
    """
    if field and field.unit:
        unit = (field.unit.fr, field.unit.en)
    choices = {code: words(told.fr, told.en) for code, told in field.choices.items()} if field else {}
    return {
        "name": name,
        "label": words(fr, en),
        "type": kind,
        "unit": words(*unit) if unit else None,
        **({"choices": choices} if choices else {}),
    }


def words(fr, en):
    return {"fr": fr, "en": en}
