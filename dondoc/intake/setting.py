"""A time with the words around it: what tells a deadline from other times looks at these."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dondoc.intake.above import Above
from dondoc.intake.time_words import WHOLE_YEARS, TimeWords
from dondoc.intake.verbs import ACTION, COMPLETION
from models.schemas.drafts import Span

REACH = 400
"""Characters before a time in which what is said of it stands."""
NEAR = 60
"""Characters before a time in which its governing words stand."""
AT_HEAD = re.compile(r"^[\W\d]*(?:[a-zđ]\)|[IVX]{1,5}[.)])?\W*(?:(?:[Tt]hứ\s+\w+|[Cc]hủ\s+[Nn]hật)\W*)?$")
"""Nothing but the mark of a clause stands before, or the day of the week."""
ENDING = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:[).,;:]|$)")
ENDS_IN = re.compile(r"xong|kết\s+thúc")
FIRM = re.compile(r"hết|trước|chậm|muộn|trễ|hạn|xong|không\s+quá|kết\s+thúc")


class Setting(NamedTuple):
    """Where a time stands: the text, its sentence, the part of it between semicolons, and the headings above."""

    text: str
    lower: str
    """The text in lower case."""
    sentence: Span
    part: Span
    above: Above
    at_head: bool
    """The time opens its clause ("+ Quý I: …")."""


@dataclass
class Around:
    """A time with the words before and behind it in its part of the sentence, in lower case; never changed."""

    times: TimeWords
    printed: str
    """The words before it with their capitals."""
    before: str
    after: str
    above: Above
    sentence_before: str
    """What stands before the time in the whole sentence."""
    label: bool

    @property
    def near(self) -> str:
        """The words right before the time."""
        return self.before[-NEAR:]

    @property
    def reach(self) -> str:
        """The words before the time, as far as they are looked at."""
        return self.before[-REACH:]

    @property
    def year_only(self) -> bool:
        """Whether a year is named and nothing closer."""
        return self.times.kinds <= WHOLE_YEARS

    @cached_property
    def firm(self) -> bool:
        """Whether the words before the time set a limit ("trước", "chậm nhất", "đến hết")."""
        return FIRM.search(self.times.cues) is not None

    @cached_property
    def opens(self) -> bool:
        """Whether the time stands at the head of its part."""
        return AT_HEAD.match(self.printed) is not None

    @cached_property
    def acts_before(self) -> bool:
        """Whether an action is named before the time, or by its own words ("kết thúc trong quý II", "xong trước …")."""
        return ENDS_IN.search(self.times.cues) is not None or ACTION.said_in(self.before) is not None

    @cached_property
    def clause(self) -> str:
        """What stands between the last comma and the time."""
        return self.before[max(self.before.rfind(","), 0) :]

    @cached_property
    def of_it(self) -> str:
        """The words right before the time that may say what kind of time it is.

        Where the last comma is followed by a limit or by what completes ("…, hoàn thành trong …"), nothing before the
        comma does; nor do the words before a bracket that sets a limit apart.
        """
        if self.firm and self.before.endswith("("):
            return ""
        return self.clause[-NEAR:] if self.firm or COMPLETION.said_in(self.clause) else self.near

    @cached_property
    def ends(self) -> bool:
        """Whether nothing of the sentence's part goes on behind the time but a bracket or the next member."""
        return ENDING.match(self.after) is not None
