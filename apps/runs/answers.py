"""What computes an answer gives back."""

from dataclasses import dataclass
from datetime import date, datetime

from geo.vocabulary import AccessClass


@dataclass(frozen=True)
class Answer:
    """`answer` is what is hashed; the rest is told of it in lists."""

    answer: dict
    edition: str
    events_until: date | None
    known_at: datetime | None
    access: AccessClass
    is_simulated: bool
    inputs: str = ""
    """The hash of all the answer follows from, as it was when it was computed; "" where nobody asks by it."""
