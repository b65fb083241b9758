"""
Checks a release, without a database and without settings: `python -m apps.releases.verify FOLDER`.

Ends with 0 where it is whole and signed by a key that is vouched for, 1 where it is refused, 2 where the
command is wrong, 3 where it is whole but nobody vouches for its key.
"""

import argparse
import os
import sys
from pathlib import Path

from apps.releases.manifest import DIGEST
from apps.releases.signing import NoKey, fingerprint, private_key, public_key
from apps.releases.verifying import Refused, verify

WHOLE, REFUSED, NOT_VOUCHED_FOR = 0, 1, 3
OWN_KEY = "MAILLAGE_RELEASE_KEY"
# Settings say the same, but cannot be read without a database.
OWN_KEY_BY_DEFAULT = Path(__file__).resolve().parents[2] / ".state" / "release_key.pem"


def main(words=None, *, known=(), say=print):
    """Check the release that the words of a command name; return the number to end with."""
    asked = add_words(argparse.ArgumentParser(prog="verify_release", description=__doc__)).parse_args(words)
    return check(asked.folder, keys=asked.key, name=asked.name, known=known, say=say)


def add_words(parser):
    """Add the words of the command to a parser; return it."""
    parser.add_argument("folder", type=Path, help="the folder of the release")
    parser.add_argument(
        "--key",
        action="append",
        type=trusted_key,
        metavar="FINGERPRINT|PEM",
        help="whose signature is expected: 64 hexadecimal digits, as published, or a file with a public key; "
        "may be given again; the keys of this installation unless told",
    )
    parser.add_argument("--name", help="what the release is called, where its folder is called otherwise")
    return parser


def trusted_key(text):
    """Return the fingerprint that a word of the command tells: itself, or that of the key in a file."""
    if DIGEST.fullmatch(text.lower()):
        return text.lower()
    try:
        return fingerprint(public_key(Path(text).read_bytes()))
    except (OSError, NoKey) as error:
        raise argparse.ArgumentTypeError(
            f"{text} is neither 64 hexadecimal digits nor a file with a public key: {error}"
        ) from None


def check(folder, *, keys=None, name=None, known=(), say=print):
    """Check the release in a folder, say what came of it, return the number to end with."""
    trusted = set(keys or (*known, *_own_key()))
    try:
        found = verify(folder, trusted=trusted or None, name=name)
    except Refused as refused:
        for reason in refused.reasons:
            say(f"Refused: {reason}")
        return REFUSED
    told = found.manifest
    files = f"{len(told['files'])} files, {sum(each['bytes'] for each in told['files'].values())} bytes"
    if not trusted:
        say(
            f"Release {told['name']} is whole ({files}), but nobody vouches for its key {found.fingerprint}: "
            "compare it with the one published by who made the release, and give it as --key."
        )
        return NOT_VOUCHED_FOR
    say(f"Verified: release {told['name']}, {files}, signed by {found.fingerprint}.")
    return WHOLE


def _own_key():
    """Return the fingerprint of the key of this installation, if it has one that we may read."""
    path = Path(os.environ.get(OWN_KEY) or OWN_KEY_BY_DEFAULT)
    try:
        return [fingerprint(private_key(path).public_key())] if path.exists() else []
    except (NoKey, OSError):
        return []


if __name__ == "__main__":
    sys.exit(main())
