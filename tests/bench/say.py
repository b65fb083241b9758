"""How the bench times and prints."""

import time
from statistics import median

REPEATS = 7


def told(name, figures):
    print(f"{name:<46} {figures:>26}")


def timed(call, repeats=REPEATS):
    """Return the median of the milliseconds that `call` takes, and its last answer."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        answer = call()
        times.append(1000 * (time.perf_counter() - start))
    return median(times), answer


def say(name, naive_ms, ours_ms, note=""):
    print(f"{name:<46} {naive_ms:9.1f} ms  {ours_ms:9.2f} ms  {naive_ms / ours_ms:7.1f}x  {note}")
