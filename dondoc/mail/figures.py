"""What a weekly letter shows leaders: the official count of a directive and of each branch, beside the last one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of assignments. The seven after `total` add up to it; the last two are of which."""

    total: int = 0
    done_on_time: int = 0
    done_late: int = 0
    open_in_term: int = 0
    open_overdue: int = 0
    no_deadline: int = 0
    waived: int = 0
    cancelled: int = 0
    due_soon: int = 0
    awaiting_confirmation: int = 0

    @property
    def done(self) -> int:
        """Those finished, in time or late."""
        return self.done_on_time + self.done_late

    @property
    def judged(self) -> int:
        """Those of which a share finished is told: neither waived nor cancelled, nor without a deadline."""
        return self.total - self.waived - self.cancelled - self.no_deadline

    @property
    def share_done(self) -> int:
        """Whole percent finished, rounded down: nothing is called finished before all of it is."""
        return 100 * self.done // self.judged if self.judged else 0


@dataclass(frozen=True, slots=True)
class BranchFigures:
    """A direct subordinate with all below it. `before` as it stood in the last picture, None where there was none."""

    unit_name: str
    figures: Figures
    before: Figures | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """How a directive stands below one unit, on the day of the letter and on the day of the picture before it."""

    figures: Figures
    before: Figures | None = None
    before_on: date | None = None
    branches: tuple[BranchFigures, ...] = ()
    link: str = ""
