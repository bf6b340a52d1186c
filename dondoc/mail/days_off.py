"""Says in either language which days off moved a due date; the rows keep them as the calendar names them."""

import re
from collections.abc import Callable
from datetime import date, datetime

_NAMED_DAY = re.compile(r"(?P<name>.+) (?P<day>\d{2}/\d{2}/\d{4})")
_SWAPPED = re.compile(r"Ngày nghỉ hoán đổi \(làm bù (?P<day>\d{2}/\d{2}/\d{4})\)")
_IN_LIEU = "Nghỉ bù "


class DaysOff:
    """Translates the names of the working calendar; a name that an office added itself is said as it is."""

    def __init__(self, gettext: Callable[[str], str], say_day: Callable[[date], str]) -> None:
        """Speak the language of `gettext`, and say dates as `say_day` does."""
        self.gettext, self._say_day = gettext, say_day
        self._names = {
            "Thứ Bảy": gettext("Saturday"),
            "Chủ nhật": gettext("Sunday"),
            "Tết Dương lịch": gettext("New Year's Day"),
            "Tết Nguyên đán": gettext("Lunar New Year"),
            "Giỗ Tổ Hùng Vương": gettext("Hung Kings' Commemoration Day"),
            "Ngày Chiến thắng": gettext("Victory Day"),
            "Ngày Quốc tế Lao động": gettext("International Labour Day"),
            "Quốc khánh": gettext("National Day"),
            "Ngày Văn hóa Việt Nam": gettext("Vietnam Culture Day"),
        }

    def said(self, moved_by: str) -> str:
        """Say what moved a date, such as “Chủ nhật 31/03/2024, Tết Dương lịch 01/01/2025”."""
        return ", ".join(self._one(part) for part in moved_by.split(", "))

    def _one(self, part: str) -> str:
        found = _NAMED_DAY.fullmatch(part)
        return f"{self._name(found['name'])} {self._day(found['day'])}" if found else self._name(part)

    def _name(self, name: str) -> str:
        swapped = _SWAPPED.fullmatch(name)
        if swapped:
            return self.gettext("day off in exchange (for %(day)s)") % {"day": self._day(swapped["day"])}
        if name.startswith(_IN_LIEU):
            of = name.removeprefix(_IN_LIEU)
            return self.gettext("day off in lieu of %(holiday)s") % {"holiday": self._names.get(of, of)}
        return self._names.get(name, name)

    def _day(self, printed: str) -> str:
        try:
            return self._say_day(datetime.strptime(printed, "%d/%m/%Y").date())  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            return printed
