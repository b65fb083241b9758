"""Sharing a whole number out without losing or making one."""

from collections.abc import Sequence


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """
    Return whole parts of `total` in proportion to `weights`, summing to it exactly.

    The largest remainders get the units that rounding down leaves (Hamilton's method); equal
    remainders go to the first. Raises ValueError when the weights sum to nothing: there is then no
    proportion to follow, and equal parts would be invented.

    >>> shared_out(10, [1, 1, 1])
    [4, 3, 3]
    >>> shared_out(5, [0, 1])
    [0, 5]
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("a total and its weights must not be negative")
    sum_of_weights = sum(weights)
    if not sum_of_weights:
        raise ValueError("the weights sum to nothing: there is no proportion to share by")
    exact = [total * weight / sum_of_weights for weight in weights]
    parts = [int(part) for part in exact]
    left = total - sum(parts)
    largest_first = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in largest_first[:left]:
        parts[index] += 1
    return parts
