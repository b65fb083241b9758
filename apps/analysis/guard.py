"""Who may ask what: access classes hold through every step of a question."""


def check(question, user):
    """Refuse what `user` may not ask."""


def suppressed(answer, user):
    """Return the answer as `user` may know it."""
    return answer
