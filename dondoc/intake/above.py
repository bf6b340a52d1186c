"""What the headings above a clause say of the times below them: targets, results, aims, duties, or "Thời gian"."""

from collections.abc import Sequence
from functools import cached_property

from dondoc.intake.clauses import Heading
from dondoc.intake.wording import Wording, lowered

TARGETS = Wording(r"(?:^|·\s)(?:một\s+số\s+|các\s+)?(?:mục\s+tiêu|chỉ\s+tiêu|tầm\s+nhìn|quan\s+điểm)")
RESULTS = Wording(
    r"kết\s+quả\s+(?:đạt|thực\s+hiện)|(?:^|·\s)[\W\d]*(?:những\s+)?kết\s+quả\s+(?:năm|công\s+tác|hoạt\s+động|nổi\s+bật)|"
    r"tình\s+hình\s+(?:thực|chung)|đánh\s+giá\s+chung|ưu\s+điểm|hạn\s+chế,"
)
AIMS = Wording(r"mục\s+đích|yêu\s+cầu|mục\s+tiêu|quan\s+điểm|kết\s+quả\s+thực\s+hiện|đề\s+cương|nhận\s+xét|kinh\s+phí")
DUTIES = Wording(r"tổ\s+chức\s+thực\s+hiện|nhiệm\s+vụ|nội\s+dung|giải\s+pháp|phân\s+công|trách\s+nhiệm")
LABEL = Wording(
    r"(?:^|·\s)[^·\w]*(?:thời\s+(?:gian|hạn)|tiến\s+độ|lịch)(?:\s+(?:tổ\s+chức|thực\s+hiện|hoàn\s+thành|triển\s+khai|"
    r"báo\s+cáo|tiến\s+hành|dự\s+kiến)|,\s+địa\s+điểm|\s+và\s+địa\s+điểm)*[\s:.]*$"
)
"""A heading that is itself a label ("1. Thời gian tổ chức")."""
LONGEST_WORDS = 120
"""Characters of a heading that are looked at."""


class Above:
    """The headings above a clause, the widest first; each question is asked once for all that stands below them."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        """Take the headings; nothing is looked at yet."""
        self.words = lowered(" · ".join(heading.words[:LONGEST_WORDS] for heading in headings))

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
        return LABEL.said_in(self.words) is not None


NOTHING_ABOVE = Above(())
