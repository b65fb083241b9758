"""What commands that answer a question share: reading it, asking it again, telling what differs."""

import json

from django.core.management.base import CommandError

from apps.runs.models import Run

SIMULATED = "(événements simulés)"


def read(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path}: no JSON ({error}).") from error


def same(run):
    return Run.objects.answered().filter(hash=run.hash, name__startswith=run.name).exclude(pk=run.pk).first()


def differences(told, answer):
    """Yield whether the answer is the one in the file; where it is not, which data differ."""
    if told == answer:
        yield "The same answer, byte by byte."
        return
    before, now = (_files(each.get("snapshot", ())) for each in (told, answer))
    for kind, file in sorted(before.keys() | now.keys()):
        one, other = before.get((kind, file)), now.get((kind, file))
        if one != other:
            state = "another" if one and other else "gone" if one else "new"
            yield f"Another answer: {kind} {file} is {state}."
    if before == now:
        yield "Another answer from the same data: the method has changed, or the file was edited."


def _files(snapshot):
    return {(each["kind"], each["file"]): each["sha256"] for each in snapshot}


def flat(detail, path=""):
    """Return the errors of a question as lines « zones.0.criteria.1.weight: … »."""
    if isinstance(detail, dict):
        return "; ".join(
            flat(each, f"{path}.{name}" if path else str(name)) for name, each in detail.items() if each
        )
    if isinstance(detail, list):
        parts = [
            flat(each, f"{path}.{at}" if isinstance(each, dict | list) else path)
            for at, each in enumerate(detail)
            if each
        ]
        return "; ".join(parts)
    return f"{path}: {detail}" if path else str(detail)
