"""Licences in plain words: what may be done with data, what must be, and what may not."""

import re
from dataclasses import dataclass

from layers.declaration import Words

_ANY_USE = Words(
    "les copier, les changer, les publier, pour tout usage, commercial compris",
    "copy, change and publish them for any use, commercial use included",
)
_NAME_SOURCE = Words(
    "citer la source par la mention ci-dessous, donner l’adresse de la licence, dire ce qui est changé",
    "name the source with the words below, give the address of the licence and say what you changed",
)
_NO_ENDORSEMENT = Words(
    "laisser croire que la source vous soutient, ni empêcher d’autres d’en faire autant",
    "suggest that the source supports you, or keep others from doing the same",
)


@dataclass(frozen=True)
class Licence:
    """
    A licence as its reader needs it; this is a summary, its text decides. `written` is a regular expression
    of how sources write its name.
    """

    title: Words
    written: str
    may: Words
    must: Words | None = None
    may_not: Words | None = None


LICENCES = (
    Licence(
        Words("CC BY-IGO : attribution, organisations internationales", "CC BY-IGO: attribution, IGOs"),
        r"cc[ -]by[ -]igo|by/\d\.\d/igo|attribution.*(igo|intergovernmental)",
        _ANY_USE,
        _NAME_SOURCE,
        Words(
            "employer le nom ou l’emblème de l’organisation sans son accord",
            "use the name or the emblem of the organisation without its consent",
        ),
    ),
    Licence(
        Words("CC BY-SA : attribution, partage à l’identique", "CC BY-SA: attribution, share alike"),
        r"cc[ -]by[ -]sa",
        _ANY_USE,
        Words(
            "citer la source par la mention ci-dessous, publier ce que vous en tirez sous la même licence",
            "name the source with the words below, and publish what you make of them under the same licence",
        ),
        _NO_ENDORSEMENT,
    ),
    Licence(
        Words("CC BY-NC : attribution, usage non commercial", "CC BY-NC: attribution, non-commercial"),
        r"cc[ -]by[ -]nc",
        Words(
            "les copier, les changer et les publier, hors de tout usage commercial",
            "copy, change and publish them, for any use that is not commercial",
        ),
        _NAME_SOURCE,
        Words("en tirer un avantage commercial", "draw a commercial advantage from them"),
    ),
    Licence(
        Words("CC BY : attribution", "CC BY: attribution"),
        r"cc[ -]by\b|creative commons attribution\b",
        _ANY_USE,
        _NAME_SOURCE,
        _NO_ENDORSEMENT,
    ),
    Licence(
        Words("ODbL : base de données ouverte", "ODbL: open database"),
        r"\bodbl\b|open database licen[cs]e",
        _ANY_USE,
        Words(
            "citer la source par la mention ci-dessous ; une base de données que vous en tirez et publiez se "
            "publie sous la même licence",
            "name the source with the words below; a database that you derive from them and publish is "
            "published under the same licence",
        ),
        Words(
            "publier une base dérivée sous des verrous, sans une copie libre à côté",
            "publish a derived database under lock without a free copy beside it",
        ),
    ),
    Licence(
        Words("CC0 : sans condition", "CC0: no condition"),
        r"\bcc ?0\b|cc-zero|public domain dedication",
        _ANY_USE,
        Words(
            "rien, en droit ; citer la source permet à d’autres de vérifier",
            "nothing, in law; naming the source lets others check",
        ),
    ),
    Licence(
        Words("Domaine public", "Public domain"),
        r"domaine public|public domain",
        _ANY_USE,
        Words(
            "rien, en droit ; citer la source permet à d’autres de vérifier",
            "nothing, in law; naming the source lets others check",
        ),
    ),
    Licence(
        Words("Conditions d’utilisation d’ACLED", "Terms of use of ACLED"),
        r"\bacled\b",
        Words(
            "les analyser, et publier des comptes, des cartes et des graphiques que vous en tirez",
            "analyse them, and publish counts, maps and charts that you make of them",
        ),
        Words(
            "citer ACLED, avec la date d’accès, sur tout ce que vous en publiez",
            "name ACLED, with the date of access, on all that you publish of them",
        ),
        Words(
            "transmettre ni publier les lignes elles-mêmes : qui les veut les demande à ACLED",
            "pass on or publish the rows themselves: who wants them asks ACLED",
        ),
    ),
    Licence(
        Words("Faits tirés de documents publiés", "Facts taken from published documents"),
        r"faits tirés de documents",
        Words("reprendre les faits, que personne ne possède", "use the facts, which nobody owns"),
        Words(
            "citer le document d’où vient chaque fait ; il est nommé sur chaque ligne",
            "name the document that each fact comes from; it is named on every row",
        ),
        Words(
            "reproduire les textes des documents au-delà d’une courte citation",
            "reproduce the texts of the documents beyond a short quotation",
        ),
    ),
    Licence(
        Words("Licence non précisée", "No licence stated"),
        r"non précisée|not stated|no licen[cs]e|sans licence|inconnue|unknown|not specified",
        Words(
            "lire et citer ; pour le reste, la source n’a rien permis par écrit",
            "read and quote; beyond that, the source permitted nothing in writing",
        ),
        Words(
            "demander à l’éditeur avant de publier ou de redistribuer les lignes",
            "ask the publisher before you publish or redistribute the rows",
        ),
    ),
)
"""The most particular first: the first whose name is written is the licence."""

_BETWEEN = re.compile(r"\s*;\s*")


def licences_of(text: str) -> list[tuple[str, Licence | None]]:
    """
    Return each licence that a source names, as written there, with what is known of it; None of an unknown.

    Several are parted by semicolons. A source that names none has none stated.

    >>> [known.title.en for _, known in licences_of("CC BY 4.0 (A) ; domaine public (B)") if known]
    ['CC BY: attribution', 'Public domain']
    >>> licences_of("Licence de la maison")
    [('Licence de la maison', None)]
    """
    written = [each for each in _BETWEEN.split(text.strip()) if each] or ["Non précisée"]
    return [(each, _known(each)) for each in written]


def _known(written: str) -> Licence | None:
    return next((each for each in LICENCES if re.search(each.written, written, re.IGNORECASE)), None)
