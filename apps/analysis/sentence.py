"""A question read back as one plain sentence, in French and in English."""


def sentence(question):
    return {"fr": "", "en": ""}
