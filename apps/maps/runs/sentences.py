"""
Plain sentences made from the numbers of an answer, in the language of the reader.

Pages, memo and scenarios say the same of the same run: they all ask here. An answer is what
`apps.targeting.runs.told_to` returns.
"""

from apps.maps.runs.comparing import compared
from apps.maps.runs.doubts import doubts
from apps.maps.runs.method import method_lines, rule_lines
from apps.maps.runs.told import beyond, class_title, criterion_title, short_title, value_told, zone_title
from apps.maps.runs.why import Why, why

__all__ = [
    "Why",
    "beyond",
    "class_title",
    "compared",
    "criterion_title",
    "doubts",
    "method_lines",
    "rule_lines",
    "short_title",
    "value_told",
    "why",
    "zone_title",
]
