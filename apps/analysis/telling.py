"""How an answer was found and what is doubtful of it, in French and English."""

from apps.analysis.answers import words


def method_of(question, building):
    return [words("", "")]


def notes_of(answer, building):
    return []
