"""Days that directives remember, and n years since a day: proposed with the arithmetic shown, never decided.

An anniversary is a term set by an event (Civil Code 2015, Art. 144.2); whether a task is due on it, a person confirms.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date

LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class RememberedDay:
    """A day that comes round: its month and day, and the year it is counted from, if it is counted."""

    month: int
    day: int
    since: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A date to be confirmed, and how it was found."""

    on: date
    arithmetic: str


# By the words that name them in lower case, the longer before the shorter.
REMEMBERED_DAYS = {
    words: day
    for day, names in (
        (RememberedDay(7, 28, 1929, "Ngày thành lập Công đoàn Việt Nam"), ("thành lập công đoàn",)),
        (RememberedDay(2, 3, 1930, "Ngày thành lập Đảng"), ("thành lập đảng",)),
        (RememberedDay(5, 19, 1890, "Ngày sinh Chủ tịch Hồ Chí Minh"),
         ("ngày sinh chủ tịch hồ chí minh", "ngày sinh của bác", "ngày sinh bác", "sinh nhật bác")),
        (RememberedDay(4, 30, 1975, "Ngày Giải phóng miền Nam"), ("giải phóng miền nam",)),
        (RememberedDay(5, 1, 1886, "Ngày Quốc tế Lao động"), ("quốc tế lao động",)),
        (RememberedDay(9, 2, 1945, "Quốc khánh"), ("quốc khánh",)),
        (RememberedDay(3, 8, None, "Ngày Quốc tế Phụ nữ"), ("quốc tế phụ nữ",)),
        (RememberedDay(10, 20, 1930, "Ngày Phụ nữ Việt Nam"), ("phụ nữ việt nam",)),
        (RememberedDay(11, 20, None, "Ngày Nhà giáo Việt Nam"), ("nhà giáo việt nam",)),
        (RememberedDay(7, 27, 1947, "Ngày Thương binh - Liệt sĩ"), ("thương binh",)),
        (RememberedDay(12, 22, 1944, "Ngày thành lập Quân đội"), ("thành lập quân đội",)),
        (RememberedDay(6, 28, None, "Ngày Gia đình Việt Nam"), ("gia đình việt nam",)),
        (RememberedDay(11, 9, None, "Ngày Pháp luật Việt Nam"), ("pháp luật việt nam", "ngày pháp luật")),
        (RememberedDay(10, 10, None, "Ngày Chuyển đổi số quốc gia"), ("chuyển đổi số quốc gia",)),
        (RememberedDay(1, 1, None, "Tết Dương lịch"), ("tết dương lịch",)),
        (RememberedDay(2, 27, 1955, "Ngày Thầy thuốc Việt Nam"), ("thầy thuốc việt nam",)),
        (RememberedDay(3, 26, 1931, "Ngày thành lập Đoàn TNCS Hồ Chí Minh"), ("thành lập đoàn",)),
        (RememberedDay(6, 21, 1925, "Ngày Báo chí Cách mạng Việt Nam"), ("báo chí cách mạng",)),
        (RememberedDay(8, 19, 1945, "Ngày Cách mạng Tháng Tám"), ("cách mạng tháng tám",)),
        (RememberedDay(11, 18, 1930, "Ngày thành lập Mặt trận Dân tộc Thống nhất"), ("thành lập mặt trận",)),
    )
    for words in names
}  # fmt: skip


def years_since(base: date, years: int) -> Proposal | None:
    """Propose the same day `years` years after `base` (Art. 148.3 for 29 February); None out of range."""
    if years <= 0 or base.year + years > LAST_YEAR:
        return None
    year = base.year + years
    is_leap_day_lost = (base.month, base.day) == (2, 29) and not isleap(year)
    on = date(year, 2, 28) if is_leap_day_lost else base.replace(year=year)
    return Proposal(on, f"{base:%d/%m/%Y} + {years} năm = {on:%d/%m/%Y}")


def anniversary(day: RememberedDay, issued_on: date, years: int | None) -> Proposal | None:
    """Propose the next such day of a document's year or after; with `years`, the year in which it is that many."""
    if years is not None and day.since is not None:
        return years_since(date(day.since, day.month, day.day), years)
    if not 1 <= issued_on.year < LAST_YEAR:
        return None
    this_year = date(issued_on.year, day.month, day.day)
    on = this_year if this_year >= issued_on else date(issued_on.year + 1, day.month, day.day)
    return Proposal(on, f"{day.name}: {on:%d/%m/%Y}, lần kế tiếp sau {issued_on:%d/%m/%Y}")
