"""Doubts told once under a table, with their number in each row they are about."""


class Footnotes:
    """The notes of a table, numbered in the order they are first asked."""

    def __init__(self):
        self.notes = []

    def number(self, note):
        """Return the number of this note, the same for the same words; None for no note."""
        if not note:
            return None
        if note not in self.notes:
            self.notes.append(note)
        return self.notes.index(note) + 1
