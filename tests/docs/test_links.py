"""Every relative link in the documentation leads somewhere, down to the heading."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
FENCED = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+\s+(.+?)\s*#*$", re.MULTILINE)


def anchor(heading):
    """Return the anchor a heading gets when it is shown: lower case, no signs, hyphens for spaces."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def relative_links(document):
    text = re.sub(r"`[^`\n]*`", "", FENCED.sub("", document.read_text(encoding="utf-8")))
    return [link for link in LINK.findall(text) if not re.match(r"[a-z][a-z+.-]*:", link)]


def anchors_of(document):
    return {
        anchor(heading) for heading in HEADING.findall(FENCED.sub("", document.read_text(encoding="utf-8")))
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(document):
    dead = []
    for link in relative_links(document):
        path, _, heading = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists():
            dead.append(link)
        elif heading and heading not in anchors_of(target):
            dead.append(f"{link} (no such heading)")
    assert dead == []


def test_an_anchor_is_a_heading_without_signs():
    assert anchor("Where does it come from? (`data/`)") == "where-does-it-come-from-data"
