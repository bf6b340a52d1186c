"""Materialised paths: the fixed-width ids of a unit's ancestors and itself; a subtree is a range of one index."""

STEP = 8
"""Digits of one id in a path."""


def child_path(parent: str, unit_id: int) -> str:
    """Give the path of unit `unit_id` under the unit whose path is `parent` ("" for a root)."""
    step = f"{unit_id:0{STEP}d}"
    if len(step) > STEP:
        msg = f"unit id {unit_id} has more than {STEP} digits"
        raise ValueError(msg)
    return parent + step


def upper_bound(path: str) -> str:
    """Give the first string after every path that starts with `path` (":" follows "9")."""
    return path + ":"


def depth(path: str) -> int:
    """Count the levels of a path: 1 for a root."""
    return len(path) // STEP


def unit_ids(path: str) -> tuple[int, ...]:
    """Give the ids along a path, from the root down to the unit itself."""
    return tuple(int(path[start : start + STEP]) for start in range(0, len(path), STEP))
