"""
Twenty questions of the field, one touch each.

They are what planners, partners and keepers of data ask of the map, said in the one form that questions
have; the tests compute each a second way.
"""

from apps.analysis.ready import justice, people, programme, security

GALLERY = (*security.QUESTIONS, *justice.QUESTIONS, *programme.QUESTIONS, *people.QUESTIONS)
"""The questions, by theme, in the order they are shown."""

BY_KEY = {each.key: each for each in GALLERY}
