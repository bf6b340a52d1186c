"""Grassroots unions for the demo and the bench: invented, plausibly named, and the same for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from random import Random
from typing import Any

from dondoc.intake.yaml_file import read_yaml
from dondoc.operations.samples import samples_folder
from models.schemas.units import OfficerDraft, UnitDraft
from models.vocabulary import OfficerRole, UnitKind

SHARE_WITHOUT_HEAD = 0.02
UPPER_KINDS = frozenset({UnitKind.DISTRICT, UnitKind.SECTOR, UnitKind.ZONE, UnitKind.COMMUNE})
DEFAULT_WEIGHT = 5
"""Share of an upper union that grassroots.yaml does not know."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What names are made of under one upper union."""

    weight: int
    bodies: tuple[str, ...]
    places: tuple[str, ...]
    firms: tuple[str, ...]
    words: tuple[str, ...]


def generate_grassroots(
    upper_units: Sequence[UnitDraft], total_units: int = 1_300, seed: int = 1
) -> tuple[UnitDraft, ...]:
    """Fill a province up to `total_units` in all, `upper_units` included.

    Only districts, sectors, zones and communes among `upper_units` get grassroots unions, in proportion to the weights
    of grassroots.yaml. Each has a focal officer and, but for about two in a hundred, a head.
    """
    parents = [unit for unit in upper_units if unit.kind in UPPER_KINDS]
    words = {parent.code: _words(parent) for parent in parents}
    shares = _apportion(total_units - len(upper_units), {code: one.weight for code, one in words.items()})
    return tuple(
        _grassroots(parent, number, name, seed)
        for parent in parents
        for number, name in enumerate(islice(_names(words[parent.code]), shares[parent.code]), start=1)
    )


@cache
def _sample_words() -> Any:
    return read_yaml(samples_folder() / "grassroots.yaml")


def _words(parent: UnitDraft) -> _Words:
    sample = _sample_words()
    own = sample["unions"].get(parent.code, {})
    return _Words(
        weight=own.get("weight", DEFAULT_WEIGHT),
        bodies=tuple(own.get("bodies", sample["bodies"])),
        places=tuple(own.get("places", [parent.name])),
        firms=tuple(own.get("firms", sample["firms"])),
        words=tuple(sample["words"]),
    )


def _apportion(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Split a whole number by weights, the largest remainders rounded up."""
    whole = sum(weights.values())
    if total <= 0 or not whole:
        return dict.fromkeys(weights, 0)
    shares = {code: total * weight // whole for code, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda code: (-(total * weights[code] % whole), code))
    for code in by_remainder[: total - sum(shares.values())]:
        shares[code] += 1
    return shares


def _names(words: _Words) -> Iterator[str]:
    """Give names without end: the bodies of every place, then firms, numbered from the second round on."""
    for place in words.places:
        for body in words.bodies:
            yield body.format(place=place[0].upper() + place[1:] if body.endswith("CĐCS {place}") else place)
    combinations = len(words.places) * len(words.firms) * len(words.words)
    for step in count():
        rest, at = divmod(step, len(words.places))
        turn, firm = divmod(rest, len(words.firms))
        word = words.words[(turn + firm + at) % len(words.words)]
        suffix = f" số {step // combinations + 1}" if step >= combinations else ""
        yield f"{words.firms[firm].format(word=word)} {words.places[at]}{suffix}"


def _grassroots(parent: UnitDraft, number: int, name: str, seed: int) -> UnitDraft:
    code = f"{parent.code}-{number:04d}"
    where = f"generated {code}"
    domain = f"{code.lower()}.example"
    officers = [OfficerDraft(OfficerRole.FOCAL, "Cán bộ đầu mối", f"cdcs@{domain}", where)]
    if Random(f"{seed} {code}").random() >= SHARE_WITHOUT_HEAD:  # noqa: S311 (a demo, not a secret)
        officers.append(OfficerDraft(OfficerRole.HEAD, "Thủ trưởng đơn vị", f"chutich@{domain}", where))
    return UnitDraft(code, name, UnitKind.GRASSROOTS, parent.code, parent.valid_from, None, where, tuple(officers))
