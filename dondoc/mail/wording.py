"""Says the facts of a line in words of one language: its place, its due date, how late it is, and why it is told."""

import re
from datetime import date, datetime, time
from functools import cache, lru_cache
from gettext import GNUTranslations
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from dondoc.locale.catalogue import catalogue
from dondoc.mail.days_off import DaysOff
from dondoc.mail.values import BelowSummary, OwnLine, Rung
from models.vocabulary import Act, AddresseeRole, OfficerRole, RungAction

OFFICE_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
DAY_PATTERNS = {"vi": "dd/MM/yyyy", "en": "d MMM yyyy"}
# Decree 30/2020/NĐ-CP, Annex I: days below 10 and the months 1 and 2 take a leading zero, other months do not.
LONG_DAY_PATTERNS = {"vi": "'Ngày' dd 'tháng' {month} 'năm' yyyy", "en": "d MMMM yyyy"}
LAST_MONTH_WITH_ZERO = 2
QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PERIOD_KEY = re.compile(r"(?:(?P<year>\d{4})-?)?(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|M?(?P<month>0[1-9]|1[0-2]))?")


class Wording:
    """The phrases of one language. Text given in must already be harmless."""

    def __init__(self, language: str, translations: GNUTranslations) -> None:
        """Speak `language` with its translations."""
        self.language = language
        self.gettext = translations.gettext
        self.ngettext = translations.ngettext
        # The names that the policy of the house gives; an office's own names are said as they are.
        self._house_names = {"default": self.gettext("default"), "weekly": self.gettext("weekly")}
        self._days_off = DaysOff(self.gettext, self.day)
        self._roles = {
            AddresseeRole.LEAD: self.gettext("leading"),
            AddresseeRole.COORDINATING: self.gettext("coordinating"),
            AddresseeRole.FOR_INFORMATION: self.gettext("for information"),
        }
        self._links = {
            Act.ACKNOWLEDGE: self.gettext("Acknowledge"),
            Act.SUBMIT: self.gettext("Submit the result"),
            Act.EXTEND: self.gettext("Ask for more time"),
            Act.OBSTACLE: self.gettext("Report an obstacle"),
            Act.ACCEPT: self.gettext("Accept"),
            Act.DECLINE: self.gettext("Decline"),
        }
        self._rung_acts = {
            RungAction.PROMPT: self.gettext("asking to acknowledge"),
            RungAction.REMIND: self.gettext("reminder"),
            RungAction.ESCALATE: self.gettext("escalation"),
        }

    def day(self, when: date) -> str:
        """Say a date as lists print it: 28/02/2025."""
        return _formatted(when, DAY_PATTERNS[self.language], self.language)

    def long_day(self, when: date) -> str:
        """Say a date as documents print it: Ngày 28 tháng 02 năm 2025."""
        month = "MM" if when.month <= LAST_MONTH_WITH_ZERO else "M"
        return _formatted(when, LONG_DAY_PATTERNS[self.language].format(month=month), self.language)

    def moment(self, when: datetime) -> str:
        """Say a moment by the office's clock: 07:30, 28/02/2025."""
        local = when.astimezone(OFFICE_ZONE)
        return f"{local:%H:%M}, {self.day(local.date())}"

    def place(self, line: OwnLine | BelowSummary) -> str:
        """Say where an obligation stands and which period is meant: Mục II.2.1 · Quý I/2025: Nội dung 1."""
        parts = [self.clause(line.clause)] if line.clause else []
        if line.period:
            named = f": {line.period_content}" if line.period_content else ""
            parts.append(self.period(line.period) + named)
        if isinstance(line, OwnLine) and line.taken_from:
            parts.append(self.gettext("taken over from %(unit)s") % {"unit": line.taken_from})
        return " · ".join(parts)

    def clause(self, clause: str) -> str:
        """Say a clause: Mục II.2.1."""
        return self.gettext("Clause %(clause)s") % {"clause": clause}

    def period(self, key: str) -> str:
        """Say a period's key: 2025-Q1 as Quý I/2025. A key of another form is said as it is; `once` is not said."""
        found = _PERIOD_KEY.fullmatch(key)
        if not found or not any(found.groups()):
            return key
        year = f"/{found['year']}" if found["year"] else ""
        # A half is named with a word of its own for the year: 6 tháng đầu năm 2025.
        half_of = f" {found['year']}" if found["year"] else ""
        if found["quarter"]:
            return self.gettext("Quarter %(quarter)s") % {"quarter": QUARTERS[found["quarter"]]} + year
        if found["half"] == "1":
            return self.gettext("First half") + half_of
        if found["half"]:
            return self.gettext("Second half") + half_of
        if found["month"]:
            return self.gettext("Month %(month)s") % {"month": found["month"]} + year
        return self.gettext("Year %(year)s") % {"year": found["year"]}

    def due(self, line: OwnLine | BelowSummary) -> str:
        """Say both due dates: the nominal one, and the one counted from where it was moved (Civil Code, Art. 148.5)."""
        if line.nominal_due is None:
            if isinstance(line, OwnLine) and line.role is not AddresseeRole.LEAD:
                return self.gettext("The leading units owe the result")
            return self.gettext("No deadline (standing duty)")
        nominal = self.gettext("Due %(day)s") % {"day": self._at(line.nominal_due, line.due_time)}
        if line.effective_due is None or line.effective_due == line.nominal_due:
            return nominal
        effective = self.gettext("counted from %(day)s") % {"day": self.day(line.effective_due)}
        cause = f" ({self._days_off.said(line.moved_by)})" if line.moved_by else ""
        return f"{nominal}, {effective}{cause}"

    def _at(self, day: date, at: time | None) -> str:
        """Say the last day, with the hour that ends it where it ends before midnight."""
        if at is None:
            return self.day(day)
        return self.gettext("%(day)s at %(hour)s") % {"day": self.day(day), "hour": f"{at:%H:%M}"}

    def role(self, role: AddresseeRole) -> str:
        """Say what an addressee is asked: leading, coordinating, for information."""
        return self._roles[role]

    def link(self, act: Act) -> str:
        """Say what a link does."""
        return self._links.get(act, act.value)

    def standing(self, effective_due: date | None, today: date) -> str:
        """Say in calendar days how late it is or how much time is left."""
        if effective_due is None:
            return self.gettext("No deadline")
        days = (effective_due - today).days
        if days < 0:
            return self.overdue(-days)
        if days == 0:
            return self.gettext("Due today")
        return self.ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}

    def overdue(self, days: int) -> str:
        """Say a number of calendar days past the due date."""
        return self.ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}

    def reason(self, rung: Rung) -> str:
        """Say why a rung reaches this recipient: its ladder, its step, and whom that step addresses."""
        facts = {
            "ladder": self._named(rung.ladder),
            "rung": self._rung(rung),
            "action": self._rung_acts[rung.action],
        }
        rule = self.gettext("Ladder “%(ladder)s”, rung “%(rung)s” (%(action)s)") % facts
        told = self.gettext("to %(audience)s") % {"audience": self._audience(rung)}
        return f"{rule}: {self._step(rung)}{told}"

    def _rung(self, rung: Rung) -> str:
        if rung.action is RungAction.PROMPT and rung.offset is not None:
            return self.gettext("acknowledgement +%(n)d") % {"n": rung.offset}
        return self._named(rung.name)

    def _named(self, name: str) -> str:
        return self._house_names.get(name, name)

    def _step(self, rung: Rung) -> str:
        parts, prompt = [], rung.action is RungAction.PROMPT
        if rung.offset is not None:
            parts.append(self._unacknowledged(rung.offset) if prompt else self._offset(rung.offset))
        if rung.repeat_days:
            again = self.ngettext("again every day", "again every %(n)d days", rung.repeat_days)
            parts.append(again % {"n": rung.repeat_days})
        return "".join(f"{part}, " for part in parts)

    def _unacknowledged(self, days: int) -> str:
        said = self.ngettext(
            "not acknowledged %(n)d working day after it was assigned",
            "not acknowledged %(n)d working days after it was assigned",
            days,
        )
        return said % {"n": days}

    def _offset(self, offset: int) -> str:
        days = abs(offset)
        if offset < 0:
            before = self.ngettext(
                "%(n)d working day before the deadline", "%(n)d working days before the deadline", days
            )
            return before % {"n": days}
        if offset == 0:
            return self.gettext("on the day of the deadline")
        after = self.ngettext("%(n)d working day after the deadline", "%(n)d working days after the deadline", days)
        return after % {"n": days}

    def _audience(self, rung: Rung) -> str:
        focal = rung.role is OfficerRole.FOCAL
        if rung.level == 0:
            return (
                self.gettext("the focal officer of the unit that owes")
                if focal
                else self.gettext("the head of the unit that owes")
            )
        if rung.level == 1:
            return (
                self.gettext("the focal officer of its parent unit")
                if focal
                else self.gettext("the head of its parent unit")
            )
        text = (
            self.gettext("the focal officer of the unit %(n)d levels above")
            if focal
            else self.gettext("the head of the unit %(n)d levels above")
        )
        return text % {"n": rung.level}


@cache
def wording(language: str) -> Wording:
    """Give the phrases of a language. Raises InvalidInput for one that dondoc does not speak."""
    return Wording(language, catalogue(language))


@lru_cache(maxsize=4096)
def _formatted(when: date, pattern: str, language: str) -> str:
    return format_date(when, pattern, locale=language)
