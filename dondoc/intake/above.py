"""What the headings above a clause say of the times below them: targets, results, aims, duties, or "Thời gian"."""

from collections.abc import Sequence
from functools import cached_property

from dondoc.intake.actors import actors_above
from dondoc.intake.clauses import Heading
from dondoc.intake.labels import LABEL_OF_A_SECTION
from dondoc.intake.wording import Wording, lowered

TARGETS = Wording(r"(?:^|·\s)(?:một\s+số\s+|các\s+)?(?:mục\s+tiêu|chỉ\s+tiêu|tầm\s+nhìn|quan\s+điểm)")
RESULTS = Wording(
    r"kết\s+quả\s+(?:đạt|thực\s+hiện)|(?:^|·\s)[\W\d]*(?:những\s+)?kết\s+quả\s+(?:năm|công\s+tác|hoạt\s+động|nổi\s+bật)|"
    r"tình\s+hình\s+(?:thực|chung)|đánh\s+giá\s+chung|ưu\s+điểm|hạn\s+chế,"
)
AIMS = Wording(r"mục\s+đích|yêu\s+cầu|mục\s+tiêu|quan\s+điểm|kết\s+quả\s+thực\s+hiện|đề\s+cương|nhận\s+xét|kinh\s+phí")
DUTIES = Wording(r"tổ\s+chức\s+thực\s+hiện|nhiệm\s+vụ|nội\s+dung|giải\s+pháp|phân\s+công|trách\s+nhiệm")
LONGEST_WORDS = 120
"""Characters of a heading that are looked at; a longer one without a colon is a clause with others below it."""


class Above:
    """The headings above a clause, the widest first; each question is asked once for all that stands below them."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        """Take the headings; nothing is looked at yet."""
        self.headings = headings
        self.words = lowered(" · ".join(heading.words[:LONGEST_WORDS] for heading in headings if _announces(heading)))

    @cached_property
    def actors(self) -> str | None:
        """Who is named in the nearest of them that names anybody."""
        return actors_above(self.headings)

    @cached_property
    def targets(self) -> bool:
        """Whether goals stand below."""
        return TARGETS.said_in(self.words) is not None

    @cached_property
    def results(self) -> bool:
        """Whether what was done is told below."""
        return RESULTS.said_in(self.words) is not None

    @cached_property
    def aims(self) -> bool:
        """Whether aims, results or money stand below, and no duties."""
        return AIMS.said_in(self.words) is not None

    @cached_property
    def duties(self) -> bool:
        """Whether duties stand below."""
        return DUTIES.said_in(self.words) is not None

    @cached_property
    def is_label(self) -> bool:
        """Whether the nearest heading says that a time stands below it."""
        return LABEL_OF_A_SECTION.said_in(self.words) is not None


def _announces(heading: Heading) -> bool:
    return len(heading.words) <= LONGEST_WORDS or heading.words.endswith(":")


NOTHING_ABOVE = Above(())
