"""A time with the words around it: what tells a deadline from other times looks at these."""

import re
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


class Around:
    """A time with the words before and behind it in its part of the sentence, in lower case."""

    def __init__(self, times: TimeWords, setting: Setting) -> None:
        """Cut the sentence at the time; what few questions need is looked for when it is asked."""
        lower, (start, end) = setting.lower, times.span
        self.times, self.above, self.at_head = times, setting.above, setting.at_head
        self.label = False
        """Whether a label before it announces the time."""
        self.printed = setting.text[setting.part[0] : start]
        """The words before it with their capitals."""
        self.before, self.after = lower[setting.part[0] : start], lower[end : setting.part[1]]
        self.sentence_before = lower[setting.sentence[0] : start]
        """What stands before the time in the whole sentence."""
        self.near, self.reach = self.before[-NEAR:], self.before[-REACH:]
        """The words right before the time, and as far as they are looked at."""
        self.clause = self.before[max(self.before.rfind(","), 0) :]
        """What stands between the last comma and the time."""
        self.firm = FIRM.search(times.cues) is not None
        """Whether the words before the time set a limit ("trước", "chậm nhất", "đến hết")."""
        self.year_only = times.kinds <= WHOLE_YEARS
        """Whether a year is named and nothing closer."""

    @cached_property
    def opens(self) -> bool:
        """Whether the time stands at the head of its part."""
        return AT_HEAD.match(self.printed) is not None

    @cached_property
    def acts_before(self) -> bool:
        """Whether an action is named before the time, or by its own words ("kết thúc trong quý II", "xong trước …")."""
        return ENDS_IN.search(self.times.cues) is not None or ACTION.said_in(self.before) is not None

    @property
    def of_it(self) -> str:
        """The words right before the time that may say what kind of time it is.

        Where the last comma is followed by a limit or by what completes ("…, hoàn thành trong …"), nothing before the
        comma does; nor do the words before a bracket that sets a limit apart.
        """
        if self.firm:
            return "" if self.before.endswith("(") else self.clause[-NEAR:]
        return self.clause[-NEAR:] if COMPLETION.said_in(self.clause) else self.near

    @property
    def ends(self) -> bool:
        """Whether nothing of the sentence's part goes on behind the time but a bracket or the next member."""
        return ENDING.match(self.after) is not None
